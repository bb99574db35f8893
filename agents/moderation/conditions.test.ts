import { describe, expect, it } from "vitest";
import { BLANK_LOOK, snowflakeAt, type EventOf, type GuildEvent, type Look } from "#core";
import { holds } from "./conditions.ts";
import { configSchema, type Condition } from "./config.ts";

const NOON = 1_790_000_000_000;
const DAY = 86_400_000;
const member = { userId: snowflakeAt(NOON - 2 * DAY), name: "Ada", roleIds: ["7"], joinedAt: NOON - DAY };
const place = (id: string, parentId?: string) => ({
  id,
  name: id,
  type: 0,
  overwrites: [],
  ...(parentId && { parentId }),
});
const channels = [place("50", "40"), place("51", "50"), place("40")];
const look: Look = {
  ...BLANK_LOOK,
  channel: (id) => channels.find((one) => one.id === id),
  record: (record) =>
    record === "conduct" ? ({ warnings: 4, lastAt: NOON - 15 * DAY, lastRule: "x" } as never) : undefined,
  cases: () => [{}, {}] as never,
};
const config = configSchema.parse({});

const yes: Condition = { roles: ["7"] };
const no: Condition = { roles: ["8"] };

describe("a condition", () => {
  it.each<[Condition, boolean]>([
    [{ roles: ["6", "7"] }, true],
    [{ roles: [] }, false],
    [{ channels: ["51"] }, true],
    [{ channels: ["50"] }, true],
    [{ channels: ["40"] }, true],
    [{ channels: ["99"] }, false],
    [{ accountYoungerThanDays: 3 }, true],
    [{ accountYoungerThanDays: 2 }, false],
    [{ memberForLessThanDays: 1.5 }, true],
    [{ memberForLessThanDays: 1 }, false],
    [{ pointsAtLeast: 2 }, true],
    [{ pointsAtLeast: 3 }, false],
    [{ casesAtLeast: 2 }, true],
    [{ casesAtLeast: 3 }, false],
    [{ roles: ["7"], channels: ["99"] }, false],
    [{ all: [yes, yes] }, true],
    [{ all: [yes, no] }, false],
    [{ any: [no, yes] }, true],
    [{ any: [no, no] }, false],
    [{ not: no }, true],
    [{ not: yes }, false],
    [{ not: { any: [no, { all: [yes, { not: no }] }] } }, false],
  ])("%j: %s", (condition, expected) => {
    expect(holds(condition, { at: NOON, member, channelId: "51" }, look, config)).toBe(expected);
  });

  it("about when somebody joined does not hold where nobody knows", () => {
    const { joinedAt: _unknown, ...stranger } = member;
    expect(holds({ memberForLessThanDays: 3 }, { at: NOON, member: stranger }, look, config)).toBe(false);
  });
});

describe("titles of forum posts", () => {
  it("go with their first message, and the author is known", async () => {
    const { default: moderation } = await import("./index.ts");
    const post = { ...place("900", "60"), name: "buy grumblewort", type: 11 };
    const forum = { ...place("60"), type: 15 };
    const here = { ...BLANK_LOOK, channel: (id: string) => [post, forum].find((one) => one.id === id) };
    const rules = configSchema.parse({ rules: { word: { when: { words: { list: ["grumblewort"] } } } } });
    const event: EventOf<"message.created"> = {
      ...{ id: "m:900", guildId: "801", at: NOON, kind: "message.created" as const },
      ...{ channelId: "900", messageId: "900" },
      ...{ author: member, text: "see inside", mentionedUserIds: [], mentionedRoleIds: [], attachments: [] },
    };
    const effects = moderation.decide(event, here, rules);
    const done = effects.flatMap((effect) => ("propose" in effect ? [effect.propose.action] : []));
    expect(done.map(({ verb }) => verb)).toEqual(["message.delete", "thread.edit", "member.warn"]);
    const opened: GuildEvent = { id: "t", guildId: "801", at: NOON, kind: "thread.created", thread: post, isNew: true };
    expect(moderation.decide(opened, here, rules)).toEqual([]);
    const renamed: GuildEvent = { ...opened, kind: "thread.updated", thread: { ...post, parentId: "50" } };
    expect(moderation.decide(renamed, here, rules)).toMatchObject([{ propose: { action: { verb: "thread.edit" } } }]);
  });
});
