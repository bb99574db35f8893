import { describe, expect, it } from "vitest";
import { classifier } from "./classifier.ts";
import { type Entry, questionMatcher, stemsOf } from "./index.ts";

const ENTRIES: readonly Entry[] = [
  {
    id: "reset",
    questions: ["How do I reset my password?"],
    answer: "Open the account page and choose “forgot password”.",
  },
  { id: "hours", questions: ["When is support available?"], answer: "From nine to five on working days." },
  {
    id: "refund",
    questions: ["Can I get my money back?"],
    answer: "A refund takes five days after we receive the parcel.",
  },
  { id: "kosten", questions: ["Was kostet die Mitgliedschaft im Monat?"], answer: "Der Monatsbeitrag ist acht Euro." },
  { id: "quarantine", questions: ["Welche Quarantänemaßnahmen gelten für Reisende?"] },
];

describe("questionMatcher, a guild's own few entries", () => {
  const match = questionMatcher(ENTRIES);
  it.each([
    ["forgot my password, how to reset it", "reset"],
    ["password resetting?", "reset"],
    ["is the support available on sunday", "hours"],
    ["i want a refund for my parcel", "refund"],
    ["Kosten der Mitgliedschaft?", "kosten"],
    ["wie hoch ist der Monatsbeitrag", "kosten"],
    ["Massnahmen bei Quarantaene", "quarantine"],
  ])("%j asks for %s", (question, id) => {
    expect(match(question).ranked[0]?.id).toBe(id);
  });

  it.each(["what a lovely weather today", "who won the match yesterday?", "qwertz", ""])(
    "%j is not answered",
    (question) => {
      expect(match(question).answers).toBe(false);
    },
  );

  it("answers what is asked in its own words", () => {
    expect(match("how do i reset my password").answers).toBe(true);
  });
});

describe("questionMatcher, a guild's first entry", () => {
  const match = questionMatcher([
    { id: "roof", questions: ["How do I get up to the roof?"], answer: "By the ladder." },
  ]);
  it.each([
    ["does anyone know how I get up to the roof?", true],
    ["how do I get my key back?", false],
    ["where do I park my bicycle?", false],
    ["is anybody here", false],
  ])("%j is answered: %s", (question, answers) => {
    expect(match(question).answers).toBe(answers);
  });
});

describe("questionMatcher, a bank with several ways of asking", () => {
  const bank: readonly Entry[] = [
    {
      id: "cancel",
      questions: ["cancel my order", "i want to cancel", "stop the order please", "how to cancel an order"],
    },
    { id: "track", questions: ["where is my parcel", "track my order", "when does it arrive", "has my order shipped"] },
    {
      id: "size",
      questions: ["which size fits me", "is there a size chart", "do you have it in large", "size of the shirt"],
    },
  ];
  const match = questionMatcher(bank, ["tell me a joke", "who are you", "sing a song"]);
  it.each([
    ["please cancel the order", "cancel"],
    ["when will my parcel arrive", "track"],
    ["what size is the shirt in large", "size"],
  ])("%j asks for %s", (question, id) => {
    expect(match(question)).toMatchObject({ answers: true });
    expect(match(question).ranked[0]?.id).toBe(id);
  });

  it("does not answer what is known to be out of scope", () => {
    expect(match("tell me another joke").answers).toBe(false);
  });

  it("answers the same when built again", () => {
    const again = questionMatcher(bank, ["tell me a joke", "who are you", "sing a song"]);
    expect(again("cancel it")).toEqual(match("cancel it"));
  });

  it("has nothing to say for an empty bank", () => {
    expect(questionMatcher([])("anything")).toEqual({ ranked: [], confidence: 0, answers: false });
  });
});

describe("stemsOf", () => {
  it.each([
    ["Bestellungen", "Bestellung"],
    ["können", "koennen"],
    ["restrictions", "restriction"],
    ["Maßnahmen", "Massnahme"],
  ])("%s and %s meet", (one, other) => {
    expect(stemsOf(one)[0]?.stem).toBe(stemsOf(other)[0]?.stem);
  });
});

describe("a classifier of more utterances than a label learns from", () => {
  const things = Array.from({ length: 60 }, (_, index) => `thing${String.fromCharCode(97 + (index % 26))}${index}`);
  const ways = ["where is the", "i lost my", "who has seen the", "is there a", "somebody took my"];
  const utterances = things.flatMap((thing) => ways.map((way) => ({ text: `${way} ${thing}`, label: thing })));

  it.each([
    ["all of them", 1e6],
    ["a third of them", 1],
  ])("knows each label by %s, and doubts what none of them is", (_what, most) => {
    const { labels, likelihoods } = classifier(utterances, most);
    const surest = (question: string) => {
      const found = likelihoods(question);
      const best = found.indexOf(Math.max(...found));
      return { label: labels[best], likelihood: found[best]! };
    };
    for (const thing of things) {
      const { label, likelihood } = surest(`has anybody found my ${thing}`);
      expect(label).toBe(thing);
      expect(likelihood).toBeGreaterThan(0.4);
    }
    expect(surest("what shall we sing tonight").likelihood).toBeLessThan(0.1);
  });
});
