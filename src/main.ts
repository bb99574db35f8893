import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Blobs, KillSwitch, Store } from "#core";
import { systemClock } from "./adapters/memory/clock.ts";
import { appealPath } from "./doors/api/index.ts";
import { type DataFlags, type HouseCommands, runCli, type StartFlags } from "./doors/cli/index.ts";
import {
  assembleHouse,
  assemblePolicies,
  type Environment,
  openStoreOf,
  packageRoot,
  promptsDir,
  settingsOf,
} from "./main/assemble.ts";
import { accessToken } from "./main/access-token.ts";
import { type HouseParts, openHouse, type OpenHouse } from "./main/house.ts";
import { examineHouse, inviteTo } from "./main/doctor/index.ts";
import { eraseFromTranscripts } from "./archive/transcripts/index.ts";
import { createLog } from "./main/log.ts";
import { blobsIn, sealOf } from "./main/sealed.ts";
import { listModels, testModels } from "./main/model-test.ts";
import { checkChoices, rehearseRange, replayRange, weighChoices } from "./main/look-back.ts";

/** In a house that people live in, nobody dies at a named place. */
const nobodyDies: KillSwitch = { pass: () => undefined };

/** The program: reads the command line, introduces everyone to everyone, and says how it went by the exit code. */
export function main(argv: readonly string[]): Promise<number> {
  const environment = process.env;
  const commands: HouseCommands = {
    version: versionOf(),
    clock: systemClock,
    start: (flags) => start(environment, flags),
    migrate: (flags) => migrate(environment, flags),
    openStore: (flags) => storeBeside(environment, flags),
    eraseFiles: async (guildId, userId, flags) =>
      eraseFromTranscripts(await blobsBeside(environment, flags), guildId, userId),
    examine: (request, flags) => examineHouse(environment, overridesOf(flags), request),
    invite: () => inviteTo(environment),
    appealLink: (about, flags) => {
      const { dataDirectory, publicUrl, host, port } = settingsOf(environment, overridesOf(flags));
      const { path, until } = appealPath(accessToken(dataDirectory), about, systemClock.now());
      return { url: `${publicUrl ?? `http://${host}:${port}`}${path}`, until };
    },
    checkPolicy: async (guildId, document) => checkChoices(guildId, document, await assemblePolicies(environment)),
    presets: async () => (await assemblePolicies(environment)).policies.presets,
    amendPolicy: async (document, changes) => (await assemblePolicies(environment)).policies.amend(document, changes),
    weighPolicy: async (store, guildId, document, progress) =>
      weighChoices(store, { guildId, document }, progress, await assemblePolicies(environment)),
    listModels: async () => {
      const { settings, policies } = await assemblePolicies(environment);
      return listModels(settings, policies);
    },
    testModels: async (progress) => {
      const { settings, policies } = await assemblePolicies(environment);
      return testModels({ settings, policies, clock: systemClock, promptsDirectory: promptsDir, progress });
    },
    replay: async (store, request, progress) =>
      replayRange(store, request, progress, await assemblePolicies(environment)),
    rehearse: async (store, request, progress) =>
      rehearseRange(store, request, progress, await assemblePolicies(environment)),
  };
  return runCli(argv, commands);
}

async function start(environment: Environment, flags: StartFlags): Promise<number> {
  const parts = await assembleHouse(environment, overridesOf(flags), nobodyDies);
  const { log, settings } = parts;
  const stop = stopSignal();
  const house = await openUnlessStopped(parts, stop);
  if (house === undefined) return 0;
  log.info({ engine: house.engine }, "the house is open");
  if (settings.discordToken === undefined)
    log.info({}, "no DISCORD_TOKEN: this is a demo guild on the built-in simulator");
  process.stderr.write(`\n  Guildhall is open: ${house.url}\n\n`);
  const ended = await Promise.race([house.ended, told(stop)]);
  if (ended === undefined) log.info({}, "closing");
  await house.close();
  if (ended !== undefined) throw ended;
  return 0;
}

/** Whoever is told to stop while it waits, for Discord or a last process's lease, leaves nothing open either. */
async function openUnlessStopped(parts: HouseParts, stop: AbortSignal): Promise<OpenHouse | undefined> {
  try {
    return await openHouse(parts, stop);
  } catch (error) {
    if (stop.aborted) return undefined;
    throw error;
  }
}

/** npm and `timeout` pass on a signal that the process got already: only what comes later than this is meant as a second one. */
const SECOND_SIGNAL_AFTER_MS = 2_000;

/** Aborted by the first SIGINT, SIGTERM or SIGHUP (a closed terminal); a second one ends the process without ceremony. */
function stopSignal(): AbortSignal {
  const stop = new AbortController();
  let firstAt: number | undefined;
  const heard = (signal: NodeJS.Signals): void => {
    const now = systemClock.now();
    firstAt ??= now;
    stop.abort();
    if (now - firstAt <= SECOND_SIGNAL_AFTER_MS) return;
    process.removeListener(signal, heard);
    process.kill(process.pid, signal);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, heard);
  return stop.signal;
}

function told(stop: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (stop.aborted) resolve(undefined);
    stop.addEventListener("abort", () => resolve(undefined), { once: true });
  });
}

async function migrate(environment: Environment, flags: DataFlags): Promise<number> {
  const store = await storeBeside(environment, flags);
  const { engine, version } = await store.describe();
  process.stderr.write(`The database (${engine}, Postgres ${version}) is up to date.\n`);
  await store.close();
  return 0;
}

async function storeBeside(environment: Environment, flags: DataFlags): Promise<Store> {
  const settings = settingsOf(environment, overridesOf(flags));
  // On a terminal only what goes wrong is worth a line beside the answer.
  const { store } = await openStoreOf(
    settings,
    createLog(environment.LOG_LEVEL === undefined ? "error" : settings.logLevel),
  );
  return store;
}

async function blobsBeside(environment: Environment, flags: DataFlags): Promise<Blobs> {
  const settings = settingsOf(environment, overridesOf(flags));
  return blobsIn(settings, await sealOf(settings));
}

function overridesOf({ data, host, port, shards, shardIds }: StartFlags): Environment {
  return { GUILDHALL_DATA: data, HOST: host, PORT: port?.toString(), SHARDS: shards, SHARD_IDS: shardIds };
}

function versionOf(): string {
  const { version } = JSON.parse(readFileSync(join(packageRoot, "package.json"), "utf8")) as { version: string };
  return version;
}
