import { describe, expect, it } from "vitest";
import {
  BLANK_LOOK,
  Permission,
  snowflakeAt,
  type Attachment,
  type Channel,
  type GuildEvent,
  type MessageFacts,
  type ProposedAction,
} from "#core";
import { smallHouse } from "../../test/kit/small-house.ts";
import starboard from "./index.ts";

const NOON = 1_790_000_000_000;
const DAY = 86_400_000;
const GUILD = "100";
const BOARD = "90";
const SOURCE = snowflakeAt(NOON - 60_000);
const view = Permission.VIEW_CHANNEL.toString();

const channel = (id: string, facts: Partial<Channel> = {}): Channel => ({
  ...{ id, name: id, type: 0, overwrites: [], ...facts },
});
const hidden = [{ id: GUILD, type: "role", allow: "0", deny: view }] as const;
const CHANNELS = [
  channel("20"),
  channel(BOARD),
  channel("21", { nsfw: true }),
  channel("22", { overwrites: hidden }),
  channel("23", { parentId: "50" }),
  channel("24", { type: 11, parentId: "20" }),
  channel("25", { type: 11, parentId: "21" }),
  channel("26", { type: 12, parentId: "20" }),
];
const picture: Attachment = { id: "1", name: "owl.png", size: 9, contentType: "image/png", url: "https://cdn/owl.png" };
const said: MessageFacts = {
  ...{ channelId: "20", messageId: SOURCE, author: { userId: "7", name: "Ada", roleIds: [] } },
  ...{ text: "**hi** @everyone <@5> [x](https://evil.example)", mentionedUserIds: [], mentionedRoleIds: [] },
  attachments: [{ ...picture, name: "SPOILER_a.png", url: "https://cdn/spoiler.png" }, picture],
};

function open(config: object = {}) {
  const parsed = starboard.config.parse({ channelId: BOARD, threshold: 2, ...config });
  return smallHouse(starboard, parsed, {
    guild: () => ({ ...BLANK_LOOK.guild(), locale: "en", botUserId: "2" }),
    channel: (id) => CHANNELS.find((one) => one.id === id),
    role: (id) => (id === GUILD ? { id, name: "@everyone", position: 0, permissions: view } : undefined),
    said: (id) => (id === `m:${SOURCE}` ? said : undefined),
  });
}
type House = ReturnType<typeof open>;

let count = 0;
const base = (at = NOON) => ({ id: `e${++count}`, guildId: GUILD, at });
const star = (userId: string, facts: object = {}): GuildEvent => ({
  ...{ ...base(), kind: "reaction.added", channelId: "20", messageId: SOURCE, userId, emoji: "⭐", authorId: "7" },
  ...facts,
});
const unstar = (userId: string): GuildEvent => ({
  ...{ ...base(), kind: "reaction.removed", channelId: "20", messageId: SOURCE, userId, emoji: "⭐" },
});
const done = (order: GuildEvent, result: object = { messageId: "900" }): GuildEvent => ({
  ...{ ...base(), kind: "action.done", orderId: `${order.id}/starboard/0#0`, attempt: 1, result },
});
const gone = (...messageIds: string[]): GuildEvent => ({
  ...base(),
  kind: "message.deleted",
  channelId: "20",
  messageIds,
});
const strike = (house: House, timer: string): readonly ProposedAction[] => {
  const { at, payload } = house.timers.get(timer)!;
  house.timers.delete(timer);
  return house.bring({ ...base(at), kind: "clock.struck", timer, owner: "starboard", payload });
};
const verbs = (proposed: readonly ProposedAction[]) => proposed.map(({ action }) => action.verb);
const textOf = ([one]: readonly ProposedAction[]) => (one?.action as { words: { text: string } }).words.text;

/** Two stars, and the post is there. */
function posted(config: object = {}) {
  const house = open(config);
  house.bring(star("11"));
  const second = star("12");
  const proposed = house.bring(second);
  house.bring(done(second));
  return { house, proposed, second };
}

