import { describe, expect, it } from "vitest";
import type { Effect, EventOf, GuildEvent, Records } from "#core";
import { BLANK_LOOK } from "#core";
import { smallHouse } from "../../../test/kit/small-house.ts";
import { configSchema, type Config } from "../config.ts";
import moderation from "../index.ts";
import { pushedDown } from "./push-down.ts";

const NOON = 1_790_000_000_000;
const base = (id: string, at = NOON) => ({ id, guildId: "801", at });
const word = { when: { words: { list: ["grumblewort"] } }, pushDown: true };
const config = (input: unknown = {}): Config => configSchema.parse(input);

function acted(id: string, changes: Partial<EventOf<"automod.acted">> = {}): EventOf<"automod.acted"> {
  const facts = { kind: "automod.acted", ruleId: "9", trigger: 1, action: "block-message", userId: "101" } as const;
  return { ...base(id), ...facts, text: "a grumblewort", keyword: "grumblewort", ...changes };
}

describe("what Discord held back", () => {
  it.each([
    ["count", [], 1],
    ["warn", ["member.warn native-automod"], 1],
    ["ignore", [], undefined],
  ])("%s", (nativeHits, proposed, points) => {
    const house = smallHouse(moderation, config({ nativeHits }));
    expect(house.bring(acted("a1")).map(({ action, rule }) => `${action.verb} ${rule}`)).toEqual(proposed);
    const conduct = house.records.get("conduct 101") as Records["conduct"] | undefined;
    expect(conduct?.warnings).toBe(points);
  });

  it("several AutoMod events for one message count once", () => {
    const house = smallHouse(moderation, config({ nativeHits: "warn" }));
    const events = ["8", "9", "10"].map((ruleId) =>
      acted(`a${ruleId}`, { ruleId, messageId: "5", ...base(`a${ruleId}`) }),
    );
    expect(events.flatMap((event) => house.bring(event))).toHaveLength(1);
    expect(house.bring({ ...acted("later", { messageId: "5" }), at: NOON + 3_600_000 })).toEqual([]);
    expect(house.records.get("conduct 101")).toMatchObject({ warnings: 1 });
  });

  it("never follows the owner, whom Discord does not tell from others", () => {
    const effects = moderation.decide(acted("a1", { userId: "1" }), BLANK_LOOK, config({ nativeHits: "warn" }));
    expect(effects).toEqual([]);
  });
});

describe("what is pushed down", () => {
  it.each([
    ["words", word, { kind: "keywords", words: ["grumblewort"], patterns: [] }],
    [
      "parts of words",
      { ...word, when: { words: { list: ["snarf"], match: "part" } } },
      { kind: "keywords", words: ["*snarf*"], patterns: [] },
    ],
    [
      "patterns",
      { ...word, when: { patterns: { list: ["a+b"] } } },
      { kind: "keywords", words: [], patterns: ["a+b"] },
    ],
    ["mentions", { ...word, when: { mentions: { names: 6 } } }, { kind: "mentions", most: 5 }],
    ["what Discord cannot see", { ...word, when: { flood: {} } }, undefined],
    ["a rule with a condition", { ...word, only: { accountYoungerThanDays: 1 } }, undefined],
    ["a rule switched off", { ...word, enabled: false }, undefined],
    ["a rule nobody wants pushed", { ...word, pushDown: false }, undefined],
  ])("%s", (_name, rule, trigger) => {
    expect(pushedDown(config({ rules: { a: rule } }))["a"]?.trigger).toEqual(trigger);
  });

  it("stays within Discord's limits", () => {
    const list = Array.from({ length: 1_200 }, (_, index) => `word ${index}`);
    const rules = Object.fromEntries(
      "abcdefgh".split("").map((name) => [name, { ...word, when: { words: { list } } }]),
    );
    const made = Object.values(pushedDown(config({ rules })));
    expect(made).toHaveLength(6);
    for (const { trigger } of made) expect(trigger.kind === "keywords" && trigger.words).toHaveLength(1_000);
  });

  const verbs = (house: ReturnType<typeof smallHouse>, event: GuildEvent): string[] =>
    house.bring(event).map(({ action }) => ("ruleId" in action ? `${action.verb} ${action.ruleId}` : action.verb));
  const struck = (id: string): GuildEvent => ({
    ...base(id),
    ...{ kind: "clock.struck", timer: "native-automod", owner: "moderation", payload: {} },
  });
  const done = (orderId: string): GuildEvent => ({
    ...base(`done:${orderId}`),
    ...{ kind: "action.done", orderId, attempt: 1, result: { ruleId: "77" } },
  });

  it("is put once, changed by its id, put again where it was refused, and taken away", () => {
    const house = smallHouse(moderation, config({ rules: { a: word } }));
    const other = (input: unknown): ReturnType<typeof smallHouse> => {
      const next = smallHouse(moderation, config(input));
      for (const [key, value] of house.records) next.records.set(key, value);
      return next;
    };
    expect(verbs(house, struck("s1"))).toEqual(["automod-rule.put"]);
    const refused = { ...base("f"), kind: "action.failed", orderId: "s1/moderation/0#0", attempt: 1 } as const;
    verbs(house, { ...refused, outcome: "failed", code: "x", why: "full" });
    expect(verbs(house, struck("s2"))).toEqual(["automod-rule.put"]);
    verbs(house, done("s2/moderation/0#0"));
    expect(verbs(house, struck("s3"))).toEqual([]);
    const changed = { a: { ...word, when: { words: { list: ["other"] } } } };
    expect(verbs(other({ rules: changed }), struck("s4"))).toEqual(["automod-rule.put 77"]);
    expect(verbs(other({ rules: {} }), struck("s5"))).toEqual(["automod-rule.delete 77"]);
    const hit = moderation.decide(
      acted("h", { ruleId: "77" }),
      { ...BLANK_LOOK, record: recordsOf(house) },
      config({ nativeHits: "warn" }),
    );
    expect(rules(hit)).toEqual(["a"]);
  });

  const recordsOf = (house: ReturnType<typeof smallHouse>) => (record: string, key: string) =>
    house.records.get(`${record} ${key}`) as never;
  const rules = (effects: readonly Effect[]): string[] =>
    effects.flatMap((effect) => ("propose" in effect ? [effect.propose.rule] : []));
});
