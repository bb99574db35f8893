import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Choice, Declared, Order, Typing, Use, Words } from "#core";
import type { DiscordConnection, DiscordOptions } from "../../src/adapters/discord/index.ts";
import { type Control, manualClock } from "../../src/simulator/index.ts";
import { type House, openHouse, until, untilReady } from "./house.ts";
import { orderOf } from "./orders.ts";

const AGENTS: readonly Declared[] = [
  {
    name: "moderation",
    commands: [
      {
        ...{ name: "warn", description: "Warns a member", reply: "ephemeral" },
        options: [
          { name: "reason", description: "Why", type: "text", autocomplete: true },
          { name: "member", description: "Whom", type: "member", required: true },
        ],
        needs: ["MODERATE_MEMBERS"],
      },
      { name: "Report", on: "message", reply: "modal", opens: "report" },
      { name: "Look up", on: "member", reply: "ephemeral" },
    ],
    modals: [
      {
        ...{ name: "report", title: { en: "Report a message", de: "Nachricht melden" }, reply: "ephemeral" },
        fields: [
          { name: "why", label: { en: "What is wrong?", de: "Was stimmt nicht?" }, field: "paragraph", required: true },
          { name: "rule", label: "Rule", field: "choice", choices: [{ name: "Spam", value: "spam" }] },
        ],
      },
    ],
  },
  { name: "community", commands: [{ name: "rules", description: "Shows the rules", reply: "public", options: [] }] },
  {
    name: "ticket",
    buttons: [
      { name: "claim", reply: "update" },
      { name: "peek", reply: "ephemeral" },
      { name: "close", reply: "modal", opens: "close" },
    ],
    modals: [
      { name: "close", title: "Close", reply: "update", fields: [{ name: "why", label: "Why", field: "short" }] },
    ],
  },
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
  connection = await house.connect({ agents: AGENTS });
  await untilReady(connection);
  await connection.registerCommands(guildId);
});
afterEach(() => house.close());

async function heard(id: string): Promise<Use> {
  const find = () => house.road.events().find((event) => event.id === `i:${id}`);
  await until("the interaction", () => find() !== undefined);
  return find() as Use;
}

async function use(name: string): Promise<{ id: string; order: Order; event: Use }> {
  const options: Record<string, string> = name === "warn" ? { member, reason: "loud" } : {};
  const id = control.useCommand(guildId, channelId, owner, name, options);
  const event = await heard(id);
  return { id, event, order: replyTo(event) };
}

function replyTo(event: Use, changes: { readonly words?: Words; readonly update?: boolean } = {}): Order {
  const { interaction } = event;
  const words = { text: "Done." };
  const action = { verb: "interaction.reply", interaction, words, ephemeral: true, ...changes } as const;
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
    const other = await house.connect({ agents: AGENTS, shardIds: [] });
    expect(await reconcile(order, other)).toEqual({ found: "absent" });
    expect(await perform(order, other)).toMatchObject({ kind: "done" });
    expect(shown(id)).toEqual(["Done."]);
    expect(callbacks().map(({ status }) => status)).toEqual([204, 400]);
  });
});

