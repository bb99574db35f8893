import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CommandSpec, EventOf, Order } from "#core";
import type { DiscordConnection } from "../../src/adapters/discord/index.ts";
import { type Control, manualClock } from "../../src/simulator/index.ts";
import { type House, openHouse, until, untilReady } from "./house.ts";
import { orderOf } from "./orders.ts";

const COMMANDS: readonly (CommandSpec & { agent: string })[] = [
  {
    ...{ agent: "moderation", name: "warn", description: "Warns a member", reply: "ephemeral" },
    options: [
      { name: "reason", description: "Why", type: "text" },
      { name: "member", description: "Whom", type: "member", required: true },
    ],
    needs: ["MODERATE_MEMBERS"],
  },
  { agent: "community", name: "rules", description: "Shows the rules", reply: "public", options: [] },
];

let house: House;
let control: Control;
let connection: DiscordConnection;
let guildId: string;
let channelId: string;
let owner: string;
let member: string;
const clock = () => manualClock(Date.now());
let time: ReturnType<typeof clock>;

beforeEach(async () => {
  time = clock();
  house = await openHouse({ rateLimits: "off", clock: time });
  control = house.simulator.control;
  const guild = control.createGuild({ name: "Owlery", members: [{ name: "ada" }, { name: "bo" }] });
  guildId = guild.id;
  owner = guild.ownerId;
  channelId = control.channels(guildId)[0]!.id;
  member = control.members(guildId).find((one) => one.user.username === "bo")!.user.id;
  connection = await house.connect({ commands: COMMANDS });
  await untilReady(connection);
  await connection.registerCommands(guildId);
});
afterEach(() => house.close());

type Answerable = EventOf<"command.used"> | EventOf<"button.pressed">;

async function heard(id: string): Promise<Answerable> {
  const find = () => house.road.events().find((event) => event.id === `i:${id}`);
  await until("the interaction", () => find() !== undefined);
  return find() as Answerable;
}

async function use(name: string): Promise<{ id: string; order: Order; event: Answerable }> {
  const options: Record<string, string> = name === "warn" ? { member, reason: "loud" } : {};
  const id = control.useCommand(guildId, channelId, owner, name, options);
  const event = await heard(id);
  return { id, event, order: replyTo(event) };
}

function replyTo(event: Answerable): Order {
  const { interaction } = event;
  const words = { text: "Done." };
  const action = { verb: "interaction.reply", interaction, words, ephemeral: true } as const;
  return orderOf(guildId, action, { id: `${event.id}/moderation/0#0` });
}

const signal = () => new AbortController().signal;
const perform = (order: Order, by = connection) => by.executor.perform(order, signal());
const reconcile = (order: Order, by = connection) => by.executor.reconcile(order, signal());
const callbacks = () => control.requests().filter(({ path }) => path.endsWith("/callback"));
const shown = (id: string) =>
  control.interaction(id).embeds.map((embed) => (embed as { description?: string }).description);
const deferred = (id: string) =>
  until("the deferral", () => control.interaction(id).callback === 5 || control.interaction(id).callback === 6);

it("registers what agents declare, required options first", () => {
  const [warn, rules] = ["warn", "rules"].map((name) => control.commands(guildId).find((one) => one.name === name));
  expect(warn).toMatchObject({ default_member_permissions: String(1n << 40n), contexts: [0] });
  expect(warn?.options).toMatchObject([
    { name: "member", type: 6, required: true },
    { name: "reason", type: 3 },
  ]);
  expect(rules?.default_member_permissions).toBeNull();
});

it("hears a command with its member and the caller's permissions", async () => {
  const { event } = await use("warn");
  expect(event).toMatchObject({ kind: "command.used", command: "warn", guildId, channelId });
  expect(event.kind === "command.used" && event.options).toMatchObject({
    reason: "loud",
    member: { userId: member, name: "bo" },
  });
  expect(BigInt(event.byPermissions)).toBeGreaterThan(0n);
  expect(event.interaction.sealedToken).toMatch(/^sealed/);
});

