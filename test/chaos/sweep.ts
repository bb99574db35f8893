import { execFile } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { isDeepStrictEqual } from "node:util";
import pg from "pg";
import { AGENTS, buildVictims } from "./build.ts";
import { writeChaosConfig } from "./config.ts";
import type { Digest } from "./digest.ts";
import { KILL_POINTS, killsOf, run, type Kill, type KillPointName, type RunResult } from "./run.ts";

/** Scripts differ by seed in this many ways; each has one uninterrupted run that its killed runs are held against. */
const SCRIPTS = 5;

/** A fresh process each would spend more time on starting than on replaying. */
const REPLAYED_TOGETHER = 10;

export interface SweepResult {
  readonly seeds: number;
  readonly hits: Readonly<Record<KillPointName, number>>;
  readonly databaseKills: number;
  readonly replayed: number;
  /** Decisions of the first seed that came out otherwise under a changed threshold: proof that replaying can fail. */
  readonly changedByThreshold: number;
  readonly failures: readonly string[];
}

export interface SweepOptions {
  readonly seeds: readonly number[];
  /** A Postgres that stays up: without it every seed has an embedded one of its own. */
  readonly databaseUrl: string | undefined;
  readonly atOnce: number;
  readonly tell: (line: string) => void;
}

/** Runs every seed and holds it against its script's uninterrupted run. */
export async function sweep(options: SweepOptions): Promise<SweepResult> {
  const { victim, replayer } = await buildVictims();
  const folder = mkdtempSync(join(tmpdir(), "guildhall-chaos-"));
  // A root's own server runs as another user, who must be able to go in.
  chmodSync(folder, 0o755);
  const config = writeChaosConfig(join(folder, "config"));
  const references = new Map<number, Promise<RunResult>>();
  const hits = Object.fromEntries(KILL_POINTS.map((point) => [point, 0])) as Record<KillPointName, number>;
  const failures: string[] = [];
  const recorded: { readonly seed: number; readonly file: string }[] = [];
  let replayed = 0;
  let changedByThreshold = 0;
  let databaseKills = 0;

  const play = (name: string, seed: number, kills: readonly Kill[]): Promise<RunResult> =>
    withHouse(
      options,
      folder,
      name,
      kills.some(({ database }) => database),
      (place) => run({ scriptSeed: seed % SCRIPTS, victim, kills, environment: { ...place, ...common(config) } }),
    );
  const reference = (seed: number): Promise<RunResult> => {
    const known = references.get(seed % SCRIPTS) ?? play(`calm-${seed % SCRIPTS}`, seed % SCRIPTS, []);
    references.set(seed % SCRIPTS, known);
    return known;
  };

  async function tryout(seed: number): Promise<void> {
    const kills = killsOf(seed);
    try {
      const [calm, killed] = [await reference(seed), await play(`seed-${seed}`, seed, kills)];
      for (const point of killed.hits) hits[point]++;
      databaseKills += killed.hits.filter((_point, index) => kills[index]?.database === true).length;
      for (const line of differences(calm.digest, killed.digest)) failures.push(`seed ${seed}: ${line}`);
      const file = writeDecisions(folder, seed, killed);
      recorded.push({ seed, file });
      if (recorded.length >= REPLAYED_TOGETHER) await replayRecorded();
      if (seed === options.seeds[0]) {
        const [changed] = await replayAll(replayer, [file], writeChaosConfig(join(folder, "changed"), 3));
        changedByThreshold = changed!.different.length;
      }
    } catch (error) {
      failures.push(`seed ${seed} (${JSON.stringify(kills)}): ${(error as Error).stack}`);
    }
    options.tell(
      `seed ${seed} ${kills.map(({ point, count, database }) => `${point}:${count}${database ? "+db" : ""}`).join(" ")}`,
    );
  }

  async function replayRecorded(): Promise<void> {
    const batch = recorded.splice(0);
    const files = batch.map(({ file }) => file);
    for (const [index, again] of (await replayAll(replayer, files, config)).entries()) {
      replayed += again.replayed;
      for (const line of again.different) failures.push(`seed ${batch[index]!.seed}: replay: ${line}`);
    }
  }

  const waiting = [...options.seeds];
  const lanes = Array.from({ length: options.atOnce }, async () => {
    for (let seed = waiting.shift(); seed !== undefined; seed = waiting.shift()) await tryout(seed);
  });
  await Promise.all(lanes);
  await replayRecorded();
  rmSync(folder, { recursive: true, force: true });
  return { seeds: options.seeds.length, hits, databaseKills, replayed, changedByThreshold, failures };
}