describe("stars", () => {
  it.each([
    ["enough of them", {}, [star("11"), star("12")], 1],
    ["one too few", {}, [star("11")], 0],
    ["one member twice", {}, [star("11"), star("11")], 0],
    ["their own", {}, [star("11"), star("7")], 0],
    ["their own, where that counts", { selfStar: true }, [star("11"), star("7")], 1],
    ["a bot's", {}, [star("11"), star("12", { byBot: true })], 0],
    ["another emoji", {}, [star("11"), star("12", { emoji: "🔥" })], 0],
    [
      "the same emoji, written otherwise",
      { emoji: "❤" },
      ["11", "12"].map((id) => star(id, { emoji: "❤\u{fe0f}" })),
      1,
    ],
    ["a guild's own, renamed", { emoji: "owl:77" }, ["11", "12"].map((id) => star(id, { emoji: "owlet:77" })), 1],
    [
      "a guild's own, as it is written in a message",
      { emoji: "<a:owl:77>" },
      ["11", "12"].map((id) => star(id, { emoji: "owl:77" })),
      1,
    ],
    ["for adults", {}, ["11", "12"].map((id) => star(id, { channelId: "21" })), 0],
    ["for adults, in a thread", {}, ["11", "12"].map((id) => star(id, { channelId: "25" })), 0],
    ["hidden", {}, ["11", "12"].map((id) => star(id, { channelId: "22" })), 0],
    [
      "hidden, where that is wanted",
      { privateChannels: true },
      ["11", "12"].map((id) => star(id, { channelId: "22" })),
      1,
    ],
    ["a private thread", {}, ["11", "12"].map((id) => star(id, { channelId: "26" })), 0],
    ["a public thread", {}, ["11", "12"].map((id) => star(id, { channelId: "24" })), 1],
    ["an excepted category", { exceptChannelIds: ["50"] }, ["11", "12"].map((id) => star(id, { channelId: "23" })), 0],
    ["a channel nobody knows", {}, ["11", "12"].map((id) => star(id, { channelId: "404" })), 0],
    ["the board itself", {}, ["11", "12"].map((id) => star(id, { channelId: BOARD })), 0],
    ["the house's own words", {}, ["11", "12"].map((id) => star(id, { authorId: "2" })), 0],
    ["too late", { days: 1 }, ["11", "12"].map((id) => star(id, { at: NOON + DAY })), 0],
    ["no board", { channelId: undefined }, [star("11"), star("12")], 0],
  ])("%s", (_what, config, events, posts) => {
    const house = open(config);
    expect(events.flatMap((event) => verbs(house.bring(event)))).toEqual(Array(posts).fill("message.send"));
  });

  it("bring the message as it was written: nobody is called, nothing is formatted, covered pictures stay covered", () => {
    const [{ action }] = posted().proposed as [ProposedAction];
    expect(action).toMatchObject({ channelId: BOARD, words: { picture: "https://cdn/owl.png" } });
    const { words } = action as { words: { text: string; components: unknown; pingUserIds?: unknown } };
    expect(words.text).toContain("⭐ **2** · <#20> · <@7>");
    expect(words.text).toContain("\\*\\*hi\\*\\* \\@everyone \\<\\@5\\>");
    expect(words.pingUserIds).toBeUndefined();
    expect(words.components).toEqual([
      [{ component: "link", url: `https://discord.com/channels/100/20/${SOURCE}`, label: "Go to the message" }],
    ]);
  });

  it("are counted on the post, gathered for a moment", () => {
    const { house } = posted();
    expect(house.bring(star("13"))).toEqual([]);
    expect(house.bring(star("14"))).toEqual([]);
    const edit = strike(house, `settle:${SOURCE}`);
    expect(verbs(edit)).toEqual(["message.edit"]);
    expect(textOf(edit)).toContain("⭐ **4**");
    expect(house.timers.has(`settle:${SOURCE}`)).toBe(false);
  });

  it("that come while the post is on its way are shown afterwards, and bring no second one", () => {
    const house = open();
    house.bring(star("11"));
    const second = star("12");
    house.bring(second);
    expect(house.bring(star("13"))).toEqual([]);
    house.bring(done(second));
    expect(textOf(strike(house, `settle:${SOURCE}`))).toContain("⭐ **3**");
  });

  it("taken away take the post down, and given again bring another", () => {
    const { house } = posted();
    house.bring(unstar("12"));
    expect(strike(house, `settle:${SOURCE}`)).toMatchObject([{ action: { verb: "message.delete", messageId: "900" } }]);
    expect(verbs(house.bring(star("12")))).toEqual(["message.send"]);
  });

  it("all cleared leave nothing behind", () => {
    const house = open();
    house.bring(star("11"));
    house.bring({ ...base(), kind: "reaction.cleared", channelId: "20", messageId: SOURCE });
    expect([house.records.has(`starred ${SOURCE}`), house.timers.size]).toEqual([false, 0]);
  });
});

describe("a post", () => {
  it("goes with its message", () => {
    const { house } = posted();
    expect(house.bring(gone("1", SOURCE))).toMatchObject([{ action: { verb: "message.delete", messageId: "900" } }]);
    expect([house.records.has(`starred ${SOURCE}`), house.timers.size]).toEqual([false, 0]);
  });

  it("goes with its message, even if it was still on its way", () => {
    const house = open();
    house.bring(star("11"));
    const second = star("12");
    house.bring(second);
    expect(house.bring(gone(SOURCE))).toEqual([]);
    expect(house.bring(done(second))).toMatchObject([{ action: { verb: "message.delete", messageId: "900" } }]);
    expect(house.records.size).toBe(1);
  });

  it("that staff took down stays down", () => {
    const { house } = posted();
    expect(house.bring(gone("900"))).toEqual([]);
    expect(house.bring(star("13"))).toEqual([]);
    expect(house.timers.has(`settle:${SOURCE}`)).toBe(false);
  });

  it.each([
    ["refused is tried again with the next star", "failed", ["message.send"]],
    ["that may be there or not is not posted twice", "unknown", []],
  ] as const)("%s", (_what, how, expected) => {
    const house = open();
    house.bring(star("11"));
    const second = star("12");
    house.bring(second);
    const facts = { orderId: `${second.id}/starboard/0#0`, attempt: 1, outcome: how, code: "50013", why: "no" };
    house.bring({ ...base(), kind: "action.failed", ...facts });
    expect(verbs(house.bring(star("13")))).toEqual(expected);
  });

  it("says what its message says since it was edited", () => {
    const { house } = posted();
    house.bring({ ...base(), kind: "message.edited", ...said, text: "second thoughts" });
    expect(textOf(strike(house, `settle:${SOURCE}`))).toContain("second thoughts");
  });

  it("is taken down where its author is erased", () => {
    const { house } = posted();
    expect(house.bring({ ...base(), kind: "member.erased", userId: "8", by: "x" })).toEqual([]);
    expect(verbs(house.bring({ ...base(), kind: "member.erased", userId: "7", by: "x" }))).toEqual(["message.delete"]);
  });

  it("stays when its days are over, and is followed no more", () => {
    const { house } = posted();
    expect(strike(house, `forget:${SOURCE}`)).toEqual([]);
    expect([...house.records.values()]).toEqual([{ places: [] }]);
  });
});

it("the name of an emoji is none, and it is said what to write", () => {
  const { error } = starboard.config.safeParse({ emoji: ":star:" });
  expect(error!.issues).toMatchObject([{ path: ["emoji"], message: expect.stringContaining("like ⭐") as string }]);
});
