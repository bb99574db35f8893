import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Action, type ActionOf, type Member, type Order, Permission } from "#core";
import type { DiscordConnection } from "../../src/adapters/discord/index.ts";
import { footerOf, markerOf } from "../../src/adapters/discord/marker.ts";
import type { Control, FaultKind } from "../../src/simulator/index.ts";
import { type House, openHouse, until, untilReady } from "./house.ts";
import { orderOf } from "./orders.ts";

let house: House;
let control: Control;
let connection: DiscordConnection;

/** A fresh guild for each test: nothing one does can matter to another. */
interface Place {
  readonly guildId: string;
  readonly channelId: string;
  readonly owner: string;
  readonly member: Member;
  readonly roleId: string;
  readonly messageId: string;
}
let place: Place;

afterEach(() => house.close());

/** The library remembers limits it has been told of, so each test has its own. */
beforeEach(async () => {
  house = await openHouse({ rateLimits: "off" });
  control = house.simulator.control;
  connection = await house.connect();
  const guild = control.createGuild({
    name: "Owlery",
    roles: [{ name: "Reader" }],
    members: [{ name: "ada" }, { name: "bo" }],
  });
  const channelId = control.channels(guild.id)[0]!.id;
  const bo = control.members(guild.id).find((one) => one.user.username === "bo")!;
  const joinedAt = Date.parse(bo.joined_at!);
  place = {
    ...{ guildId: guild.id, channelId, owner: guild.ownerId },
    member: { userId: bo.user.id, name: "bo", roleIds: [], joinedAt },
    roleId: control.roles(guild.id).find((role) => role.name === "Reader")!.id,
    messageId: control.say(guild.id, channelId, bo.user.id, "look here"),
  };
});

const UNTIL = Math.floor(Date.now() / 1_000) * 1_000 + 3_600_000;
const words = { text: "Be kind to each other." };
const bo = () => control.member(place.guildId, place.member.userId);
const ownMessages = (channelId = place.channelId) =>
  control.messages(channelId).filter((message) => message.author.id === connection.botUserId);
const signal = () => new AbortController().signal;
const perform = (order: Order) => connection.executor.perform(order, signal());
const reconcile = (order: Order) => connection.executor.reconcile(order, signal());

interface Case {
  readonly action: () => Action | Promise<Action>;
  /** How often the thing has happened: 0 before, 1 after. */
  readonly times: () => number;
  readonly method: string;
  readonly route: RegExp;
  readonly hasReason: boolean;
  /** What looking says where nothing has happened. */
  readonly unhappened?: "absent";
  /** Cannot be looked up, because doing it again is the same as doing it once. */
  readonly repeatable?: true;
}

const count = (holds: boolean) => (holds ? 1 : 0);
const threads = () => control.channels(place.guildId).filter((channel) => channel.type === 12);

