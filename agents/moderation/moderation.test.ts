import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Channel, Effect, EventOf, GuildEvent, Look, Member, Records } from "#core";
import { BLANK_LOOK, canonical } from "#core";
import { configSchema, type Config } from "./config.ts";
import moderation from "./index.ts";
import { COUNTERS } from "./triggers/mass.ts";

const NOON = 1_790_000_000_000;
const SECOND = 1_000;
const DAY = 86_400_000;
const ada: Member = { userId: "101", name: "Ada", roleIds: [] };

type Created = EventOf<"message.created">;

function message(text: string, changes: Partial<Created> = {}): Created {
  return {
    id: "m1",
    guildId: "801",
    at: NOON,
    kind: "message.created",
    channelId: "501",
    messageId: "m1",
    author: ada,
    text,
    mentionedUserIds: [],
    mentionedRoleIds: [],
    attachments: [],
    ...changes,
  };
}

function edited(text: string, changes: Partial<Created> = {}): EventOf<"message.edited"> {
  return { ...message(text, changes), kind: "message.edited", id: "m1:edit" };
}

const config = (input: unknown = {}): Config => configSchema.parse(input);
const wordRule = (then: unknown = {}) => ({ "blocked-word": { when: { words: { list: ["grumblewort"] } }, then } });
const strict = config({
  rules: {
    "blocked-link": { when: { links: { domains: ["evil.example", "https://Пример.рф/x"] } } },
    "blocked-word": { when: { words: { list: ["grumblewort", "quiet please"] } } },
  },
});
/** Rules about mass, as the house ships them. */
const masses = config({
  rules: {
    "mention-spam": { when: { mentions: { names: 6 } } },
    "message-flood": { when: { flood: { messages: 8 } } },
    "duplicate-flood": { when: { duplicates: { copies: 4 } } },
    "duplicate-wave": { when: { duplicates: { members: 5, minimumLength: 20 } }, then: { atLeast: "timeout" } },
  },
});

interface House {
  readonly look: Look;
  apply(event: GuildEvent, effects: readonly Effect[]): void;
}

/** As much of a house as decisions need: counts within their windows, and the conduct of members. */
function house(conduct: Record<string, Records["conduct"]> = {}, channels: readonly Channel[] = []): House {
  const tallies: { counter: string; key: string; at: number }[] = [];
  const records = new Map(Object.entries(conduct));
  let now = NOON;
  return {
    look: {
      ...BLANK_LOOK,
      count: (counter, key) => {
        const since = now - COUNTERS[counter as keyof typeof COUNTERS].windowSeconds * SECOND;
        return tallies.filter((one) => one.counter === counter && one.key === key && one.at > since).length;
      },
      record: (record, key) => (record === "conduct" ? (records.get(key) as never) : undefined),
      channel: (id) => channels.find((channel) => channel.id === id),
    },
    apply: (event, effects) => {
      now = event.at;
      for (const effect of effects) {
        if ("tally" in effect) tallies.push({ counter: effect.tally.counter, key: effect.tally.key, at: event.at });
        if ("write" in effect && effect.write.write === "record.put" && effect.write.record === "conduct") {
          records.set(effect.write.key, effect.write.value);
        }
      }
    },
  };
}

/** What was proposed for each event, as "verb rule", one event after the other in one house. */
function play(
  events: readonly GuildEvent[],
  with_: Config,
  conduct: Record<string, Records["conduct"]> = {},
): string[][] {
  const home = house(conduct);
  return events.map((event) => {
    home.apply(event, []);
    const effects = moderation.decide(event, home.look, with_);
    home.apply(event, effects);
    return proposals(effects).map(({ action, rule }) => `${action.verb} ${rule}`);
  });
}

function proposals(effects: readonly Effect[]) {
  return effects.flatMap((effect) => ("propose" in effect ? [effect.propose] : []));
}