function common(config: string): Record<string, string> {
  return {
    GUILDHALL_CONFIG: config,
    GUILDHALL_AGENTS: AGENTS,
    PORT: "0",
    HOST: "127.0.0.1",
    LOG_LEVEL: "warn",
    REDIS_URL: "",
  };
}

/** A database of its own for every run, and nothing left of it. */
async function withHouse<T>(
  { databaseUrl }: SweepOptions,
  folder: string,
  name: string,
  killsDatabase: boolean,
  use: (environment: Record<string, string>) => Promise<T>,
): Promise<T> {
  const data = join(folder, name);
  mkdirSync(data, { recursive: true, mode: 0o755 });
  if (databaseUrl === undefined || killsDatabase) return use({ GUILDHALL_DATA: data, DATABASE_URL: "" });
  const database = `guildhall_chaos_${process.pid}_${name.replaceAll("-", "_")}`;
  await administer(databaseUrl, `create database ${database}`);
  try {
    const url = new URL(databaseUrl);
    url.pathname = `/${database}`;
    return await use({ GUILDHALL_DATA: data, DATABASE_URL: url.href });
  } finally {
    await administer(databaseUrl, `drop database ${database} with (force)`);
  }
}

async function administer(databaseUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(statement);
  await client.end();
}

export function differences(calm: Digest, killed: Digest): readonly string[] {
  return (Object.keys(calm) as (keyof Digest)[]).flatMap((key) => {
    if (isDeepStrictEqual(calm[key], killed[key])) return [];
    return [`${key}: ${inWords(calm[key], killed[key])}`];
  });
}

function inWords(calm: unknown, killed: unknown): string {
  if (!Array.isArray(calm) || !Array.isArray(killed))
    return `expected ${JSON.stringify(calm)}, found ${JSON.stringify(killed)}`;
  const missing = leftOver(calm, killed);
  const extra = leftOver(killed, calm);
  return `missing ${JSON.stringify(missing.slice(0, 5))}, too many ${JSON.stringify(extra.slice(0, 5))}${missing.length + extra.length === 0 ? ", another order" : ""}`;
}

function leftOver(from: readonly unknown[], taken: readonly unknown[]): readonly unknown[] {
  const rest = taken.map((one) => JSON.stringify(one));
  return from.filter((one) => {
    const at = rest.indexOf(JSON.stringify(one));
    if (at >= 0) rest.splice(at, 1);
    return at < 0;
  });
}

function writeDecisions(folder: string, seed: number, { dump, guildId }: RunResult): string {
  const file = join(folder, `decisions-${seed}.json`);
  const events = dump.rows.map(({ event }) => event);
  writeFileSync(file, JSON.stringify({ guildId, decisions: dump.decisions, events }));
  return file;
}

async function replayAll(replayer: string, files: readonly string[], config: string): Promise<readonly Replayed[]> {
  if (files.length === 0) return [];
  const environment = { ...process.env, ...common(config), DISCORD_TOKEN: "", DATABASE_URL: "" };
  const { stdout } = await promisify(execFile)(process.execPath, [replayer, ...files], {
    env: environment,
    maxBuffer: 1 << 28,
  });
  return JSON.parse(stdout) as readonly Replayed[];
}

interface Replayed {
  readonly replayed: number;
  readonly different: readonly string[];
}
