import { afterEach, describe, expect, it, test, vi } from "vitest";
import { z } from "zod";
import {
  type Action,
  type Agent,
  type EventOf,
  type GuildEvent,
  type OptionValue,
  Permission,
  propose,
  type Verb,
} from "#core";
import { casesOf, cohortOf } from "../../src/insight/cases.ts";
import casework from "../../agents/casework/index.ts";
import { configSchema } from "../../agents/casework/config.ts";
import { createMemoryStore } from "../../src/adapters/memory/store/index.ts";
import { manualClock } from "../../src/adapters/memory/clock.ts";
import { administrator, directory, GUILD, member, message, moderator, OWNER } from "../kit/guild.ts";
import { createWorld, startRoad, type TestRoad, type TestRoadOptions, type World } from "../kit/road.ts";

/** Moderators' own work, from the command to the case and back: on the road, with a world that only lists what was asked of it. */
const START = 1_760_000_000_000;
const DAY = 86_400_000;
const mia = { ...member("60", moderator), name: "Mia" };
const noor = { ...member("61", moderator), name: "Noor" };
const ada = { ...member("50"), name: "Ada" };
const STAFF = "20";
const boss = { ...member("62", administrator), name: "Boss" };
const MAY =
  Permission.MANAGE_CHANNELS |
  Permission.MODERATE_MEMBERS |
  Permission.BAN_MEMBERS |
  Permission.KICK_MEMBERS |
  Permission.MANAGE_MESSAGES;
const policy = {
  approval: { verbs: [] as Verb[], expireAfterSeconds: 3_600 },
  quota: { perRule: { measures: 50, perSeconds: 600 }, perModerator: { measures: 5, perSeconds: 600 } },
};

let house: TestRoad;
let world: World;
let sequence = 0;
let clock = manualClock(START);
afterEach(() => house.stop());

async function open(options: Partial<TestRoadOptions> = {}): Promise<void> {
  clock = manualClock(START);
  world = createWorld();
  world.answer = ({ action }) => ({ kind: "done", result: action.verb === "dm.open" ? { channelId: "30" } : {} });
  await start({ store: createMemoryStore(), ...options });
}

async function start(options: Partial<TestRoadOptions>): Promise<void> {
  const config = { casework: configSchema.parse({ staffChannelId: STAFF }) };
  house = await startRoad({ agents: [casework], clock, world, policy, config, ...options });
}

const using = (by: typeof mia) => {
  sequence += 1;
  clock.advance(1_000);
  const interaction = { id: `i${sequence}`, sealedToken: "sealed", locale: "en-US" };
  return {
    ...{ id: `i:${sequence}`, guildId: GUILD, at: clock.now(), by, channelId: STAFF, interaction },
    byPermissions: MAY.toString(),
  };
};

/** Brings it, and resolves once whatever it caused has its outcome. */
async function happens(event: GuildEvent): Promise<void> {
  house.bring(event);
  const { house: writes } = await house.commitOf((entry) => entry.event.id === event.id);
  const orders = writes.flatMap((change) => (change.write === "order.put" ? [change.order.id] : []));
  for (const id of orders)
    await house.commitOf(
      ({ event: { kind, ...told } }) => kind.startsWith("action.") && "orderId" in told && told.orderId === id,
    );
}
const uses = (command: string, options: Readonly<Record<string, OptionValue>>, by = mia) =>
  happens({ ...using(by), kind: "command.used", command, options });
const presses = (customId: string, by = mia) =>
  happens({ ...using(by), kind: "button.pressed", customId, messageId: "900" });
const submits = (customId: string, fields: EventOf<"modal.submitted">["fields"], by = mia) =>
  happens({ ...using(by), kind: "modal.submitted", customId, fields });
/** A direct message has no guild, and nobody has permissions in it. */
const objects = (number: number, text: string, by = ada) =>
  happens({
    ...using(by),
    ...{
      byPermissions: "0",
      kind: "modal.submitted",
      customId: `v1:casework:appeal:${GUILD}:#${number}`,
      fields: { text },
    },
  });