const CASES: Record<string, Case> = {
  "message.send": {
    action: () => ({ verb: "message.send", channelId: place.channelId, words }),
    times: () => ownMessages().length,
    ...{ method: "POST", route: /messages$/, hasReason: false },
  },
  "message.edit": {
    action: async () => {
      const sent = await perform(orderOf(place.guildId, { verb: "message.send", channelId: place.channelId, words }));
      const { messageId } = (sent as unknown as { result: { messageId: string } }).result;
      return { verb: "message.edit", channelId: place.channelId, messageId, words: { text: "Changed." } };
    },
    times: () => ownMessages().filter((message) => message.embeds[0]?.description === "Changed.").length,
    ...{ method: "PATCH", route: /messages\/\d+$/, hasReason: false },
  },
  "message.delete": {
    action: () => ({
      verb: "message.delete",
      channelId: place.channelId,
      messageId: place.messageId,
      author: place.member,
    }),
    times: () => count(control.messages(place.channelId).every((message) => message.id !== place.messageId)),
    ...{ method: "DELETE", route: /messages\/\d+$/, hasReason: true },
  },
  "reaction.add": {
    action: () => ({ verb: "reaction.add", channelId: place.channelId, messageId: place.messageId, emoji: "👀" }),
    times: () => control.reactions(place.channelId, place.messageId)["👀"]?.length ?? 0,
    ...{ method: "PUT", route: /@me$/, hasReason: false, repeatable: true },
  },
  "dm.open": {
    action: () => ({ verb: "dm.open", userId: place.member.userId }),
    times: () => 1,
    ...{ method: "POST", route: /users\/@me\/channels$/, hasReason: false, repeatable: true },
  },
  "member.timeout": {
    action: () => ({ verb: "member.timeout", member: place.member, until: UNTIL }),
    times: () => count(Date.parse(bo()?.communication_disabled_until ?? "") === UNTIL),
    ...{ method: "PATCH", route: /members\/\d+$/, hasReason: true },
  },
  "member.kick": {
    action: () => ({ verb: "member.kick", member: place.member }),
    times: () => count(bo() === undefined),
    ...{ method: "DELETE", route: /members\/\d+$/, hasReason: true },
  },
  "member.ban": {
    action: () => ({ verb: "member.ban", member: place.member, deleteSeconds: 0 }),
    times: () => control.bans(place.guildId).length,
    ...{ method: "PUT", route: /bans\/\d+$/, hasReason: true },
  },
  "member.unban": {
    action: () => {
      control.banByHand(place.guildId, place.owner, place.member.userId);
      return { verb: "member.unban", userId: place.member.userId };
    },
    times: () => 1 - control.bans(place.guildId).length,
    ...{ method: "DELETE", route: /bans\/\d+$/, hasReason: true },
  },
  "role.add": {
    action: () => ({ verb: "role.add", member: place.member, roleId: place.roleId }),
    times: () => count(bo()?.roles.includes(place.roleId) === true),
    ...{ method: "PUT", route: /roles\/\d+$/, hasReason: true },
  },
  "role.remove": {
    action: () => {
      control.setRoles(place.guildId, place.member.userId, [place.roleId]);
      return { verb: "role.remove", member: place.member, roleId: place.roleId };
    },
    times: () => count(bo()?.roles.includes(place.roleId) !== true),
    ...{ method: "DELETE", route: /roles\/\d+$/, hasReason: true },
  },
  "channel.slowmode": {
    action: () => ({ verb: "channel.slowmode", channelId: place.channelId, seconds: 30 }),
    times: () =>
      count((control.channels(place.guildId)[0] as { rate_limit_per_user?: number }).rate_limit_per_user === 30),
    ...{ method: "PATCH", route: /channels\/\d+$/, hasReason: true },
  },
  "thread.open": {
    action: () => ({ verb: "thread.open", channelId: place.channelId, name: "ticket-42", isPrivate: true }),
    times: () => threads().length,
    ...{ method: "POST", route: /threads$/, hasReason: true },
  },
};

const VERBS = Object.keys(CASES);
/** The order after a human has acted, or the clock moved on: far enough to be told apart. */
const attempted = (order: Order): Order => ({ ...order, attemptedAt: Date.now() });

async function prepared(verb: string) {
  const each = CASES[verb]!;
  const action = await each.action();
  const order = orderOf(place.guildId, action, { id: `order-${place.guildId}#${verb}` });
  house.killPoints.length = 0;
  const from = control.requests().length;
  const sent = () => control.requests().slice(from);
  const fault = (kind: FaultKind, ms?: number) =>
    control.fault({ match: { method: each.method, route: each.route }, kind, ...(ms !== undefined && { ms }) });
  return { each, order, sent, fault };
}

