import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Action, type ActionOf, type Order, Permission } from "#core";
import type { DiscordConnection } from "../../src/adapters/discord/index.ts";
import { footerOf, markerOf } from "../../src/adapters/discord/marker.ts";
import type { Control, FaultKind } from "../../src/simulator/index.ts";
import { type House, openHouse, until, untilReady } from "./house.ts";
import { orderOf } from "./orders.ts";
import { createPlace, DEEDS, type Place, words } from "./verbs.ts";

let house: House;
let control: Control;
let connection: DiscordConnection;

let place: Place;

afterEach(() => house.close());

/** The library remembers limits it has been told of, so each test has its own. */
beforeEach(async () => {
  house = await openHouse({ rateLimits: "off" });
  control = house.simulator.control;
  connection = await house.connect();
  place = createPlace(control, async (guildId, action) => {
    const outcome = await perform(orderOf(guildId, action));
    return outcome.kind === "done" ? outcome.result : undefined;
  });
});

const ownMessages = (channelId = place.channelId) =>
  control.messages(channelId).filter((message) => message.author.id === connection.botUserId);
const signal = () => new AbortController().signal;
const perform = (order: Order) => connection.executor.perform(order, signal());
const reconcile = (order: Order) => connection.executor.reconcile(order, signal());

/** The order after a human has acted, or the clock moved on: far enough to be told apart. */
const attempted = (order: Order): Order => ({ ...order, attemptedAt: Date.now() });

async function prepared(verb: keyof typeof DEEDS) {
  const each = DEEDS[verb];
  const action = await each.action(place);
  const order = orderOf(place.guildId, action, { id: `order-${place.guildId}#${verb}` });
  house.killPoints.length = 0;
  const from = control.requests().length;
  const sent = () => control.requests().slice(from);
  const fault = (kind: FaultKind, ms?: number) =>
    control.fault({ match: { method: each.method, route: each.route }, kind, ...(ms !== undefined && { ms }) });
  return { each, order, sent, fault };
}

describe("each hand", () => {
  it.each(Object.keys(DEEDS) as (keyof typeof DEEDS)[])(
    "%s is one request, carries the reason, and is done",
    async (verb) => {
      const { each, order, sent } = await prepared(verb);
      expect(each.times(place)).toBe(0);
      expect(await perform(order)).toMatchObject({ kind: "done", result: expect.anything() });
      expect(each.times(place)).toBe(1);
      expect(sent().map(({ method }) => method)).toEqual([each.method]);
      const reason = sent()[0]?.reason;
      if (each.hasReason)
        expect(decodeURIComponent(reason ?? "")).toBe(`case #7: duplicate-flood [${footerOf(order.id)}]`);
      else expect(reason).toBeUndefined();
      expect(house.killPoints).toEqual(["request-sent"]);
    },
  );
});

it("is put off by a 429 for as long as Discord asks", async () => {
  const { order, fault, sent } = await prepared("role.add");
  fault("429", 1_000);
  const outcome = await perform(order);
  expect(outcome).toMatchObject({ kind: "later", afterMs: expect.any(Number) });
  expect(outcome.kind === "later" && outcome.afterMs).toBeGreaterThanOrEqual(900);
  expect(outcome.kind === "later" && outcome.afterMs).toBeLessThan(2_500);
  expect(sent()).toHaveLength(1);
});

it("is unknown after a 5xx, and nothing is tried twice", async () => {
  const { order, fault, sent } = await prepared("role.add");
  fault("502");
  expect(await perform(order)).toEqual({ kind: "unknown", why: "Discord answered 502" });
  expect(sent()).toHaveLength(1);
});

it("is unknown when the deadline comes first", async () => {
  const { order, fault } = await prepared("role.add");
  fault("slow", 2_000);
  expect(await connection.executor.perform(order, AbortSignal.timeout(100))).toMatchObject({ kind: "unknown" });
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

describe("a cohort", () => {
  const ban = (members: Place["others"]) =>
    orderOf(place.guildId, { verb: "members.bulk-ban", members, deleteSeconds: 0 }, { id: `order-${place.guildId}` });
  const staff = () => ({ userId: place.owner, name: "ada", roleIds: [] });
  const ids = () => place.others.map(({ userId }) => userId);

  it("is told apart: who was banned and who could not be", async () => {
    const outcome = await perform(ban([...place.others, staff()]));
    expect(outcome).toEqual({ kind: "done", result: { banned: ids(), failed: [place.owner] } });
  });

  it("is told apart from the audit log where the answer was lost", async () => {
    const order = ban([...place.others, staff()]);
    control.fault({ match: { route: /bulk-ban/ }, kind: "cut-after" });
    expect(await perform(order)).toMatchObject({ kind: "unknown" });
    expect(await reconcile(order)).toEqual({ found: "done", result: { banned: ids(), failed: [place.owner] } });
  });

  it("of whom nobody can be banned fails", async () => {
    expect(await perform(ban([staff()]))).toMatchObject({ kind: "failed", code: "500000" });
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
  ] as const)("%s that never arrived is %s", async (verb, found) => {
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