const decide = (
  event: GuildEvent,
  with_: Config,
  conduct: Record<string, Records["conduct"]> = {},
): readonly Effect[] => moderation.decide(event, house(conduct).look, with_);
const judged = (event: GuildEvent, with_: Config, conduct: Record<string, Records["conduct"]> = {}): string[] =>
  proposals(decide(event, with_, conduct)).map(({ action, rule }) => `${action.verb} ${rule}`);

const spaced = (count: number, milliseconds: number, make: (index: number) => Created): Created[] =>
  Array.from({ length: count }, (_, index) => ({ ...make(index), at: NOON + index * milliseconds }));

describe("rules about content", () => {
  it.each([
    ["a good day to all", []],
    ["what a GRUMBLEWORT!", ["message.delete blocked-word", "member.warn blocked-word"]],
    ["gr\u200bumblewort", ["message.delete blocked-word", "member.warn blocked-word"]],
    ["grumbleworts are fine", []],
    ["Quiet   please", ["message.delete blocked-word", "member.warn blocked-word"]],
    ["https://login.evil.example/x", ["message.delete blocked-link", "member.warn blocked-link"]],
    ["hxxps://evil[.]example", ["message.delete blocked-link", "member.warn blocked-link"]],
    ["notevil.example", []],
    ["пример.рф", ["message.delete blocked-link", "member.warn blocked-link"]],
    ["grumblewort evil.example", ["message.delete blocked-link", "member.warn blocked-link"]],
    ["", []],
  ])("%j", (text, expected) => {
    expect(judged(message(text), strict)).toEqual(expected);
    expect(judged(edited(text), strict)).toEqual(expected);
  });

  it("are sure of what is listed, and say what it was", () => {
    const [removal, warning] = proposals(decide(message("see evil.example"), strict));
    expect(removal).toMatchObject({ rule: "blocked-link", why: "links to evil.example", confidence: 1 });
    expect(warning?.action).toMatchObject({ verb: "member.warn", member: ada });
    expect(canonical(warning?.action)).toContain("You wrote: see evil.example");
    expect(canonical(warning?.action)).toContain("{case}");
  });

  it("meet what is on a list of the house, unless it is allowed, and name entry and list", () => {
    const { look } = house();
    const listed: Look["listed"] = (list, host) =>
      list === "phishing" && /(?:^|\.)bad\.example$/.test(host)
        ? { version: "v1", entry: "bad.example" }
        : { version: "v1" };
    const links = { lists: ["phishing"], allowed: ["fine.bad.example"] };
    const chosen = config({ rules: { phishing: { when: { links } } } });
    const found = (text: string) => proposals(moderation.decide(message(text), { ...look, listed }, chosen));
    expect(found("see login.bad.example/x")[0]).toMatchObject({
      rule: "phishing",
      why: "links to bad.example, which is on the list “phishing”",
      confidence: 1,
    });
    for (const text of ["see fine.bad.example", "see good.example", "no link"]) expect(found(text)).toEqual([]);
  });

  it("do nothing with empty lists", () => {
    expect(judged(message("grumblewort https://evil.example"), config())).toEqual([]);
  });
});

