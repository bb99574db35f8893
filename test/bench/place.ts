import { chmodSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { parseDocument } from "yaml";
import { AGENTS, CONFIG } from "./build.ts";

/** A database of its own for one round, and nothing left of it afterwards. */
export interface Place {
  readonly environment: Readonly<Record<string, string>>;
  /** How to get in beside the process that uses it; known once that process has opened it. */
  connection(): pg.ClientConfig;
}

const SHARED = {
  GUILDHALL_AGENTS: AGENTS,
  PORT: "0",
  HOST: "127.0.0.1",
  LOG_LEVEL: "warn",
  REDIS_URL: "",
  DISCORD_BOT_TOKEN: "",
  NODE_ENV: "production",
};

let places = 0;

export async function withPlace<T>(
  databaseUrl: string | undefined,
  use: (place: Place) => Promise<T>,
  agents: "all live" | "as they ship" = "as they ship",
): Promise<T> {
  const data = mkdtempSync(join(tmpdir(), "guildhall-bench-"));
  // Where this runs as root, the server of our own runs as somebody else, who must be able to go in.
  chmodSync(data, 0o755);
  try {
    const config = agents === "all live" ? everyAgentLive(data) : CONFIG;
    const environment = { ...SHARED, GUILDHALL_DATA: data, GUILDHALL_CONFIG: config };
    if (databaseUrl !== undefined) return await withDatabase(databaseUrl, environment, use);
    return await use({ environment: { ...environment, DATABASE_URL: "" }, connection: () => ownConnection(data) });
  } finally {
    rmSync(data, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The configuration as it ships, but for this: no agent merely watches. */
function everyAgentLive(data: string): string {
  const folder = join(data, "config");
  cpSync(CONFIG, folder, { recursive: true });
  const file = join(folder, "default.yaml");
  const document = parseDocument(readFileSync(file, "utf8"));
  for (const agent of readdirSync(AGENTS)) document.setIn(["agents", agent, "mode"], "live");
  writeFileSync(file, document.toString());
  return folder;
}

async function withDatabase<T>(
  databaseUrl: string,
  environment: Readonly<Record<string, string>>,
  use: (place: Place) => Promise<T>,
): Promise<T> {
  const name = `guildhall_bench_${process.pid}_${++places}`;
  await administer(databaseUrl, `create database ${name}`);
  try {
    const url = new URL(databaseUrl);
    url.pathname = `/${name}`;
    const connection = () => ({ connectionString: url.href });
    return await use({ environment: { ...environment, DATABASE_URL: url.href }, connection });
  } finally {
    await administer(databaseUrl, `drop database if exists ${name} with (force)`);
  }
}

function ownConnection(data: string): pg.ClientConfig {
  return JSON.parse(readFileSync(join(data, "postgres", "connection.json"), "utf8")) as pg.ClientConfig;
}

async function administer(connectionString: string, statement: string): Promise<void> {
  await asked({ connectionString }, statement);
}

/** One question over a connection of its own. */
export async function asked<R extends pg.QueryResultRow>(to: pg.ClientConfig, statement: string): Promise<R[]> {
  const client = new pg.Client(to);
  await client.connect();
  try {
    return (await client.query<R>(statement)).rows;
  } finally {
    await client.end();
  }
}
