import { describe, expect, it } from "vitest";
import type { Answer, Look, Passage, Question } from "#core";
import { slowLook } from "../../test/kit/slow-look.ts";
import { answerTo } from "./answering.ts";
import { configSchema } from "./config.ts";
import { asksIn } from "./entries.ts";
import { gapsIn } from "#core/knowledge/gaps";
import { isQuestion } from "./question.ts";
import { plainTitle } from "./rendering.ts";

describe("what is a question to everybody", () => {
  it.each([
    "how do I get the key?",
    "Hi all, where can I find the rules",
    "does anyone know when the next game is",
    "I can't figure out how to join the tournament",
    "is there a way to change my name",
    "Wie komme ich an den Schlüssel?",
    "hallo, kann mir jemand sagen wo das Treffen ist",
    "weiß jemand, wann es losgeht",
    "¿Dónde está la lista?",
    "alguien sabe cómo entrar en la sala",
    "comment on fait pour s'inscrire",
    "Quelqu'un sait où est la salle",
    "oi, como eu entro na sala",
    "alguém sabe que horas começa",
    "the shop is closed on sundays, right?",
  ])("%j is one", (text) => expect(isQuestion(text)).toBe(true));

  it.each([
    "what?",
    "why not?",
    "I know how it works",
    "that is how we do it here",
    "how cool!",
    "look at https://example.test/?a=1&b=2 for all of it",
    "`is this code ? yes : no` is what I wrote",
    "> where is the key?\nbehind the door, as always",
    "ach wie schön, dass du da bist",
    `${"long ".repeat(200)}?`,
    "",
  ])("%j is none", (text) => expect(isQuestion(text)).toBe(false));
});

const passage = (id: string, text: string, ask = `What about ${id}?`): Passage => ({
  ...{ asks: [ask], text, part: 0, version: 1 },
  source: { id: `entry:${id}`, kind: "entry", by: "discord:60", at: 1 },
});
const look: Look = {
  ...{ count: () => 0, total: () => 0, record: () => undefined, channel: () => undefined, role: () => undefined },
  guild: () => ({ name: "The Orchard", ownerId: "1", memberCount: 3, locale: "en" }),
} as never;
const known = [
  passage("a", "Open https://orchard.test/account."),
  passage("b", "Ask at the desk."),
  passage("c", "Far away."),
];

async function answered(model: unknown, sure = true, config: object = {}) {
  const asked: Question<unknown>[] = [];
  const hits = known.map((one, index) => ({ passage: one, score: [1, 0.9, 0.2][index]! }));
  const slow = slowLook(look, {
    search: () => Promise.resolve({ hits, confidence: sure ? 0.8 : 0.1, answers: sure }),
    ask: <T>(question: Question<T>): Promise<Answer<T>> => {
      asked.push(question);
      const parsed = question.schema.safeParse(model);
      const none = { ok: false, code: "llm.exhausted", why: "all-failed" } as const;
      return Promise.resolve(parsed.success ? { ok: true, value: parsed.data, model: "m" } : none);
    },
  });
  const outcome = await answerTo(
    { text: "what about a", asker: "Ada", locale: "en" },
    slow,
    configSchema.parse(config),
  );
  return {
    asked,
    outcome,
    said: [outcome.text, ...(outcome.text === undefined ? [] : outcome.cites.map(({ source }) => source.id))],
  };
}

describe("what is answered", () => {
  const VERBATIM = [known[0]!.text, "entry:a"];
  it.each<readonly [string, unknown, readonly (string | undefined)[]]>([
    [
      "the model's words, with what it used",
      { answered: true, text: "At the desk.", used: [2, 2] },
      ["At the desk.", "entry:b"],
    ],
    [
      "a link that its source holds",
      { answered: true, text: "See https://orchard.test/account", used: [1] },
      ["See https://orchard.test/account", "entry:a"],
    ],
    [
      "the passage instead of a link from nowhere",
      { answered: true, text: "See https://evil.test/", used: [1] },
      VERBATIM,
    ],
    [
      "the passage instead of a link from a source it does not name",
      { answered: true, text: "See https://orchard.test/account", used: [2] },
      VERBATIM,
    ],
    ["the passage instead of a call to all", { answered: true, text: "@everyone look", used: [1] }, VERBATIM],
    [
      "the passage instead of words that rest on nothing",
      { answered: true, text: "I believe so.", used: [] },
      VERBATIM,
    ],
    [
      "the passage instead of a source that was not offered",
      { answered: true, text: "So it is.", used: [3] },
      VERBATIM,
    ],
    ["the passage where no model answers", undefined, VERBATIM],
    ["nothing where the sources do not say it", { answered: false, text: "", used: [] }, [undefined]],
  ])("%s", async (_name, model, expected) => {
    expect((await answered(model)).said).toEqual(expected);
  });

  it("is nothing where the evidence is thin, and no model is asked to make something of it", async () => {
    const { asked, outcome } = await answered({ answered: true, text: "Sure!", used: [1] }, false);
    expect([asked, outcome]).toEqual([[], { nearest: known[0] }]);
  });

  it("is the passage where models are not wanted", async () => {
    const { asked, said } = await answered({ answered: true, text: "Hm.", used: [1] }, true, { useModel: false });
    expect([asked, said]).toEqual([[], VERBATIM]);
  });
});

it("joins wordings of one question, the most asked first", () => {
  const asking = (id: string, topic: string, at: number): Passage => ({
    ...{ asks: [`${id}?`], text: "", part: 0, version: 1 },
    source: { id: `question:${id}`, kind: "question", title: `question:${topic}`, by: "discord:1", at },
  });
  const gaps = gapsIn([asking("d", "d", 9), asking("c", "a", 3), asking("b", "a", 2), asking("a", "a", 1)]);
  expect(gaps.map(({ topic, times, lastAt, asks }) => [topic, times, lastAt, asks])).toEqual([
    ["question:a", 3, 3, ["c?", "b?", "a?"]],
    ["question:d", 1, 9, ["d?"]],
  ]);
});

it("reads ways of asking from lines and bars, each once", () => {
  expect(asksIn(" When? ", "what time|When?\n\n which hour ")).toEqual(["When?", "what time", "which hour"]);
});

it("shows a title as plain words in one line", () => {
  expect(plainTitle("**[Free](https://evil.test)** \n> `code` <@1>")).not.toMatch(/[*[\]()`<>\n]/);
});
