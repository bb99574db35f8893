import { resolve } from "node:path";
import { z } from "zod";
import { ConfigurationError, nearest } from "#core";
import { environmentOf, variable, type Environment } from "./environment.ts";
import { readModelSettings, type ModelSettings } from "./model-settings.ts";
import { secret, type Secret } from "./secret.ts";
import { readTelegramSettings, type TelegramSettings } from "./telegram-settings.ts";

export const LOG_LEVELS = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** What the process as a whole was told, read once at start. What a guild chose is in the policies. */
export interface Settings {
  readonly host: string;
  /** 0 takes a free port. */
  readonly port: number;
  readonly dataDirectory: string;
  readonly configDirectory: string;
  readonly agentsDirectory: string;
  readonly logLevel: LogLevel;
  /** Names, beside this machine's own, under which the page may be asked for: a reverse proxy's. */
  readonly allowedHosts: readonly string[];
  /** Where people outside of this machine reach the house, without a slash at the end. Absent: they do not, and links lead here. */
  readonly publicUrl?: string;
  /** Absent: the built-in simulator. */
  readonly discordToken?: Secret;
  /** Absent: where the Discord library itself points to. */
  readonly discordApiUrl?: string;
  /** Absent: a database of our own, in the data directory. */
  readonly databaseUrl?: Secret;
  /** How many shards Discord's guilds are shared out over, by all processes together; "auto": as many as Discord recommends. */
  readonly shards: number | "auto";
  /** Those this process runs; absent: all of them. */
  readonly shardIds?: readonly number[];
  /** Absent: work is queued in memory. */
  readonly redisUrl?: Secret;
  readonly models: ModelSettings;
  /** Absent: no bot on Telegram. */
  readonly telegram?: TelegramSettings;
}

export interface SettingsSources {
  /** What the command line said, under the variables' names: it goes before everything else. */
  readonly overrides?: Environment;
  /** Where `.env` lies and what relative paths start from. */
  readonly directory?: string;
  /** Where the program itself lies, with the agents and the configuration it brings along. */
  readonly home?: string;
}

interface Variable<T> {
  readonly name: string;
  readonly schema: z.ZodType<T>;
  readonly expected: string;
  readonly remedy: string;
  readonly isSecret?: boolean;
}