const actions = <V extends Verb>(verb: V) =>
  world.performed
    .map(({ action }) => action)
    .filter((action): action is Extract<Action, { verb: V }> => action.verb === verb);
const replies = () => actions("interaction.reply").map(({ words }) => `${words.title ?? ""} ${words.text}`.trim());
const sent = () => actions("message.send").map(({ words }) => `${words.title ?? ""} ${words.text}`.trim());
const file = (number: number) => house.store.guild(GUILD).case(number);
const reason = "spoils endings";

describe("each command", () => {
  test.each<[string, Readonly<Record<string, OptionValue>>, object, string]>([
    ["warn", { member: ada, reason }, { verb: "message.send" }, "Warned Ada. Case #1."],
    ["mute", { member: ada, reason, minutes: 30 }, { verb: "member.timeout" }, "Timed out Ada. Case #1."],
    ["unmute", { member: ada, reason }, { verb: "member.untimeout" }, "Ada may speak again. Case #1."],
    ["kick", { member: ada, reason }, { verb: "member.kick" }, "Kicked Ada. Case #1."],
    ["ban", { member: ada, reason, days: 2 }, { verb: "member.ban", deleteSeconds: 172_800 }, "Banned Ada. Case #1."],
    ["unban", { member: ada, reason }, { verb: "member.unban", userId: "50" }, "Lifted the ban of <@50>. Case #1."],
  ])("/%s goes the road, and is a case on behalf of its moderator", async (name, options, action, said) => {
    await open();
    await uses(name, options);
    expect(world.performed.map((order) => order.action)).toContainEqual(expect.objectContaining(action));
    expect(replies()).toEqual([said]);
    expect(await file(1)).toMatchObject({ decidedBy: "user:60", userId: "50", reason, outcome: "done", entries: [] });
  });

  test.each<[string, Readonly<Record<string, OptionValue>>, string]>([
    ["mute", { member: ada, reason, minutes: 0 }, "Minutes must be"],
    ["warn", { member: "50", reason }, "Name the member"],
    ["slowmode", { seconds: 99_999 }, "Seconds must be"],
    ["purge", { count: 3 }, "seen no such messages"],
    ["case view", { case: 7 }, "There is no case 7"],
    ["case undo", { case: 7, reason }, "There is no case 7"],
  ])("/%s %j says what to do instead", async (name, options, said) => {
    await open();
    await uses(name, options);
    expect(replies().join()).toContain(said);
    expect(world.performed).toHaveLength(1);
  });

  it("/purge takes what was said lately, of one member or of all, and not twice", async () => {
    await open();
    for (const [author, text] of [
      ["50", "one"],
      ["51", "two"],
      ["50", "three"],
    ] as const)
      await happens(said(text, author));
    await uses("purge", { count: 5, member: ada }, boss);
    const [first] = actions("message.bulk-delete");
    expect(first?.messageIds).toHaveLength(2);
    await happens({
      id: "gone",
      guildId: GUILD,
      at: clock.now(),
      kind: "message.deleted",
      channelId: STAFF,
      messageIds: first!.messageIds,
    });
    await uses("purge", { count: 5 }, boss);
    expect(actions("message.delete")).toHaveLength(1);
  });

  it("whoever outranks the moderator is left alone", async () => {
    await open();
    await uses("ban", { member: { ...noor }, reason });
    expect(replies()).toEqual(["Not done: the highest role of Noor is not below yours."]);
    expect(await file(1)).toBeUndefined();
  });
});

const said = (text: string, author = "50"): EventOf<"message.created"> => {
  sequence += 1;
  const messageId = String((BigInt(clock.now() - 1_420_070_400_000) << 22n) + BigInt(sequence));
  return message(text, { id: `m:${messageId}`, messageId, author: member(author), at: clock.now() });
};