describe.each(VERBS)("%s", (verb) => {
  it("is one request, carries the reason, and is done", async () => {
    const { each, order, sent } = await prepared(verb);
    expect(each.times()).toBe(each.repeatable && verb === "dm.open" ? 1 : 0);
    expect(await perform(order)).toMatchObject({ kind: "done", result: expect.anything() });
    expect(each.times()).toBe(1);
    expect(sent().map(({ method }) => method)).toEqual([each.method]);
    const reason = sent()[0]?.reason;
    if (each.hasReason)
      expect(decodeURIComponent(reason ?? "")).toBe(`case #7: duplicate-flood [${footerOf(order.id)}]`);
    else expect(reason).toBeUndefined();
    expect(house.killPoints).toEqual(["request-sent"]);
  });

  it("looks done after its answer was lost", async () => {
    const { each, order, fault } = await prepared(verb);
    fault("cut-after");
    expect(await perform(order)).toMatchObject({ kind: "unknown" });
    expect(each.times()).toBe(1);
    expect(await reconcile(order)).toMatchObject({ found: each.repeatable ? "absent" : "done" });
    if (!each.repeatable) return;
    expect(await perform(order)).toMatchObject({ kind: "done" });
    expect(each.times()).toBe(1);
  });

  it("looks absent after it never arrived, and may be done again", async () => {
    const { each, order, fault } = await prepared(verb);
    fault("cut-before");
    expect(await perform(order)).toMatchObject({ kind: "unknown" });
    // What a human did to set the scene lies before the attempt, as far as two clocks can tell.
    expect(await reconcile({ ...order, attemptedAt: Date.now() + 5_000 })).toEqual({ found: "absent" });
    expect(await perform({ ...order, attempt: 2 })).toMatchObject({ kind: "done" });
    expect(each.times()).toBe(1);
  });

  it("is unknown after a 5xx, and nothing is tried twice", async () => {
    const { order, fault, sent } = await prepared(verb);
    fault("502");
    expect(await perform(order)).toEqual({ kind: "unknown", why: "Discord answered 502" });
    expect(sent()).toHaveLength(1);
  });

  it.each(["429", "global-429"] as const)("is put off by a %s for as long as Discord asks", async (kind) => {
    const { order, fault, sent } = await prepared(verb);
    fault(kind, 1_000);
    const outcome = await perform(order);
    expect(outcome).toMatchObject({ kind: "later", afterMs: expect.any(Number) });
    expect(outcome.kind === "later" && outcome.afterMs).toBeGreaterThanOrEqual(900);
    expect(outcome.kind === "later" && outcome.afterMs).toBeLessThan(2_500);
    expect(sent()).toHaveLength(1);
  });

  it("is unknown when the deadline comes first", async () => {
    const { order, fault } = await prepared(verb);
    fault("slow", 2_000);
    expect(await connection.executor.perform(order, AbortSignal.timeout(100))).toMatchObject({ kind: "unknown" });
  });
});

describe("where the wished state holds already", () => {
  it.each([
    ["message.delete", () => control.deleteMessage(place.channelId, place.messageId)],
    ["member.kick", () => control.leave(place.guildId, place.member.userId)],
    ["role.remove", () => control.leave(place.guildId, place.member.userId)],
  ] as const)("%s is done", async (verb, before) => {
    const { order } = await prepared(verb);
    before();
    expect(await perform(order)).toEqual({ kind: "done", result: { already: true } });
  });

  it("member.unban is done", async () => {
    const order = orderOf(place.guildId, { verb: "member.unban", userId: place.member.userId });
    expect(await perform(order)).toEqual({ kind: "done", result: { already: true } });
  });
});

