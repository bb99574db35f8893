import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type EventOf, type Order, Permission, type Store, type Ticket } from "#core";
import { configSchema } from "../../agents/tickets/config.ts";
import tickets from "../../agents/tickets/index.ts";
import { createSeal } from "../../src/adapters/crypto/index.ts";
import { openStore } from "../../src/adapters/postgres/index.ts";
import { directory, GUILD, member } from "../kit/guild.ts";
import { createWorld, silentLog, startRoad, type TestRoad } from "../kit/road.ts";
import { cleanUp, dataFolder, serverPid } from "./engines.kit.ts";

const seal = createSeal({ current: "test", keys: { test: randomBytes(32) } });
const world = createWorld();
let folder: string;
let store: Store;
let house: TestRoad;
/** Does something to the server around the commit of the event it is given. */
let around: (eventId: string, commit: () => ReturnType<Store["commit"]>) => ReturnType<Store["commit"]>;

/** Discord's part: what was opened once is found again, and not opened twice. */
const resultOf = ({ id, action }: Order): object => {
  const threadId = `7${id.split("/")[0]!.slice(2)}`;
  if (action.verb === "thread.open") return { threadId, channelId: threadId };
  return action.verb === "message.send" ? { channelId: action.channelId, messageId: "900" } : {};
};

beforeAll(async () => {
  folder = await dataFolder();
  store = await openStore({ dataDir: folder, seal, log: silentLog, engine: "embedded" });
  around = (_eventId, commit) => commit();
  world.answer = (order) => ({ kind: "done", result: resultOf(order) });
  world.find = (order) =>
    world.performed.some(({ id }) => id === order.id)
      ? { found: "done", result: resultOf(order) }
      : { found: "absent" };
  const restarting: Store = {
    ...store,
    commit: (group) => {
      const form = group.entries.find(({ event }) => event.kind === "modal.submitted");
      return form === undefined ? store.commit(group) : around(form.event.id, () => store.commit(group));
    },
  };
  const config = { tickets: configSchema.parse({}) };
  house = await startRoad({ agents: [tickets], world, store: restarting, config });
  const bot = { ...directory.roles["13"]!, permissions: Permission.ADMINISTRATOR.toString() };
  const guild = { ...directory, roles: { ...directory.roles, "13": bot } };
  house.bring({ id: "g:1", guildId: GUILD, at: Date.now(), kind: "guild.available", directory: guild });
  await house.commitOf(({ event }) => event.id === "g:1");
}, 60_000);
afterAll(async () => {
  await house?.stop();
  await store?.close();
  await cleanUp();
}, 60_000);

const form = (number: number): EventOf<"modal.submitted"> => ({
  ...{ id: `i:${number}`, guildId: GUILD, at: Date.now(), kind: "modal.submitted" },
  ...{ customId: "v1:tickets:form:help", by: member(`5${number}`), byPermissions: "0", channelId: "20" },
  fields: { subject: "Badge", details: "It is lost" },
  interaction: { id: String(number), sealedToken: "sealed", locale: "en" },
});

const killServer = (): void => {
  const server = serverPid(folder);
  if (server !== undefined) process.kill(server, "SIGKILL");
};

test.each<[string, number, (commit: () => ReturnType<Store["commit"]>) => ReturnType<Store["commit"]>]>([
  [
    "before it was asked",
    1,
    (commit) => {
      killServer();
      return commit();
    },
  ],
  [
    "while it was asked",
    2,
    (commit) => {
      const asked = commit();
      killServer();
      return asked;
    },
  ],
  [
    "before its answer was heard",
    3,
    async (commit) => {
      await commit();
      killServer();
      return { refusal: "unreachable", cause: new Error("the connection is gone") };
    },
  ],
])(
  "a ticket whose database's server dies %s is opened once, and the member is told",
  async (_when, number, kills) => {
    let isKilled = false;
    around = (_eventId, commit) => {
      if (isKilled) return commit();
      isKilled = true;
      return kills(commit);
    };
    house.bring(form(number));
    const key = `i:${number}/tickets/0#0`;
    const thread = await house.commitOf(({ event }) => event.kind === "action.done" && event.orderId === key);
    const card = `${thread.event.id}/tickets/0#0`;
    await house.commitOf(({ event }) => event.kind === "action.done" && event.orderId === card);
    house.bring(form(number));
    await house.known(`i:${number}`);
    expect(isKilled).toBe(true);
    const mine = world.performed.filter(({ id }) => id.startsWith(`i:${number}/`) || id.startsWith(thread.event.id));
    expect(mine.filter(({ action }) => action.verb === "thread.open")).toHaveLength(1);
    const told = mine.flatMap(({ action }) => (action.verb === "interaction.reply" ? [action.words.text] : []));
    expect(told.at(-1)).toBe(`Your ticket #${number} is here: <#7${number}>`);
    const [ticket] = await store.guild(GUILD).records([{ record: "ticket", key: String(number) }]);
    expect(ticket as Ticket).toMatchObject({ status: "open", userId: `5${number}`, cardId: "900" });
  },
  60_000,
);
