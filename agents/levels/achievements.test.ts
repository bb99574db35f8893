import { describe, expect, it } from "vitest";
import type { EventOf, Member, OptionValue } from "#core";
import { smallHouse } from "../../test/kit/small-house.ts";
import { achievementsOf, shareOf } from "./achievements.ts";
import { POINTS } from "./boards.ts";
import { configSchema } from "./config.ts";
import { habitsAt, withStreak } from "./habits.ts";
import levels from "./index.ts";

const DAY = 86_400_000;
const NOON = Date.UTC(2026, 10, 18, 12);
const ada: Member = { userId: "101", name: "Ada", roleIds: [], joinedAt: NOON - 100 * DAY };
const bea: Member = { userId: "102", name: "Bea", roleIds: [] };

const LINES = [
  "the second bridge is finished and boats can go under it",
  "does anybody know when the next market opens",
  "i tried the recipe with more salt this time",
  "we should paint the old lighthouse before winter",
  "my cat sleeps on the map so i cannot plan",
  "thanks for the help with the engine, it runs again",
  "somebody left a green umbrella here last evening",
  "who wants to join the long walk on sunday",
];
let count = 0;
function says(author: Member, at: number): EventOf<"message.created"> {
  const messageId = `m${(count += 1)}`;
  const text = LINES[count % LINES.length]!;
  return {
    ...{ id: messageId, guildId: "801", at, kind: "message.created", channelId: "501", messageId, author, text },
    ...{ mentionedUserIds: [], mentionedRoleIds: [], attachments: [] },
  };
}
const use = (command: string, options: Record<string, OptionValue>, at = NOON, by = ada): EventOf<"command.used"> => ({
  ...{ id: `i${(count += 1)}`, guildId: "801", at, kind: "command.used", command, options, by, byPermissions: "0" },
  ...{ channelId: "501", interaction: { id: "i1", sealedToken: "s" } },
});
const configWith = (achievements: object, rest: object = {}) =>
  configSchema.parse({ message: { least: 20, most: 20 }, achievements, ...rest });

describe("streaks", () => {
  it.each([
    ["days in a row", [0, 1, 2], 0, 3],
    ["twice a day is once", [0, 0, 1], 0, 2],
    ["a day missed", [0, 2], 0, 1],
    ["a day missed and spared", [0, 2, 3], 1, 3],
    ["more missed than spared in all", [0, 2, 4], 1, 1],
  ])("%s", (_name, days, spare, expected) => {
    let habits = habitsAt(undefined, NOON);
    for (const day of days) habits = withStreak(habits, NOON + day * DAY, spare);
    expect(habits.streak.days).toBe(expected);
  });
});

describe("conditions", () => {
  const nothing = habitsAt(undefined, NOON);
  const habits = {
    ...nothing,
    messages: 5,
    sums: { ...nothing.sums, messages: 50, thanks: 2 },
    streak: { days: 3, day: 1, spared: 0 },
  };
  it.each([
    [{ count: "messages", atLeast: 100 } as const, 0.5],
    [{ count: "messages", atLeast: 20 } as const, 1],
    [{ today: "messages", atLeast: 10 } as const, 0.5],
    [{ streak: 12 }, 0.25],
    [{ level: 4 }, 0.5],
    [{ memberDays: 200 }, 0.5],
    [{ all: [{ streak: 3 }, { count: "thanks" as const, atLeast: 4 }] }, 0.5],
    [{ any: [{ streak: 3 }, { count: "thanks" as const, atLeast: 4 }] }, 1],
  ])("%j", (when, expected) => {
    expect(shareOf(when, { habits, points: 150, member: ada, at: NOON }, configWith({}))).toBe(expected);
  });
});

describe("an achievement", () => {
  const third = {
    id: "third",
    name: "Third",
    about: "Three messages",
    when: { count: "messages", atLeast: 3 },
    points: 90,
    roleId: "9",
  };

  it("is reached once, told with its role and points, and may bring a level with it", () => {
    const house = smallHouse(levels, configWith({ own: [third] }));
    const proposed = [0, 1, 2, 3, 4].flatMap((index) => house.bring(says(ada, NOON + index * 100_000)));
    const roled = { ...ada, roleIds: ["9"] };
    proposed.push(...house.bring(says(roled, NOON + 600_000)));
    expect(proposed.map(({ action, rule }) => [rule, "words" in action ? action.words.text : action.verb])).toEqual([
      ["achievement-role", "role.add"],
      ["achievement", "<@101> reached **Third**."],
      ["level-reached", "<@101> is now level 2."],
      ["level-reached", "<@101> is now level 3."],
    ]);
    expect(house.look.total(POINTS, "101")).toBe(6 * 20 + 90);
  });

  it("shows what is done, what is near, and of secret ones only that they are there", () => {
    const secret = { ...third, id: "fourth", name: "Fourth", when: { count: "messages", atLeast: 4 }, secret: true };
    const house = smallHouse(levels, configWith({ sets: ["talk"], own: [third, secret] }));
    house.bring(says(ada, NOON));
    const [shown] = house.bring(use("achievements", {}, NOON + 1));
    const { title, text } = (shown!.action as unknown as { words: { title: string; text: string } }).words;
    expect(title).toBe("Ada: 1 of 6");
    expect(text.split("\n")).toEqual([
      `✓ **First words** · Says something for the first time <t:${NOON / 1_000}:d>`,
      "1 % **Regular** · A hundred messages that earned",
      "0 % **Pillar** · A thousand messages that earned",
      "33 % **Third** · Three messages",
      "And 2 secret ones.",
    ]);
  });

  it("has a name of its own", () => {
    expect(() => configWith({ own: [third, third] })).toThrow("two achievements are called third");
    const ids = achievementsOf(configWith({ sets: ["talk", "loyalty", "together"] })).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe("thanks", () => {
  const text = (house: ReturnType<typeof smallHouse>, event: EventOf<"command.used">) =>
    house.bring(event).map(({ action }) => {
      const { words, ephemeral } = action as { words: { text: string }; ephemeral: boolean };
      return [words.text, ephemeral];
    });

  it("counts once a day from each member, to a few, and never for oneself", () => {
    const house = smallHouse(levels, configWith({}, { thanks: { points: 10, perDay: 2 } }));
    const to = (userId: string) => ({ member: { userId, name: userId, roleIds: [] } });
    expect(text(house, use("thank", { member: bea }))).toEqual([["<@101> thanks <@102>. That makes 1.", false]]);
    expect(text(house, use("thank", { member: bea }))).toEqual([["You have thanked them today already.", true]]);
    expect(text(house, use("thank", { member: ada }))).toEqual([["You can thank everybody but yourself.", true]]);
    expect(text(house, use("thank", { member: { ...bea, bot: true } }))[0]![1]).toBe(true);
    text(house, use("thank", to("103")));
    expect(text(house, use("thank", to("104")))).toEqual([["You can thank 2 members a day.", true]]);
    expect(text(house, use("thank", { member: bea }, NOON + DAY))).toEqual([
      ["<@101> thanks <@102>. That makes 2.", false],
    ]);
    expect([house.look.total(POINTS, "102"), house.look.total(POINTS, "101")]).toEqual([20, 0]);
  });
});