describe("refusals", () => {
  it.each([
    ["10008", { verb: "message.edit", messageId: "1200000000000000000", words }],
    ["10008", { verb: "reaction.add", messageId: "1200000000000000000", emoji: "👀" }],
    ["10003", { verb: "message.send", channelId: "1200000000000000000", words }],
  ])("%s for %j", async (code, part) => {
    const action = { channelId: place.channelId, ...part } as unknown as Action;
    expect(await perform(orderOf(place.guildId, action))).toMatchObject({ kind: "failed", code });
  });

  it("50013 for the owner", async () => {
    const owner = { userId: place.owner, name: "ada", roleIds: [] };
    const order = orderOf(place.guildId, { verb: "member.kick", member: owner });
    expect(await perform(order)).toMatchObject({ kind: "failed", code: "50013" });
  });

  it("50007 for a member who takes no direct messages", async () => {
    const opened = await perform(orderOf(place.guildId, { verb: "dm.open", userId: place.member.userId }));
    const { channelId } = (opened as unknown as { result: { channelId: string } }).result;
    control.setDirectMessages(place.member.userId, false);
    const order = orderOf(place.guildId, { verb: "message.send", channelId, words });
    expect(await perform(order)).toMatchObject({ kind: "failed", code: "50007" });
  });

  it("a warning is not for hands", async () => {
    const order = orderOf(place.guildId, { verb: "member.warn", member: place.member, notice: "…" });
    expect(await perform(order)).toMatchObject({ kind: "failed", code: "no-hand" });
    expect(await reconcile(order)).toEqual({ found: "absent" });
  });

  it("nobody listening is no failure: nothing was sent", async () => {
    const elsewhere = await openHouse();
    const other = await elsewhere.connect();
    await elsewhere.simulator.close();
    const order = orderOf(place.guildId, { verb: "dm.open", userId: place.member.userId });
    // The first request may still find the connection that has just been cut; then it cannot be sure.
    await other.executor.perform(order, signal());
    elsewhere.killPoints.length = 0;
    expect(await other.executor.perform(order, signal())).toMatchObject({ kind: "later", why: /nothing was sent/ });
    expect(elsewhere.killPoints).toEqual([]);
    await other.close();
  });
});

describe("a human has decided otherwise since", () => {
  it("an unban by hand is not undone", async () => {
    const { order } = await prepared("member.ban");
    expect(await perform(attempted(order))).toMatchObject({ kind: "done" });
    control.unbanByHand(place.guildId, place.owner, place.member.userId);
    expect(await reconcile(order)).toMatchObject({ found: "unknown" });
  });

  it("a lifted time-out stays lifted", async () => {
    const { order } = await prepared("member.timeout");
    expect(await perform(order)).toMatchObject({ kind: "done" });
    control.timeoutByHand(place.guildId, place.owner, place.member.userId, null);
    expect(await reconcile(order)).toMatchObject({ found: "unknown" });
  });

  it("a role taken away by hand is not given again", async () => {
    const { order } = await prepared("role.add");
    expect(await perform(order)).toMatchObject({ kind: "done" });
    control.setRoles(place.guildId, place.member.userId, []);
    expect(await reconcile(order)).toMatchObject({ found: "unknown" });
  });

  it("what was decided long before the attempt contradicts nothing", async () => {
    const { order } = await prepared("role.add");
    control.setRoles(place.guildId, place.member.userId, []);
    expect(await reconcile({ ...order, attemptedAt: Date.now() + 60_000 })).toEqual({ found: "absent" });
  });
});

describe("a kick whose answer was lost", () => {
  it("is not repeated on somebody who came back", async () => {
    const { order, fault } = await prepared("member.kick");
    fault("cut-before");
    await perform(order);
    control.leave(place.guildId, place.member.userId);
    await until("another moment", () => Date.now() > place.member.joinedAt! + 5);
    control.join(place.guildId, { id: place.member.userId, name: "bo" });
    expect(await reconcile(order)).toMatchObject({ found: "unknown" });
  });

  it("is unknown where somebody is gone and nobody wrote down why", async () => {
    const { order } = await prepared("member.kick");
    control.leave(place.guildId, place.member.userId);
    expect(await reconcile(order)).toMatchObject({ found: "unknown" });
  });

  it("is not taken for a kick by hand", async () => {
    const { order } = await prepared("member.kick");
    control.kickByHand(place.guildId, place.owner, place.member.userId, "case #7: duplicate-flood");
    expect(await reconcile(order)).toMatchObject({ found: "unknown" });
  });
});

