import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startTelegram, type TelegramSimulator } from "../../src/simulator/telegram/index.ts";
import { writeChaosConfig } from "../chaos/config.ts";
import { startVictim, VictimDied, type VictimProcess } from "../chaos/victim-process.ts";
import { CITIZENS, MODERATORS } from "../chaos/script.ts";
import { openChaosWorld, type ChaosWorld } from "../chaos/world.ts";
import { bundle, folderOf } from "../kit/bundle.ts";
import { untilAsync } from "./house.ts";
import pg from "pg";

/** A house in a process of its own, killed with -9 while cards are under way and taps come in. */
const CHAT = -500;
const MIA = 71;
const PATIENCE = 120_000;
const url = process.env.TEST_DATABASE_URL;
const folder = mkdtempSync(join(tmpdir(), "guildhall-killed-"));
let script: string;

beforeAll(async () => {
  script = join(await bundle("killed", { victim: "test/chaos/victim.ts" }), "victim.js");
  chmodSync(folder, 0o755);
}, PATIENCE);
afterAll(async () => {
  await administer(...databases.map((name) => `drop database ${name} with (force)`));
  rmSync(folder, { recursive: true, force: true });
});

const databases: string[] = [];

/** A server that outlives the houses that die on it. */
async function database(name: string): Promise<string> {
  const own = new URL(url!);
  own.pathname = `/guildhall_killed_${process.pid}_${name.replaceAll("-", "_")}`;
  databases.push(own.pathname.slice(1));
  await administer(`create database ${own.pathname.slice(1)}`);
  return own.href;
}

async function administer(...statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

const until = <T>(what: () => Promise<T | undefined | false>) => untilAsync(what, 40_000);

interface Scene {
  readonly world: ChaosWorld;
  readonly telegram: TelegramSimulator;
  readonly moderators: string;
  readonly environment: Record<string, string>;
}

async function openScene(name: string): Promise<Scene> {
  const [world, telegram] = [await openChaosWorld(), await startTelegram()];
  telegram.control.createChat(CHAT);
  const moderators = world.channelId;
  const config = writeChaosConfig(join(folder, `${name}-config`));
  const file = join(config, "default.yaml");
  writeFileSync(file, `approval: { channelId: "${moderators}" }\n${readFileSync(file, "utf8")}`);
  const data = join(folder, name);
  mkdirSync(data, { mode: 0o755 });
  const environment = {
    ...{ DISCORD_TOKEN: world.simulator.token, DISCORD_API_URL: world.simulator.apiUrl, REDIS_URL: "" },
    ...{ TELEGRAM_BOT_TOKEN: telegram.token, TELEGRAM_API_ROOT: telegram.apiRoot, TELEGRAM_CHAT_ID: String(CHAT) },
    ...{
      TELEGRAM_USER_IDS: String(MIA),
      GUILDHALL_CONFIG: config,
      GUILDHALL_DATA: data,
      DATABASE_URL: await database(name),
    },
    ...{ GUILDHALL_AGENTS: join(folderOf("killed"), "agents"), PORT: "0", HOST: "127.0.0.1", LOG_LEVEL: "warn" },
  };
  return { world, telegram, moderators, environment };
}

/** One process after the other until one lives: the first die at their place, the last has none to die at. */
function keepAlive({ environment }: Scene, kills: readonly string[]) {
  const waiting = [...kills];
  let victim: VictimProcess | undefined;
  let died = 0;
  let isClosing = false;
  const running = (async () => {
    for (;;) {
      const kill = waiting.shift();
      try {
        victim = await startVictim(script, { ...environment, CHAOS_KILL: kill ?? ":0", CHAOS_KILL_DATABASE: "0" });
        await victim.gone;
      } catch (error) {
        if (!(error instanceof VictimDied)) throw error;
      }
      if (isClosing) return;
      if (kill === undefined) throw new Error("the last of them died by itself");
      died += 1;
    }
  })();
  return {
    died: () => died,
    url: () => victim?.url,
    async close() {
      isClosing = true;
      // Whoever still waits for their place to die is asked to leave.
      await victim?.close();
      await running;
    },
  };
}

it.skipIf(url === undefined).each([
  // The third outcome: the answer to the command and both cards have arrived, in whichever order.
  ["when a card has arrived", ["outcome:3", "inside-transaction:12"], "telegram"],
  // Telegram cannot be asked whether the card was sent: it may be missing there until the reminder, and is never there twice.
  ["with a card on its way", ["leased:2", "request-sent:2"], "discord"],
] as const)(
  "killed %s: one ban for one tap, and no card twice",
  async (name, kills, face) => {
    const scene = await openScene(name.replaceAll(" ", "-"));
    const { world, telegram, moderators } = scene;
    const { control } = world.simulator;
    const house = keepAlive(scene, kills);
    const cards = () => telegram.control.cards(CHAT).filter(({ text }) => text.includes("Ban: "));
    const inDiscord = () =>
      control.messages(moderators).filter(({ components }) => JSON.stringify(components).includes("### Ban"));
    await until(async () => {
      const link = house.url();
      return link !== undefined && (await fetch(new URL("/readyz", link)).catch(() => undefined))?.ok === true;
    });
    const options = { member: world.idOf(CITIZENS[0]!)!, reason: "spam" };
    control.useCommand(world.guildId, world.channelId, world.idOf("founder")!, "ban", options);
    await until(() => Promise.resolve(inDiscord().length > 0 && (face === "discord" || cards().length > 0)));
    if (face === "telegram") {
      telegram.control.press(CHAT, cards()[0]!.id, MIA, { label: "Approve" });
      telegram.control.again();
    } else {
      const [card] = inDiscord();
      const button = /v1:ap:a:[\w-]+:[\w-]+/.exec(JSON.stringify(card!.components))![0];
      control.pressButton(world.guildId, moderators, world.idOf(MODERATORS[0]!)!, card!.id, button);
    }
    await until(() => Promise.resolve(JSON.stringify(inDiscord()).includes("Done.")));
    await until(() => Promise.resolve(telegram.control.unconfirmed() === 0));
    const bans = control.requests().filter(({ method, path }) => method === "PUT" && path.includes("/bans/"));
    expect(bans.filter(({ status }) => status < 300)).toHaveLength(1);
    expect(inDiscord()).toHaveLength(1);
    expect(cards().length).toBeLessThanOrEqual(1);
    expect(house.died()).toBeGreaterThan(0);
    await house.close();
    await telegram.close();
    await world.simulator.close();
  },
  PATIENCE,
);