describe("a case", () => {
  it("is shown with its history, which only grows", async () => {
    await open();
    await uses("warn", { member: ada, reason });
    await uses("warn", { member: ada, reason: "and again" });
    await uses("case edit", { case: 1, reason: "spoiled *the* ending" });
    await uses("case note", { case: 1, text: "has been kind since" });
    await uses("case link", { case: 1, other: 2 });
    await uses("case view", { case: 1 });
    const shown = replies().at(-1)!;
    for (const part of ["Case #1", "<@50>", "<@60>", "spoiled \\*the\\* ending", "has been kind since", "#2"])
      expect(shown).toContain(part);
    expect(await file(1)).toMatchObject({
      reason,
      entries: [{ kind: "reason" }, { kind: "note" }, { kind: "linked", to: 2 }],
    });
    expect((await file(2))?.entries).toMatchObject([{ kind: "linked", to: 1 }]);
  });

  it("is found page by page, by whoever asked and nobody else", async () => {
    await open({
      policy: { ...policy, quota: { perRule: policy.quota.perRule, perModerator: { measures: 99, perSeconds: 600 } } },
    });
    for (let index = 0; index < 13; index += 1)
      await uses("warn", { member: member(`${70 + index}`), reason: `no ${index}` });
    await uses("case list", {});
    expect(replies().at(-1)).toMatch(/Cases, page 1 of 3 \*\*#13\*\*/);
    const [row] = actions("interaction.reply").at(-1)!.words.components!;
    const [first, previous, next, last] = row!.map((one) => one as { customId: string; disabled?: boolean });
    expect([first, previous, next, last].map((one) => one!.disabled)).toEqual([true, true, false, false]);
    await presses(last!.customId);
    expect(replies().at(-1)).toMatch(/page 3 of 3 \*\*#1\*\*/);
    expect(actions("interaction.reply").at(-1)).toMatchObject({ update: true });
    await presses(next!.customId, noor);
    expect(replies().at(-1)).toContain("belong to somebody else");
  });

  it.each([
    ["ban", { verb: "member.unban", userId: "50" }],
    ["mute", { verb: "member.untimeout" }],
  ])("of a /%s is undone through the road: once, and as no case of its own", async (name, reversal) => {
    await open();
    await uses(name, { member: ada, reason, minutes: 30 });
    await uses("case undo", { case: 1, reason: "wrong person" });
    await uses("case undo", { case: 1, reason: "again" });
    expect(world.performed.map(({ action }) => action).filter(({ verb }) => verb === reversal.verb)).toMatchObject([
      reversal,
    ]);
    expect((await file(1))?.entries).toMatchObject([{ kind: "undone", text: "wrong person", byUserId: "60" }]);
    expect(await file(2)).toBeUndefined();
    expect(replies().at(-1)).toContain("taken back already");
  });

  it("of a warning is undone on record: it counts no more towards the next offence", async () => {
    await open();
    await uses("warn", { member: ada, reason });
    await uses("case undo", { case: 1, reason: "misread" });
    const [conduct] = await house.store.guild(GUILD).records([{ record: "conduct", key: "50" }]);
    expect(conduct).toMatchObject({ warnings: 0 });
    expect((await file(1))?.entries).toMatchObject([{ kind: "undone" }]);
  });

  it("is completed from its number or from its words while it is typed", async () => {
    await open();
    await uses("warn", { member: ada, reason });
    const typing = { command: "case view", option: "case", partial: "spoil", userId: "60", locale: "en-US" };
    await vi.waitUntil(() => house.road.suggest(GUILD, typing).length > 0, { timeout: 4_000, interval: 5 });
    expect(house.road.suggest(GUILD, typing)).toEqual([{ name: "#1 Warning Ada: spoils endings", value: 1 }]);
    expect(house.road.suggest(GUILD, { ...typing, partial: "nothing" })).toEqual([]);
  });
});

describe("an appeal", () => {
  it("is answered by somebody else, reverses the act, apologises, and keeps the case as an example, also over a restart", async () => {
    const store = createMemoryStore();
    await open({ store });
    await uses("ban", { member: ada, reason });
    const told = actions("message.send")[0]!;
    expect(told.words.components).toMatchObject([[{ customId: `v1:casework:appeal:${GUILD}:#1` }]]);
    await objects(1, "that was my brother's account");
    expect(sent().at(-1)).toMatch(/Appeal against case #1.*my brother's account/s);
    await house.stop();
    await start({ store });
    await objects(1, "once more, with feeling");
    expect(replies().at(-1)).toContain("nobody has answered yet");
    await presses("v1:casework:appeal-answer:1:overturn", mia);
    expect(replies().at(-1)).toContain("You decided this case yourself");
    await presses("v1:casework:appeal-answer:1:overturn", noor);
    expect(actions("member.unban")).toMatchObject([{ userId: "50" }]);
    expect(sent().at(-1)).toContain("was a mistake");
    expect(actions("interaction.reply").at(-1)).toMatchObject({ update: true, words: { components: [] } });
    expect((await file(1))?.entries.map(({ kind }) => kind)).toEqual(["appealed", "undone", "overturned"]);
    await presses("v1:casework:appeal-answer:1:uphold", noor);
    expect(replies().at(-1)).toContain("has answered that already");
  });

  it("that is upheld is answered politely, and heard again only after a while", async () => {
    await open();
    await uses("warn", { member: ada, reason });
    await objects(1, "I said nothing of the kind");
    await presses("v1:casework:appeal-answer:1:uphold", noor);
    expect(sent().at(-1)).toContain("it stands. Thank you");
    await objects(1, "I still disagree with it");
    expect(replies().at(-1)).toContain("was looked at and upheld");
    clock.advance(15 * DAY);
    await objects(1, "I still disagree with it");
    expect(replies().at(-1)).toContain("did not decide this will look at it");
  });

  it("by the link of a case is the same card, once, and only whom the case is about", async () => {
    await open();
    await uses("ban", { member: ada, reason });
    const files = async (userId: string, text: string) => {
      sequence += 1;
      clock.advance(1_000);
      const facts = { id: `l:${sequence}`, guildId: GUILD, at: clock.now(), kind: "appeal.filed" } as const;
      await happens({ ...facts, number: 1, userId, text });
    };
    await files("51", "let my friend alone");
    await files("50", "short");
    expect(sent().filter((text) => text.includes("Appeal against case"))).toHaveLength(0);
    await files("50", "I said nothing of the kind");
    await files("50", "And another thing, listen");
    expect(sent().filter((text) => text.includes("Appeal against case"))).toHaveLength(1);
    await presses("v1:casework:appeal-answer:1:overturn", noor);
    expect(actions("member.unban")).toMatchObject([{ userId: "50" }]);
  });

  it("is overturned only by who could take the measure back by hand", async () => {
    await open();
    await uses("ban", { member: ada, reason });
    await objects(1, "that was my brother's account");
    const press = {
      kind: "button.pressed",
      customId: "v1:casework:appeal-answer:1:overturn",
      messageId: "900",
    } as const;
    await happens({ ...using(noor), ...press, byPermissions: Permission.MODERATE_MEMBERS.toString() });
    expect(replies().at(-1)).toContain("To take this back you need BAN_MEMBERS");
    expect(actions("member.unban")).toHaveLength(0);
    expect((await file(1))?.entries.map(({ kind }) => kind)).toEqual(["appealed"]);
  });

  it("is offered to whoever asks: of what was done to them, stands, and can be objected to", async () => {
    await open();
    await uses("mute", { member: ada, reason, minutes: 30 });
    await uses("unmute", { member: ada, reason });
    await uses("warn", { member: ada, reason });
    await uses("warn", { member: ada, reason: "misread" });
    await uses("case undo", { case: 4, reason: "misread" });
    await uses("appeal", {}, ada);
    const { words } = actions("interaction.reply").at(-1)!;
    const offered = () => JSON.stringify(actions("interaction.reply").at(-1)!.words.components ?? []);
    expect(words.components).toMatchObject([
      [{ customId: `v1:casework:appeal:${GUILD}:#3` }, { customId: `v1:casework:appeal:${GUILD}:#1` }],
    ]);
    await objects(3, "I said nothing of the kind");
    await uses("appeal", {}, ada);
    expect(offered()).not.toContain("#3");
    expect(replies().at(-1)).toContain("nobody has answered yet");
    await uses("appeal", {}, member("51") as typeof mia);
    expect(replies().at(-1)).toContain("Nothing stands against you");
  });

  it("by a link is no longer than a card can show", async () => {
    await open();
    await uses("warn", { member: ada, reason });
    const facts = { id: "l:long", guildId: GUILD, at: clock.now(), kind: "appeal.filed" } as const;
    await happens({ ...facts, number: 1, userId: "50", text: "please ".repeat(300) });
    expect((await file(1))?.entries[0]?.text).toHaveLength(1_500);
  });

  it("is nobody else's", async () => {
    await open();
    await uses("warn", { member: ada, reason });
    await objects(1, "let my friend alone", member("51"));
    expect(replies().at(-1)).toContain("not about you");
  });
});

describe("a reported message", () => {
  it("is one card for staff, however many report it, and is acted on with its words as evidence", async () => {
    await open();
    const bad = said("buy my coins");
    await happens(bad);
    const value = { messageId: bad.messageId, channelId: STAFF, author: ada, text: bad.text };
    await uses("Report message", { message: value }, { ...member("51"), name: "Bea" });
    await uses("Report message", { message: value }, { ...member("52"), name: "Cy" });
    expect(sent().filter((text) => text.includes("A reported message"))).toHaveLength(1);
    await presses(`v1:casework:report:${bad.messageId}:claim`, noor);
    expect(replies().at(-1)).toMatch(/\(2 members\).*<@61> is looking at it/s);
    await presses(`v1:casework:report-act:${bad.messageId}`, noor);
    expect(replies().at(-1)).toContain("Nothing stands against them");
    await submits(`v1:casework:warn:50:${bad.messageId}`, { reason: "advertises" }, noor);
    expect(await file(1)).toMatchObject({
      decidedBy: "user:61",
      evidence: { text: "buy my coins", messageId: bad.messageId },
    });
    await presses(`v1:casework:report:${bad.messageId}:resolve`, noor);
    await presses(`v1:casework:report:${bad.messageId}:dismiss`, mia);
    expect(replies().at(-1)).toContain("<@61> has dealt with that already");
  });
});

it("“Moderate user” shows the history at a glance, and its form measures", async () => {
  await open();
  await uses("warn", { member: ada, reason });
  await uses("Moderate user", { member: ada });
  expect(replies().at(-1)).toMatch(/1 × Warning.*\*\*#1\*\*/s);
  await submits("v1:casework:mute:50", { minutes: "15", reason: "again" });
  expect(actions("member.timeout")).toMatchObject([{ member: { userId: "50" }, until: clock.now() + 900_000 }]);
  await submits("v1:casework:mute:50", { minutes: "soon", reason: "again" });
  expect(replies().at(-1)).toContain("Minutes must be");
});

describe("by the page, the API or the terminal", () => {
  const amends = (number: number, change: "note" | "reason" | "undo", text: string) => {
    sequence += 1;
    clock.advance(1_000);
    const by = { by: "terminal:root", name: "root" };
    return happens({
      ...{ id: `d:${sequence}`, guildId: GUILD, at: clock.now(), kind: "case.amended" },
      ...{ number, change, text, ...by },
    });
  };

  it("a case is noted upon, put right, and taken back in the world; each entry says who", async () => {
    await open();
    await uses("ban", { member: ada, reason });
    await amends(1, "note", "asked twice");
    await amends(1, "reason", "advertises");
    await amends(1, "undo", "was a mistake");
    expect(actions("member.unban")).toMatchObject([{ userId: "50" }]);
    expect((await file(1))?.entries).toMatchObject([
      { kind: "note", name: "root", text: "asked twice" },
      { kind: "reason", name: "root", text: "advertises" },
      { kind: "undone", name: "root", text: "was a mistake" },
    ]);
    await amends(1, "undo", "again");
    await amends(9, "note", "of no case");
    expect(actions("member.unban")).toHaveLength(1);
    expect(await house.store.guild(GUILD).cases({ limit: 9 })).toHaveLength(1);
  });

  it("a warning is taken back on record, once", async () => {
    await open();
    await uses("warn", { member: ada, reason });
    await amends(1, "undo", "misread");
    await amends(1, "undo", "again");
    expect((await file(1))?.entries).toMatchObject([{ kind: "undone", text: "misread" }]);
    const [conduct] = await house.store.guild(GUILD).records([{ record: "conduct", key: "50" }]);
    expect(conduct).toMatchObject({ warnings: 0 });
  });
});

it("a crowd is found under each of its members' names, with what became of each", async () => {
  const members = ["70", "71", "72"].map((userId) => ({ userId, name: `raider ${userId}`, roleIds: [] }));
  const crowd: Agent = {
    ...{ name: "crowds", description: "Bans a crowd.", listens: ["thread.deleted"], config: z.unknown() },
    decide: () => [
      propose(
        { verb: "members.bulk-ban", members, deleteSeconds: 0 },
        { rule: "raid", why: "came as one", confidence: 1 },
      ),
    ],
  };
  await open({ agents: [casework, crowd] });
  world.answer = ({ action }) =>
    action.verb === "members.bulk-ban"
      ? { kind: "done", result: { banned: ["70", "71"], failed: ["72"] } }
      : { kind: "done", result: {} };
  const bot = { ...directory.roles["13"]!, permissions: "8" };
  const allowed = { ...directory, roles: { ...directory.roles, "13": bot } };
  await happens({ id: "setup:2", guildId: GUILD, at: clock.now(), kind: "guild.available", directory: allowed });
  await uses("ban", { member: member("71"), reason });
  await happens({ id: "t:1", guildId: GUILD, at: clock.now(), kind: "thread.deleted", threadId: "5" });
  const guild = house.store.guild(GUILD);
  await uses("case list", { member: member("70") });
  expect(replies().at(-1)).toContain("3 members");
  await uses("case list", { member: member("72") });
  expect(replies().at(-1)).toContain("There are no cases");
  expect(await casesOf(guild, 9, "71")).toMatchObject([
    { number: 2, userId: "" },
    { number: 1, userId: "71" },
  ]);
  expect(await cohortOf(guild, (await guild.case(2))!)).toEqual([
    { userId: "70", name: "raider 70", outcome: "done" },
    { userId: "71", name: "raider 71", outcome: "done" },
    { userId: "72", name: "raider 72", outcome: "failed" },
  ]);
  // What was done before, and what was taken back since, keeps nobody out.
  await uses("ban", { member: member("70"), reason });
  await uses("case undo", { case: 3, reason: "wrong person" });
  clock.advance(120_000);
  await uses("case undo", { case: 2, reason: "no raid" });
  expect(replies().at(-1)).toBe("Lifting the bans of 2 members.");
  expect(actions("member.unban").map(({ userId }) => userId)).toEqual(["70", "70", "71"]);
});

describe("a stolen account", () => {
  it("that bans 20 in a minute is stopped at the quota, and the owner is told once", async () => {
    await open();
    for (let index = 0; index < 20; index += 1)
      await uses("ban", { member: member(`${200 + index}`), reason: "owned" });
    expect(actions("member.ban")).toHaveLength(policy.quota.perModerator.measures);
    expect(await house.store.guild(GUILD).cases({ limit: 50 })).toHaveLength(5);
    expect(actions("dm.open").filter(({ userId }) => userId === OWNER)).toHaveLength(1);
    expect(sent().filter((text) => text.includes("take the moderator's role away"))).toEqual([
      expect.stringContaining(`${directory.name}: Mia took 5 measures within 600 s`),
    ]);
  });
});