async function post(body: object): Promise<string> {
  const posted = await fetch(`${house.simulator.apiUrl}/v10/channels/${channelId}/messages`, {
    method: "POST",
    headers: { authorization: `Bot ${house.simulator.token}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return ((await posted.json()) as { id: string }).id;
}

async function press(customId: string): Promise<{ id: string; event: Use; panelId: string }> {
  const components = [{ type: 1, components: [{ type: 2, style: 1, label: "Press", custom_id: customId }] }];
  const panelId = await post({ content: "Ticket 42", components });
  const id = control.pressButton(guildId, channelId, member, panelId, customId);
  return { id, panelId, event: await heard(id) };
}

const panel = (id: string) => control.messages(channelId).find((message) => message.id === id);

describe("a panel", () => {
  const words: Words = {
    ...{ title: "Set-up", text: "Where?" },
    panel: [
      {
        row: [
          { component: "select", of: "channel", customId: "v1:ticket:claim:a", channels: ["text"], chosenIds: ["77"] },
        ],
      },
      { line: true },
      { text: "And then?" },
      { row: [{ component: "button", customId: "v1:ticket:peek:b", label: "Next" }] },
    ],
  };
  const parts = (id: string) => {
    const [container] = control.interaction(id).components as { type: number; components: { type: number }[] }[];
    return container?.type === 17 ? container.components : [];
  };

  it("is a message of components alone, seen by whoever asked", async () => {
    const { id, event } = await use("warn");
    const order = replyTo(event, { words });
    expect(await perform(order)).toMatchObject({ kind: "done" });
    expect(control.interaction(id)).toMatchObject({ callback: 4, ephemeral: true, content: "", embeds: [] });
    expect(parts(id).map(({ type }) => type)).toEqual([10, 1, 14, 10, 1, 10]);
    expect(parts(id)[0]).toMatchObject({ content: "### Set-up\nWhere?" });
    const select = { type: 8, channel_types: [0], default_values: [{ id: "77", type: "channel" }] };
    expect(parts(id)[1]).toMatchObject({ components: [select] });
    expect(await reconcile(order)).toMatchObject({ found: "done" });
  });

  it("fills an answer that was deferred, and changes with what is pressed on it", async () => {
    const { id, event } = await use("warn");
    await deferred(id);
    expect(await perform(replyTo(event, { words }))).toMatchObject({ kind: "done" });
    const { messageId } = control.interaction(id);
    const pressed = await heard(control.pressButton(guildId, channelId, owner, messageId!, "v1:ticket:claim:a"));
    const after: Words = { text: "Done.", panel: [] };
    expect(await perform(replyTo(pressed, { words: after, update: true }))).toMatchObject({ kind: "done" });
    expect(parts(id).map((part) => (part as { content?: string }).content)).toEqual([
      "Done.",
      expect.stringMatching(/^-# gh:/),
    ]);
  });
});

describe("a button", () => {
  it("is answered beside its panel", async () => {
    const { id, event } = await press("v1:ticket:peek:42");
    expect(await perform(replyTo(event))).toMatchObject({ kind: "done" });
    expect(control.interaction(id)).toMatchObject({ callback: 4, ephemeral: true });
  });

  it("changes its panel where that is the answer", async () => {
    const { id, event, panelId } = await press("v1:ticket:claim:42");
    expect(await perform(replyTo(event, { update: true }))).toMatchObject({ kind: "done" });
    expect(control.interaction(id).callback).toBe(7);
    expect(panel(panelId)).toMatchObject({ components: [], embeds: [{ description: "Done." }] });
  });

  it.each([
    ["claim", 6, true],
    ["peek", 5, false],
    ["gone", 5, false],
  ])("%s is deferred as it declares, or to its user alone", async (name, callback, waitsOnPanel) => {
    const { id, event, panelId } = await press(`v1:ticket:${name}:42`);
    await deferred(id);
    expect(control.interaction(id)).toMatchObject({ callback, ephemeral: !waitsOnPanel });
    expect(await perform(replyTo(event))).toMatchObject({ kind: "done" });
    expect(control.interaction(id).followUps).toHaveLength(waitsOnPanel ? 1 : 0);
    expect(panel(panelId)?.content).toBe("Ticket 42");
  });

  it("that was deferred changes its panel all the same", async () => {
    const { id, event, panelId } = await press("v1:ticket:claim:42");
    await deferred(id);
    const order = replyTo(event, { update: true });
    expect(await reconcile(order)).toEqual({ found: "absent" });
    expect(await perform(order)).toMatchObject({ kind: "done" });
    expect(panel(panelId)?.embeds).toMatchObject([{ description: "Done." }]);
    expect(await reconcile(order)).toMatchObject({ found: "done" });
  });

  it("brings what is to be pressed next", async () => {
    const { id, event } = await press("v1:ticket:peek:42");
    const words: Words = {
      text: "Which?",
      components: [
        [{ component: "button", customId: "v1:ticket:claim:42", label: "x".repeat(90), style: "danger" }],
        [{ component: "select", of: "text", customId: "v1:ticket:pick", choices: [{ label: "One", value: "1" }] }],
      ],
    };
    expect(await perform(replyTo(event, { words }))).toMatchObject({ kind: "done" });
    expect(control.interaction(id).components).toMatchObject([
      { components: [{ type: 2, style: 4, label: `${"x".repeat(79)}…` }] },
      { components: [{ type: 3, options: [{ label: "One", value: "1" }] }] },
    ]);
    const messageId = control.interaction(id).messageId!;
    const chosen = await heard(control.pressButton(guildId, channelId, member, messageId, "v1:ticket:pick", ["1"]));
    expect(chosen).toMatchObject({ kind: "select.chosen", customId: "v1:ticket:pick", values: ["1"] });
  });
});

const opened = (id: string) => until("the form", () => control.interaction(id).modal !== undefined);

describe("a form", () => {
  it("is opened at once, in the member's language, about the message it was asked for", async () => {
    const messageId = control.say(guildId, channelId, member, "buy my lamps");
    control.speaks(owner, "de");
    const id = control.useMenu(guildId, channelId, owner, "Report", messageId);
    await opened(id);
    expect(control.interaction(id)).toMatchObject({
      callback: 9,
      modal: { title: "Nachricht melden", custom_id: `v1:moderation:report:${messageId}:${member}` },
    });
    const sent = await heard(control.submitModal(id, { why: "an advertisement", rule: ["spam"] }));
    expect(sent).toMatchObject({
      ...{ kind: "modal.submitted", customId: `v1:moderation:report:${messageId}:${member}` },
      ...{ fields: { why: "an advertisement", rule: ["spam"] }, by: { userId: owner } },
    });
    expect(await perform(replyTo(sent))).toMatchObject({ kind: "done" });
  });

  it("opened by a button carries on what the button was about, and changes its message", async () => {
    const { id, panelId } = await press("v1:ticket:close:42");
    await opened(id);
    const sent = await heard(control.submitModal(id, { why: "solved" }));
    expect(sent).toMatchObject({ customId: "v1:ticket:close:42", messageId: panelId });
    expect(await perform(replyTo(sent, { update: true }))).toMatchObject({ kind: "done" });
    expect(panel(panelId)?.embeds).toMatchObject([{ description: "Done." }]);
  });
});

describe("a form of a guild's own", () => {
  const close = async (formFields: DiscordOptions["formFields"]): Promise<readonly string[]> => {
    await connection.close();
    connection = await house.connect({ agents: AGENTS, formFields: formFields! });
    await untilReady(connection);
    const { id } = await press("v1:ticket:close:42");
    await opened(id);
    const modal = JSON.stringify(control.interaction(id).modal);
    return [...modal.matchAll(/"label":"([^"]+)"/g)].map(([, label]) => label!);
  };

  it("asks what its configuration says, of what it was opened for", async () => {
    const asked: unknown[] = [];
    const labels = await close((guild, opening) => {
      asked.push(guild, opening);
      return Promise.resolve([{ field: "short", name: "rod", label: "Which rod?", required: true }]);
    });
    expect(labels).toEqual(["Which rod?"]);
    expect(asked).toEqual([guildId, { agent: "ticket", form: "close", args: ["42"] }]);
  });

  it("is opened as declared where it has none, or what it has is not known in time", async () => {
    expect(await close(() => Promise.resolve(undefined))).toEqual(["Why"]);
    expect(await close(() => new Promise(() => undefined))).toEqual(["Why"]);
  });
});

it("the menu of a member names them", async () => {
  const event = await heard(control.useMenu(guildId, channelId, owner, "Look up", member));
  expect(event).toMatchObject({ command: "Look up", options: { member: { userId: member, name: "bo" } } });
});

describe("while somebody types", () => {
  const asked: (Typing & { guildId: string })[] = [];
  const suggest = (guild: string, typing: Typing): readonly Choice[] => {
    asked.push({ guildId: guild, ...typing });
    return Array.from({ length: 30 }, (_, index) => ({
      name: { en: `rule ${index}`, fr: `règle ${index}` },
      value: `r${index}`,
    }));
  };

  it("what could stand there is offered in their language, and nothing is journaled", async () => {
    await connection.close();
    await untilReady(await house.connect({ agents: AGENTS, suggest }));
    control.speaks(owner, "fr");
    const id = control.autocomplete(guildId, channelId, owner, "warn", "reason", { reason: "sp" });
    await until("the choices", () => control.interaction(id).choices !== undefined);
    const choices = control.interaction(id).choices!;
    expect([choices.length, choices[0]]).toEqual([25, { name: "règle 0", value: "r0" }]);
    expect(asked).toEqual([{ guildId, command: "warn", option: "reason", partial: "sp", userId: owner, locale: "fr" }]);
    expect(house.road.events().some((event) => event.id === `i:${id}`)).toBe(false);
  });
});

it("stops waiting when the house closes", async () => {
  const { id } = await use("warn");
  await connection.close();
  const other = await house.connect({ agents: AGENTS });
  await untilReady(other);
  const next = control.useCommand(guildId, channelId, owner, "rules");
  await deferred(next);
  expect(control.interaction(id).callback).toBeUndefined();
});