describe("rules about mass", () => {
  it.each([
    [5, 0, []],
    [6, 0, ["message.delete mention-spam", "member.warn mention-spam"]],
    [3, 3, ["message.delete mention-spam", "member.warn mention-spam"]],
  ])("%i members and %i roles named", (users, roles, expected) => {
    const ids = (count: number, from: number): string[] =>
      Array.from({ length: count }, (_, index) => `${from + index}`);
    const event = message("hi", { mentionedUserIds: ids(users, 200), mentionedRoleIds: ids(roles, 300) });
    expect(judged(event, masses)).toEqual(expected);
  });

  it("naming oneself, or one member often, is no spam", () => {
    const event = message("me me me", { mentionedUserIds: ["101", "7", "7", "7", "4", "5", "6", "8"] });
    expect(judged(event, masses)).toEqual([]);
  });

  it.each([
    ["8 messages in 7 seconds", 8, 1_000, 7],
    ["8 messages, each 2 seconds after the other", 8, 2_000, -1],
    ["7 messages at once", 7, 0, -1],
  ])("message-flood: %s", (_name, count, milliseconds, breaks) => {
    const results = play(
      spaced(count, milliseconds, (index) => message(`line ${index}`, { id: `m${index}` })),
      masses,
    );
    expect(results.findIndex((verbs) => verbs.includes("message.delete message-flood"))).toBe(breaks);
  });

  it.each([
    ["the fourth copy within 2 minutes", "buy my lamps", 20_000, 3],
    ["copies that differ in case and spaces only", "Buy  my LAMPS", 20_000, 3],
    ["copies further apart", "buy my lamps", 61_000, -1],
    ["short ones", "lol", 20_000, -1],
  ])("duplicate-flood: %s", (_name, text, milliseconds, breaks) => {
    const results = play(
      spaced(5, milliseconds, (index) => message(index === 0 ? text.toLowerCase() : text, { id: `m${index}` })),
      masses,
    );
    expect(results.findIndex((verbs) => verbs.includes("message.delete duplicate-flood"))).toBe(breaks);
  });

  const member = (index: number): Member => ({ userId: `${1_000 + index}`, name: `Guest ${index}`, roleIds: [] });
  it.each([
    ["five members, one text", "join the moonlight market today", (index: number) => member(index), 4],
    ["four members, each of them twice", "join the moonlight market today", (index: number) => member(index % 4), -1],
    ["a short text", "good morning", (index: number) => member(index), -1],
  ])("duplicate-wave: %s", (_name, text, author, breaks) => {
    const results = play(
      spaced(8, 3_000, (index) => message(text, { id: `m${index}`, author: author(index) })),
      masses,
    );
    const expected = "member.timeout duplicate-wave";
    expect(results.findIndex((verbs) => verbs.includes(expected))).toBe(breaks);
  });

  it("five different texts of five members are no wave", () => {
    const events = spaced(5, 100, (index) =>
      message(`my own long thought, number ${index}`, { id: `m${index}`, author: member(index) }),
    );
    expect(play(events, masses).flat()).toEqual([]);
  });

  it("an edit is counted nowhere", () => {
    expect(decide(edited("a harmless correction of mine"), masses)).toEqual([]);
  });
});

describe("the ladder", () => {
  const lines = { rule: "blocked-word" };
  const conduct = (warnings: number, ago: number): Record<string, Records["conduct"]> => ({
    "101": { warnings, lastAt: NOON - ago - 10 * SECOND, lastRule: "blocked-word" },
  });
  it.each([
    ["a first offence", 0, 0, "member.warn", 1],
    ["a second one", 1, DAY, "member.timeout", 2],
    ["a fourth one", 3, DAY, "member.timeout", 4],
    ["beyond patience", 4, 0, "member.ban", 5],
    ["half faded", 4, 15 * DAY, "member.timeout", 3],
    ["all but forgotten", 4, 29 * DAY, "member.timeout", 2],
    ["forgotten", 4, 30 * DAY, "member.warn", 1],
    ["right after the incident", 1, 0, "member.timeout", 2],
  ])("%s", (_name, warnings, ago, verb, afterwards) => {
    const effects = decide(message("grumblewort"), strict, warnings === 0 ? {} : conduct(warnings, ago));
    expect(proposals(effects).map(({ action, rule }) => [action.verb, rule])).toEqual([
      ["message.delete", lines.rule],
      [verb, lines.rule],
    ]);
    expect(effects.at(-1)).toEqual({
      write: {
        write: "record.put",
        record: "conduct",
        key: "101",
        value: {
          warnings: afterwards,
          lastAt: NOON,
          lastRule: "blocked-word",
          about: "m1",
          counted: [{ eventId: "m1", points: 1 }],
        },
      },
    });
  });

  it("one incident is punished once; the rest of it is only removed", () => {
    expect(judged(message("grumblewort"), strict, conduct(1, -SECOND))).toEqual(["message.delete blocked-word"]);
    // An edit's time may lie before the last decision.
    expect(judged(edited("grumblewort"), strict, conduct(1, -11 * SECOND))).toEqual(["message.delete blocked-word"]);
  });

  it("a time-out lasts as long as the guild says", () => {
    const long = config({ rules: wordRule({ atLeast: "timeout" }), ladder: { timeoutMinutes: 5 } });
    const [, timeout] = proposals(decide(message("grumblewort"), long));
    expect(timeout?.action).toMatchObject({ verb: "member.timeout", until: NOON + 5 * 60 * SECOND });
  });

  it.each([
    ["delete", []],
    ["warn", ["member.warn blocked-word"]],
    ["timeout", ["member.timeout blocked-word"]],
    ["kick", ["member.kick blocked-word"]],
    ["ban", ["member.ban blocked-word"]],
  ])("atLeast %s", (atLeast, measures) => {
    const own = config({ rules: wordRule({ atLeast }) });
    expect(judged(message("grumblewort"), own)).toEqual(["message.delete blocked-word", ...measures]);
  });
});