describe("without leave to read the audit log", () => {
  const blind = () => {
    const [own] = control.roles(place.guildId).filter((role) => role.name === "Guildhall");
    control.setPermissions(place.guildId, own!.id, BigInt(own!.permissions) & ~Permission.VIEW_AUDIT_LOG);
  };

  it.each([
    ["member.kick", "absent"],
    ["role.add", "absent"],
    ["thread.open", "unknown"],
  ])("%s that never arrived is %s", async (verb, found) => {
    const { order } = await prepared(verb);
    blind();
    expect(await reconcile(order)).toMatchObject({ found });
  });

  it("a kick that did arrive is unknown", async () => {
    const { order } = await prepared("member.kick");
    await perform(order);
    blind();
    expect(await reconcile(order)).toMatchObject({ found: "unknown" });
  });
});

it("a look that fails proves nothing", async () => {
  const { order } = await prepared("message.send");
  control.fault({ match: { method: "GET", route: /messages$/ }, kind: "502" });
  expect(await reconcile(order)).toEqual({ found: "later", why: "Discord answered 502" });
});

it("a reason keeps its marker however long it is", async () => {
  const { order, sent } = await prepared("member.timeout");
  await perform({ ...order, reason: "because ".repeat(100) });
  const reason = decodeURIComponent(sent()[0]?.reason ?? "");
  expect(reason).toHaveLength(512);
  expect(reason).toMatch(/… \[gh:[\w-]{20}\]$/);
});

describe("what is said", () => {
  const send = async (action: Partial<ActionOf<"message.send">>) => {
    const whole = { verb: "message.send", channelId: place.channelId, words, ...action } as const;
    const order = orderOf(place.guildId, whole, { id: `order-${place.guildId}` });
    const outcome = await perform(order);
    return { order, outcome, message: ownMessages().at(-1)! };
  };

  it("pings only whom it lists, whatever the text holds", async () => {
    const text = `@everyone <@${place.owner}> is here`;
    const { message } = await send({ words: { title: "Hello", text, pingUserIds: [place.member.userId] } });
    expect(message.mention_everyone).toBe(false);
    expect(message.mentions.map((user) => user.id)).toEqual([place.member.userId]);
    expect(message.embeds[0]).toMatchObject({ title: "Hello", description: text });
    expect(control.requests().at(-1)?.body).toMatchObject({
      allowed_mentions: { parse: [], users: [place.member.userId] },
    });
  });

  it("answers a message, also one that is gone by then", async () => {
    const { message } = await send({ replyToMessageId: place.messageId });
    expect(message.message_reference?.message_id).toBe(place.messageId);
    const second = await send({ replyToMessageId: "1200000000000000000" });
    expect(second.outcome).toMatchObject({ kind: "done" });
  });

  it("comes back as evidence for its order", async () => {
    await untilReady(connection);
    const { order, message } = await send({});
    await until("the echo", () => house.road.of("message.echoed").some((event) => event.orderId === order.id));
    const echo = house.road.of("message.echoed").find((event) => event.orderId === order.id);
    expect(echo).toMatchObject({ id: `m:${message.id}`, guildId: place.guildId, messageId: message.id });
    expect(house.road.of("message.created").some((event) => event.messageId === message.id)).toBe(false);
    const from = control.requests().length;
    expect(await reconcile({ ...order, evidence: { messageId: message.id } })).toMatchObject({ found: "done" });
    expect(control.requests()).toHaveLength(from);
  });

  it("is sent once, also where a retry comes within the nonce's memory", async () => {
    const { order } = await send({});
    expect(await perform(order)).toMatchObject({ kind: "done", result: { messageId: ownMessages()[0]?.id } });
    expect(ownMessages()).toHaveLength(1);
    expect(ownMessages()[0]?.embeds[0]?.footer?.text).toBe(`gh:${markerOf(order.id)}`);
  });

  it("is found behind what was said since", async () => {
    const { order, message } = await send({});
    for (let line = 1; line <= 130; line += 1) control.say(place.guildId, place.channelId, place.owner, `line ${line}`);
    expect(await reconcile(order)).toMatchObject({ found: "done", result: { messageId: message.id } });
  });
});
