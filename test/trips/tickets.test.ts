import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { PermissionFlagsBits } from "discord-api-types/v10";
import { type Action, type EventOf, type GuildEvent, Permission, type Store, type Verb } from "#core";
import tickets from "../../agents/tickets/index.ts";
import { configSchema } from "../../agents/tickets/config.ts";
import { manualClock } from "../../src/adapters/memory/clock.ts";
import { createMemoryStore } from "../../src/adapters/memory/store/index.ts";
import type { OpenHouse } from "../../src/main/house.ts";
import { type Control, startSimulator, type Simulator } from "../../src/simulator/index.ts";
import { BOT } from "../../src/simulator/world/presets.ts";
import { until } from "../discord/house.ts";
import { directory, GUILD, member, message } from "../kit/guild.ts";
import { createWorld, startRoad, type TestRoad, type World } from "../kit/road.ts";
import { assembleOn, openOver } from "../kit/whole-house.ts";

describe("on the simulator", () => {
  const folder = mkdtempSync(join(tmpdir(), "guildhall-tickets-"));
  const store = createMemoryStore();
  const channel: Record<string, string> = {};
  let simulator: Simulator;
  let control: Control;
  let house: OpenHouse;
  let guildId: string;
  let [owner, helper, ada] = ["", "", ""];
  let team: string;

  beforeAll(async () => {
    simulator = await startSimulator({ rateLimits: "off" });
    control = simulator.control;
    guildId = control.createGuild({
      name: "Owlery",
      roles: [{ name: "team", permissions: PermissionFlagsBits.ManageThreads }],
      botRole: { permissions: BOT },
      channels: [{ name: "help" }, { name: "staff" }],
      members: [{ name: "mia" }, { name: "hugo", roles: ["team"] }, { name: "ada" }],
    }).id;
    const byName = (name: string) => control.members(guildId).find((one) => one.user.username === name)!.user.id;
    [owner, helper, ada] = [byName("mia"), byName("hugo"), byName("ada")];
    for (const { id, name } of control.channels(guildId)) channel[name ?? ""] = id;
    team = control.roles(guildId).find(({ name }) => name === "team")!.id;
    const types = [1, 2, 3, 4, 5, 6].map((index) => ({
      id: `t${index}`,
      label: `Kind ${index}`,
      staffRoleIds: [team],
    }));
    const config = { types, staffChannelId: channel["staff"] };
    const chosen = JSON.stringify({ agents: { tickets: { mode: "live", config } } });
    house = await openOver(store, await assembleOn(simulator, folder, chosen), folder);
  });
  afterAll(async () => {
    await house.close();
    await simulator.close();
    rmSync(folder, { recursive: true });
  });

  const answered = async (id: string, expected: RegExp): Promise<string> => {
    const text = () =>
      JSON.stringify(control.interaction(id).embeds) + JSON.stringify(control.interaction(id).followUps);
    await until(`${String(expected)} instead of ${text()}`, () => expected.test(text()));
    return id;
  };
  const buttonsIn = (channelId: string, messageId: string): readonly string[] => {
    const found = control.messages(channelId).find(({ id }) => id === messageId);
    return [...JSON.stringify(found?.components).matchAll(/"custom_id":"([^"]+)"/g)].map(([, id]) => id!);
  };
  const withButton = (channelId: string, name: string) =>
    control
      .messages(channelId)
      .find(({ id }) => buttonsIn(channelId, id).some((one) => one.startsWith(`v1:tickets:${name}`)));

  test("a member gets a thread of their own from the panel, staff work in it, and it is closed, rated and opened again", async () => {
    const { help = "", staff = "" } = channel;
    control.useCommand(guildId, help, owner, "ticket panel");
    await until("the panel", () => withButton(help, "open") !== undefined);
    const panel = withButton(help, "open")!.id;

    const asked = control.pressButton(guildId, help, ada, panel, "v1:tickets:open", ["t4"]);
    await until("the form", () => control.interaction(asked).modal !== undefined);
    const sent = control.submitModal(asked, { subject: "Lost my badge", details: "Since *Monday*" });
    await answered(sent, /Your ticket #1 is here/);

    const thread = control.channels(guildId).find(({ name }) => name?.startsWith("#1 · Lost") === true)!;
    expect(thread).toMatchObject({ type: 12, parent_id: help });
    await until("the member in the thread", () => control.threadMembers(thread.id).includes(ada));
    const card = withButton(thread.id, "claim")!;
    expect(card).toMatchObject({ mention_roles: [team], embeds: [{ title: "#1 · Kind 4 · Lost my badge" }] });
    expect(card.mentions.map(({ id }) => id)).toEqual([ada]);
    await until("staff to be told", () => control.messages(staff).length === 1);

    control.pressButton(guildId, thread.id, helper, card.id, "v1:tickets:claim:1");
    const claimed = ["v1:tickets:unclaim:1", "v1:tickets:close:1"];
    await until("the claim", () => buttonsIn(thread.id, card.id).join() === claimed.join());
    await answered(control.pressButton(guildId, thread.id, ada, card.id, "v1:tickets:unclaim:1"), /Only the team/);

    const closing = control.pressButton(guildId, thread.id, ada, card.id, "v1:tickets:close:1");
    await answered(closing, /Close ticket #1\?/);
    const { messageId: sure = "" } = control.interaction(closing);
    control.pressButton(guildId, thread.id, ada, sure, "v1:tickets:confirm:1");
    const metadata = () => control.channels(guildId).find(({ id }) => id === thread.id) as { thread_metadata?: object };
    await until("the lock", () => JSON.stringify(metadata().thread_metadata).includes('"locked":true'));
    await until("the stars", () => withButton(thread.id, "rate") !== undefined);
    await until("the card without buttons", () => buttonsIn(thread.id, card.id).length === 0);

    const end = withButton(thread.id, "rate")!.id;
    const rating = control.pressButton(guildId, thread.id, ada, end, "v1:tickets:rate:1:5");
    await until("the form", () => control.interaction(rating).modal !== undefined);
    await answered(control.submitModal(rating, { comment: "Quick!" }), /Thank you/);
    expect((await store.guild(guildId).records([{ record: "ticket", key: "1" }]))[0]).toMatchObject({
      ...{ status: "closed", closed: { how: "asked", byUserId: ada }, feedback: { stars: 5, text: "Quick!" } },
    });

    await answered(control.pressButton(guildId, thread.id, ada, end, "v1:tickets:reopen:1"), /open again/);
    await until("the lock to be off", () => JSON.stringify(metadata().thread_metadata).includes('"locked":false'));
    await answered(control.useCommand(guildId, thread.id, helper, "ticket list"), /Lost my badge/);
  });
});

const HOUR = 3_600_000;
const START = 1_790_000_000_000;
const ALL = Permission.ADMINISTRATOR.toString();
const guild = {
  ...directory,
  roles: { ...directory.roles, "13": { ...directory.roles["13"]!, permissions: ALL } },
  channels: {
    ...directory.channels,
    "700": { id: "700", name: "#1", type: 12, parentId: "20", overwrites: [], thread: { joined: true } },
  },
};

describe("on the road", () => {
  let house: TestRoad;
  let world: World;
  let clock = manualClock(START);
  afterEach(() => house.stop());

  async function open(store: Store): Promise<void> {
    house = await startRoad({ agents: [tickets], clock, world, store, config: { tickets: configSchema.parse({}) } });
    house.bring({ id: `g:${clock.now()}`, guildId: GUILD, at: clock.now(), kind: "guild.available", directory: guild });
  }
  async function openNew(store: Store): Promise<void> {
    clock = manualClock(START);
    world = createWorld();
    world.answer = ({ action }) => {
      const sent = action.verb === "message.send" ? { messageId: "900" } : {};
      return { kind: "done", result: action.verb === "thread.open" ? { threadId: "700", channelId: "700" } : sent };
    };
    await open(store);
  }
  const form = (): EventOf<"modal.submitted"> => ({
    ...{ id: "i:1", guildId: GUILD, at: clock.now(), kind: "modal.submitted", customId: "v1:tickets:form:help" },
    ...{ by: member("50"), byPermissions: "0", channelId: "20", fields: { subject: "Badge", details: "It is lost" } },
    interaction: { id: "1", sealedToken: "sealed", locale: "en" },
  });
  const actions = <V extends Verb>(verb: V) =>
    world.performed.flatMap(({ action }) => (action.verb === verb ? [action as Extract<Action, { verb: V }>] : []));
  const texts = () => actions("message.send").map(({ words }) => words.text);
  const ticket = async () => (await house.store.guild(GUILD).records([{ record: "ticket", key: "1" }]))[0];
  /** The event, and whatever its first order comes to. */
  const settled = (eventId: string) =>
    house.commitOf(({ event }) => event.kind === "action.done" && event.orderId === `${eventId}/tickets/0#0`);
  async function happens(event: GuildEvent): Promise<void> {
    house.bring(event);
    await house.commitOf((entry) => entry.event.id === event.id);
  }
  /** The ticket's thread is open, its card is in it, and both are known. */
  async function opened(): Promise<void> {
    const thread = await settled("i:1");
    await settled(thread.event.id);
  }
  async function struck(at: number): Promise<GuildEvent> {
    clock.set(at);
    const { event } = await house.commitOf((entry) => entry.event.kind === "clock.struck" && entry.event.at === at);
    return event;
  }

  test.each([
    ["what it was asked is lost", 4],
    ["its answer is lost", 1],
  ])("a ticket opened while the database restarts is opened once: %s", async (how, times) => {
    const store = createMemoryStore();
    let failures = 0;
    const restarting: Store = {
      ...store,
      async commit(group) {
        const isForm = group.entries.some(({ event }) => event.id === "i:1");
        if (!isForm || failures >= times) return store.commit(group);
        failures += 1;
        if (how === "its answer is lost") await store.commit(group);
        return { refusal: "unreachable", cause: new Error("the database system is starting up") };
      },
    };
    await openNew(restarting);
    house.bring(form());
    await opened();
    house.bring(form());
    await house.known("i:1");
    expect(failures).toBe(times);
    expect(actions("thread.open")).toHaveLength(1);
    expect(await ticket()).toMatchObject({ status: "open", number: 1, cardId: "900" });
    expect(actions("interaction.reply").at(-1)!.words.text).toBe("Your ticket #1 is here: <#700>");
  });

  test("tickets whose auto-close lived in memory and never fired: it is warned of and done by houses that were not there before", async () => {
    const store = createMemoryStore();
    await openNew(store);
    house.bring(form());
    await opened();
    const said = START + HOUR;
    clock.set(said);
    await happens(message("Have you looked at the desk?", { at: said, channelId: "700", author: member("1") }));
    await house.stop();

    await open(store);
    const warning = await struck(said + 48 * HOUR);
    await settled(warning.id);
    expect(texts().at(-1)).toMatch(/is closed in 24 hours/);
    expect(await ticket()).toMatchObject({ status: "open", warnedAt: said + 48 * HOUR });
    await house.stop();

    await open(store);
    const end = await struck(said + 72 * HOUR);
    await settled(end.id);
    expect(await ticket()).toMatchObject({ status: "closed", closed: { how: "silence" } });
    expect(actions("thread.edit")).toMatchObject([{ channelId: "700", locked: true }]);
  });

  test("in shadow nothing is opened, and whoever asks is told so", async () => {
    await openNew(createMemoryStore());
    await house.stop();
    const agents = { tickets: { mode: "shadow" as const, config: configSchema.parse({}), hash: "test" } };
    house = await startRoad({ agents: [tickets], clock, world, policy: { agents } });
    house.bring({ id: "g:shadow", guildId: GUILD, at: START, kind: "guild.available", directory: guild });
    house.bring(form());
    await house.commitOf(({ event }) => event.kind === "action.done");
    expect(world.performed.map(({ action }) => action.verb)).toEqual(["interaction.reply"]);
    expect(await ticket()).toBeUndefined();
  });
});