describe("whom it leaves alone", () => {
  const thread: Channel = { id: "502", name: "a thread", type: 11, parentId: "501", overwrites: [] };
  const exempt = config({ exemptChannelIds: ["501"], rules: wordRule() });

  it("exempt channels and their threads", () => {
    expect(decide(message("grumblewort"), exempt)).toEqual([]);
    const inThread = message("grumblewort", { channelId: "502" });
    expect(moderation.decide(inThread, house({}, [thread]).look, exempt)).toEqual([]);
    expect(judged(message("grumblewort", { channelId: "503" }), exempt)).toHaveLength(2);
  });
});

describe("any message", () => {
  const words = fc.constantFrom("grumblewort", "evil.example", "hello", "world", "https://", "\u200b", "😀", "{case}");
  const events = fc.array(
    fc.record({ words: fc.array(words, { maxLength: 8 }), who: fc.integer({ min: 1, max: 4 }), wait: fc.nat(20_000) }),
    { maxLength: 40 },
  );
  const script = (steps: readonly { words: string[]; who: number; wait: number }[]): Created[] => {
    let at = NOON;
    return steps.map((step, index) => {
      at += step.wait;
      const author = { ...ada, userId: `${100 + step.who}` };
      return message(step.words.join(" "), { id: `m${index}`, messageId: `m${index}`, author, at });
    });
  };

  it("is decided the same again, and only ever about its author and itself", () => {
    fc.assert(
      fc.property(events, (steps) => {
        const first = house();
        const second = house();
        for (const event of script(steps)) {
          const [one, two] = [first, second].map((home) => {
            home.apply(event, []);
            const effects = moderation.decide(structuredClone(event), home.look, strict);
            home.apply(event, effects);
            return effects;
          });
          expect(canonical(two)).toBe(canonical(one));
          for (const { action } of proposals(one!)) {
            if ("messageId" in action) expect(action.messageId).toBe(event.messageId);
            if ("member" in action) expect(action.member).toEqual(event.author);
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe("configuration", () => {
  const when = { words: { list: ["x"] } };
  it.each([
    [{ rule: {} }, "rule"],
    [{ rules: { a: { when: { flood: { messages: 1 } } } } }, "messages"],
    [{ rules: { a: { when, then: { atLeast: "shout" } } } }, "atLeast"],
    [{ rules: { a: {} } }, "when"],
    [{ rules: { a: { when: {} } } }, "at least one trigger"],
    [{ rules: { a: { when, unless: {} } } }, "a condition"],
    [{ rules: { a: { when, only: { not: { any: [] } } } } }, "any"],
    [{ rules: { "No Ads": { when } } }, "a name such as"],
    [{ rules: { a: { when: { patterns: { list: ["(a+)+"] } } } } }, "repeats what already repeats"],
    [{ rules: { a: { when: { links: { domains: ["not a domain"] } } } } }, "a domain such as"],
    [{ exemptChannelIds: ["general"] }, "an id"],
  ])("%j is refused", (input, about) => {
    const result = configSchema.safeParse(input);
    expect(result.success).toBe(false);
    expect(canonical(result.error?.issues)).toContain(about);
  });
});