const PORT: Variable<number> = {
  name: "PORT",
  schema: z
    .string()
    .regex(/^\d{1,5}$/)
    .transform(Number)
    .pipe(z.number().max(65_535)),
  expected: "a number from 0 to 65535",
  remedy: "set PORT=3000 or leave it out",
};
const HOST: Variable<string> = {
  name: "HOST",
  schema: z.string().regex(/^[\w.:-]+$/),
  expected: "a host name or an address, without a scheme or a port",
  remedy: "set HOST=127.0.0.1, or HOST=0.0.0.0 to be reached from elsewhere",
};
const ALLOWED_HOSTS: Variable<readonly string[]> = {
  name: "ALLOWED_HOSTS",
  schema: z
    .string()
    .regex(/^[\w.-]+(\s*,\s*[\w.-]+)*$/)
    .transform((names) => names.split(",").map((name) => name.trim().toLowerCase())),
  expected: "host names with commas between them, without schemes or ports",
  remedy: "set ALLOWED_HOSTS=hall.example.org, or leave it out where no proxy stands before the page",
};
const PUBLIC_URL: Variable<string> = {
  name: "PUBLIC_URL",
  schema: z
    .url({ protocol: /^https?$/ })
    .refine((url) => !/[?#@]/.test(url))
    .transform((url) => url.replace(/\/+$/, "")),
  expected: "the http(s) address under which the house is reached from outside, without ? or #",
  remedy: "set PUBLIC_URL=https://hall.example.org, or leave it out where nobody outside of this machine opens links",
};
const LOG_LEVEL: Variable<LogLevel> = {
  name: "LOG_LEVEL",
  schema: z.enum(LOG_LEVELS),
  expected: `one of ${LOG_LEVELS.join(", ")}`,
  remedy: "set LOG_LEVEL=info or leave it out",
};
const DISCORD_API_URL: Variable<string> = {
  name: "DISCORD_API_URL",
  // Others' documentation gives the address with the version, ours without.
  schema: z
    .url({ protocol: /^https?$/ })
    .transform((url) => url.replace(/\/+$/, "").replace(/\/v10$/, ""))
    .refine((url) => !/\/v\d+$/.test(url)),
  expected: "an http(s) address of version 10, with or without /v10 at its end",
  remedy: "leave it out to talk to Discord itself",
};
const DATABASE_URL: Variable<Secret> = {
  name: "DATABASE_URL",
  schema: addressOf(/^postgres(ql)?$/),
  expected: "postgresql://user:password@host:5432/database",
  remedy: "correct it, or leave it out to use a database in the data directory",
  isSecret: true,
};
const REDIS_URL: Variable<Secret> = {
  name: "REDIS_URL",
  schema: addressOf(/^rediss?$/),
  expected: "redis://host:6379 or rediss://…",
  remedy: "correct it, or leave it out to queue in memory",
  isSecret: true,
};
const SHARDS: Variable<number | "auto"> = {
  name: "SHARDS",
  schema: z.union([
    z.literal("auto"),
    z
      .string()
      .regex(/^[1-9]\d{0,3}$/)
      .transform(Number),
  ]),
  expected: "auto or a number from 1",
  remedy: "leave it out to run as many as Discord recommends",
};
const SHARD_IDS: Variable<readonly number[]> = {
  name: "SHARD_IDS",
  schema: z
    .string()
    .regex(/^\d{1,4}(-\d{1,4})?(,\d{1,4}(-\d{1,4})?)*$/)
    .transform(shardIdsOf)
    .refine((ids) => ids.length > 0),
  expected: "shards counted from 0, such as 0-3 or 0,2",
  remedy: "leave it out to run all shards in this process",
};
const TOKEN_NAMES = ["DISCORD_TOKEN", "DISCORD_BOT_TOKEN"] as const;

/** Reads everything at once, and names all mistakes at once, a line each, with what to do. Secrets are never printed. */
export function readSettings(environment: Environment, sources: SettingsSources = {}): Settings {
  const directory = sources.directory ?? process.cwd();
  const home = sources.home ?? directory;
  const all = environmentOf(environment, sources.overrides ?? {}, directory);
  const mistakes: string[] = [];
  const read = <T>(wanted: Variable<T>): T | undefined => readVariable(all, wanted, mistakes);
  const folder = (name: string, fallback: string): string => resolve(directory, all[name] ?? fallback);

  const settings = {
    host: read(HOST) ?? "127.0.0.1",
    port: read(PORT) ?? 3_000,
    dataDirectory: folder("GUILDHALL_DATA", "data"),
    configDirectory: folder("GUILDHALL_CONFIG", resolve(home, "config")),
    agentsDirectory: folder("GUILDHALL_AGENTS", resolve(home, "agents")),
    logLevel: read(LOG_LEVEL) ?? "info",
    models: readModelSettings(all, mistakes),
    allowedHosts: read(ALLOWED_HOSTS) ?? [],
    shards: read(SHARDS) ?? "auto",
    ...present("publicUrl", read(PUBLIC_URL)),
    ...present("shardIds", read(SHARD_IDS)),
    ...present("discordToken", readToken(all, mistakes)),
    ...present("discordApiUrl", read(DISCORD_API_URL)),
    ...present("databaseUrl", read(DATABASE_URL)),
    ...present("redisUrl", read(REDIS_URL)),
    ...present("telegram", readTelegramSettings(all, mistakes)),
  } satisfies Settings;
  mistakes.push(...shardMistakes(settings));
  if (mistakes.length > 0) throw new ConfigurationError(mistakes.join("\n"));
  return settings;
}

/** Shares are only shares of something: every process must know of how many, and find the others' work in one database. */
function shardMistakes({ shards, shardIds, databaseUrl }: Settings): readonly string[] {
  if (shardIds === undefined) return [];
  const mistakes: string[] = [];
  if (shards === "auto") mistakes.push("SHARD_IDS: expected SHARDS to be a number beside it; set SHARDS=4, say");
  else if (shardIds.some((id) => id >= shards))
    mistakes.push(
      `SHARD_IDS: expected shards below ${shards}, found ${Math.max(...shardIds)}; they are counted from 0`,
    );
  if (databaseUrl === undefined)
    mistakes.push("SHARD_IDS: expected DATABASE_URL beside it; several processes need one database that all can reach");
  return mistakes;
}

function shardIdsOf(text: string): readonly number[] {
  const ranges = text.split(",").map((part) => part.split("-").map(Number) as [number, number?]);
  const ids = ranges.flatMap(([from, to = from]) =>
    Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i),
  );
  return [...new Set(ids)].sort((a, b) => a - b);
}

function readVariable<T>(all: Environment, wanted: Variable<T>, mistakes: string[]): T | undefined {
  const { name, expected, remedy } = wanted;
  const { value, mistake } = wanted.isSecret === true ? variable(all, name) : plain(all, name);
  if (mistake !== undefined) mistakes.push(mistake);
  if (value === undefined) return undefined;
  const result = wanted.schema.safeParse(value);
  if (result.success) return result.data;
  const found = wanted.isSecret === true ? "something else (not shown)" : JSON.stringify(value);
  mistakes.push(`${name}: expected ${expected}, found ${found}${meant(wanted, value)}; ${remedy}`);
  return undefined;
}

function plain(all: Environment, name: string): { value?: string; mistake?: string } {
  const value = all[name];
  return value === undefined ? {} : { value };
}

function meant<T>(wanted: Variable<T>, value: string): string {
  const known = wanted.name === LOG_LEVEL.name ? nearest(value, LOG_LEVELS) : undefined;
  return known === undefined ? "" : ` (did you mean ${known}?)`;
}

/** Both names are in use out there; one token is enough, and it must be a bot's. */
function readToken(all: Environment, mistakes: string[]): Secret | undefined {
  const found = TOKEN_NAMES.map((name) => ({ name, ...variable(all, name) }));
  for (const { mistake } of found) if (mistake !== undefined) mistakes.push(mistake);
  const tokens = new Set(found.flatMap(({ value }) => (value === undefined ? [] : [bare(value)])));
  if (tokens.size > 1) mistakes.push(`${TOKEN_NAMES.join(" and ")} differ; keep one of them`);
  const [token] = tokens;
  if (token === undefined) return undefined;
  const name = found.find(({ value }) => value !== undefined)?.name;
  if (/\s/.test(token)) mistakes.push(`${name}: expected a bot's token, found one with spaces in it; copy it again`);
  if (token.startsWith("mfa.")) {
    mistakes.push(`${name}: this is a user's token, and Discord forbids to automate those; use a bot's token`);
  }
  return secret(token);
}

function bare(token: string): string {
  return token.replace(/^Bot\s+/i, "");
}

function addressOf(protocol: RegExp): z.ZodType<Secret> {
  return z
    .string()
    .refine((text) => URL.canParse(text) && protocol.test(new URL(text).protocol.slice(0, -1)))
    .transform(secret);
}

function present<K extends string, T>(key: K, value: T | undefined): Partial<Record<K, T>> {
  return value === undefined ? {} : ({ [key]: value } as Record<K, T>);
}