describe("an answer in time", () => {
  it("is the first and only request", async () => {
    const { id, order } = await use("warn");
    expect(await perform(order)).toMatchObject({ kind: "done" });
    expect(control.interaction(id)).toMatchObject({ callback: 4, ephemeral: true });
    expect(shown(id)).toEqual(["Done."]);
    expect(callbacks()).toHaveLength(1);
  });

  it("that was lost is found by looking", async () => {
    const { order } = await use("warn");
    control.fault({ match: { route: /callback$/ }, kind: "cut-after" });
    expect(await perform(order)).toMatchObject({ kind: "unknown" });
    expect(await reconcile(order)).toMatchObject({ found: "done" });
  });

  it("that never arrived is absent, and is given again", async () => {
    const { id, order } = await use("warn");
    control.fault({ match: { route: /callback$/ }, kind: "cut-before" });
    expect(await perform(order)).toMatchObject({ kind: "unknown" });
    expect(await reconcile(order)).toEqual({ found: "absent" });
    expect(await perform(order)).toMatchObject({ kind: "done" });
    expect(shown(id)).toEqual(["Done."]);
  });

  it("too late by Discord's count is expired", async () => {
    const { order } = await use("warn");
    time.advance(3_100);
    expect(await perform(order)).toMatchObject({ kind: "failed", code: "expired" });
  });
});

describe("nobody answers within 1.5 s", () => {
  it.each([
    ["warn", true],
    ["rules", false],
  ])("/%s is deferred as it declares, and filled in later", async (name, ephemeral) => {
    const { id, order } = await use(name);
    await deferred(id);
    expect(control.interaction(id)).toMatchObject({ callback: 5, thinking: true, ephemeral });
    expect(await perform(order)).toMatchObject({ kind: "done" });
    expect(house.metrics.counts.get("interactions_deferred")).toBe(1);
    expect(control.interaction(id)).toMatchObject({ thinking: false, edits: 1 });
    expect(shown(id)).toEqual(["Done."]);
    expect(callbacks()).toHaveLength(1);
    expect(await reconcile(order)).toMatchObject({ found: "done" });
  });

  it("an answer that comes while the deferral is under way waits for it", async () => {
    const { id, order } = await use("warn");
    control.fault({ match: { route: /callback$/ }, kind: "slow", ms: 200 });
    await until("the deferral to be under way", () => callbacks().length === 1);
    expect(await perform(order)).toMatchObject({ kind: "done" });
    expect(callbacks()).toHaveLength(1);
    expect(shown(id)).toEqual(["Done."]);
  });

  it("an answer by another process finds out by itself", async () => {
    const { id, order } = await use("warn");
    await deferred(id);
    const other = await house.connect({ commands: COMMANDS, shardIds: [] });
    expect(await reconcile(order, other)).toEqual({ found: "absent" });
    expect(await perform(order, other)).toMatchObject({ kind: "done" });
    expect(shown(id)).toEqual(["Done."]);
    expect(callbacks().map(({ status }) => status)).toEqual([204, 400]);
  });
});

describe("a button", () => {
  async function press(): Promise<{ id: string; order: Order; panelId: string }> {
    const components = [
      { type: 1, components: [{ type: 2, style: 1, label: "Claim", custom_id: "v1:ticket:42:claim" }] },
    ];
    const panel = await fetch(`${house.simulator.apiUrl}/v10/channels/${channelId}/messages`, {
      method: "POST",
      headers: { authorization: `Bot ${house.simulator.token}`, "content-type": "application/json" },
      body: JSON.stringify({ content: "Ticket 42", components }),
    });
    const { id: panelId } = (await panel.json()) as { id: string };
    const id = control.pressButton(guildId, channelId, member, panelId, "v1:ticket:42:claim");
    return { id, panelId, order: replyTo(await heard(id)) };
  }

  it("is answered beside its panel", async () => {
    const { id, order } = await press();
    expect(await perform(order)).toMatchObject({ kind: "done" });
    expect(control.interaction(id)).toMatchObject({ callback: 4, ephemeral: true });
  });

  it("waits on its panel, which an answer never overwrites", async () => {
    const { id, order, panelId } = await press();
    await deferred(id);
    expect(control.interaction(id).callback).toBe(6);
    expect(await perform(order)).toMatchObject({ kind: "done" });
    expect(control.interaction(id).followUps).toHaveLength(1);
    expect(control.messages(channelId).find((message) => message.id === panelId)?.content).toBe("Ticket 42");
  });
});

it("stops waiting when the house closes", async () => {
  const { id } = await use("warn");
  await connection.close();
  const other = await house.connect({ commands: COMMANDS });
  await untilReady(other);
  const next = control.useCommand(guildId, channelId, owner, "rules");
  await deferred(next);
  expect(control.interaction(id).callback).toBeUndefined();
});
