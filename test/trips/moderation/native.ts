import { describe, expect, it, vi } from "vitest";
import { until } from "../../discord/house.ts";
import type { ModeratedHouse } from "./house.ts";
import type { Place } from "./place.ts";
import { shows } from "./shown.ts";

const BLOCKS = [{ type: 1 }];
type Rule = Parameters<Place["control"]["keepAutomodRule"]>[1];

/** Discord's own kinds of rules, by the number of what triggers them, and a text that runs into each. */
const KINDS: readonly (readonly [what: string, rule: object, text: string, why: string])[] = [
  ["a word", { trigger_type: 1, trigger_metadata: { keyword_filter: ["heldword"] } }, "a heldword", "heldword"],
  ["spam", { trigger_type: 3 }, "pretend spam, the best there is", "Discord took it for spam"],
  [
    "a word of its own",
    { trigger_type: 4, trigger_metadata: { presets: [1, 2] } },
    "what blankety weather",
    "blankety",
  ],
  [
    "mentions",
    { trigger_type: 5, trigger_metadata: { mention_total_limit: 2 } },
    "<@1> <@2> <@3>",
    "it names too many",
  ],
];

export function nativeTrips(house: () => ModeratedHouse): void {
  const keep = (place: Place, what: string, rule: object, actions: readonly object[] = BLOCKS) =>
    place.control.keepAutomodRule(place.guildId, { name: `by hand: ${what}`, actions, ...rule } as Rule);
  const acted = (place: Place, userId: string, times: number) =>
    vi.waitUntil(
      async () => {
        const rows = await place.store.latest({ limit: 100 });
        const theirs = rows.filter(({ event }) => event.kind === "automod.acted" && event.userId === userId);
        return theirs.length === times;
      },
      { timeout: 8_000, interval: 10 },
    );
  const conductOf = async (place: Place, userId: string) =>
    (await place.store.records([{ record: "conduct", key: userId }]))[0];

  describe("what Discord's own AutoMod held back", () => {
    it("several AutoMod events for one message: what Discord tells of each action is one offence", async () => {
      const { owlery } = house();
      const userId = owlery.arrive();
      const actions = [...BLOCKS, { type: 2, metadata: { channel_id: owlery.channel("staff") } }, { type: 3 }];
      keep(owlery, ...([KINDS[0]![0], KINDS[0]![1]] as const), actions);
      expect(() => owlery.say(userId, "a heldword")).toThrow("AutoMod keeps that out");
      await acted(owlery, userId, 3);
      expect(await conductOf(owlery, userId)).toMatchObject({ warnings: 1 });
      shows("nativeHits=count");
    });

    it.each(KINDS)("is warned of where the guild wants that: %s", async (what, rule, text, why) => {
      const { rookery } = house();
      const userId = rookery.arrive();
      keep(rookery, what, rule);
      expect(() => rookery.say(userId, text)).toThrow("AutoMod keeps that out");
      await until("the warning", () => rookery.told(userId).includes("A word of warning"));
      expect((await rookery.caseOf(userId)).reason).toContain(why);
      shows("nativeHits=warn");
    });

    it("is left to Discord where the guild wants that", async () => {
      const { aviary } = house();
      const userId = aviary.arrive();
      keep(aviary, "spam", { trigger_type: 3 });
      expect(() => aviary.say(userId, "pretend spam again")).toThrow("AutoMod keeps that out");
      await acted(aviary, userId, 1);
      expect(await conductOf(aviary, userId)).toBeUndefined();
      shows("nativeHits=ignore");
    });
  });
}
