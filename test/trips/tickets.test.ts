import { afterEach, expect, test } from "vitest";
import { type Action, type EventOf, type GuildEvent, Permission, type Store, type Verb } from "#core";
import tickets from "../../agents/tickets/index.ts";
import { configSchema } from "../../agents/tickets/config.ts";
import { manualClock } from "../../src/adapters/memory/clock.ts";
import { createMemoryStore } from "../../src/adapters/memory/store/index.ts";
import { directory, GUILD, member, message } from "../kit/guild.ts";
import { createWorld, startRoad, type TestRoad, type World } from "../kit/road.ts";

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
