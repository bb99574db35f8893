import { randomBytes } from "node:crypto";
import { appendFile, cp, mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Store } from "#core";
import { createSeal } from "../../src/adapters/crypto/index.ts";
import { openStore, type StoreOptions } from "../../src/adapters/postgres/index.ts";
import { NOW, entry, openDesk } from "../contracts/store.kit.ts";
import { cleanUp, dataFolder } from "./engines.kit.ts";

const shipped = fileURLToPath(new URL("../../prisma/migrations", import.meta.url));
const seal = createSeal({ current: "test", keys: { test: randomBytes(32) } });
const lines: string[] = [];
const hear = (_: object, text: string) => void lines.push(text);
const log = { debug: hear, info: hear, warn: hear, error: hear };

let server: Store;
let serverUrl: URL;
let dataDir: string;
let databaseUrl: string;

beforeAll(async () => {
  const folder = await dataFolder();
  server = await openStore({ dataDir: folder, seal, log, engine: "embedded" });
  const to = JSON.parse(await readFile(join(folder, "postgres", "connection.json"), "utf8")) as Record<string, string>;
  serverUrl = new URL(`postgres://${to["user"]}:${to["password"]}@127.0.0.1:${to["port"]}/postgres`);
}, 60_000);
beforeEach(async () => {
  lines.length = 0;
  const database = `d${randomBytes(6).toString("hex")}`;
  await query(serverUrl.href, `create database ${database}`);
  databaseUrl = Object.assign(new URL(serverUrl), { pathname: `/${database}` }).href;
  dataDir = await dataFolder();
});
afterAll(async () => {
  await server.close();
  await cleanUp();
}, 60_000);

async function query(url: string, sql: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(sql);
  } finally {
    await client.end();
  }
}

const open = (options: Partial<StoreOptions> = {}) => openStore({ dataDir, databaseUrl, seal, log, ...options });

describe("migrations", () => {
  /** A copy of what is shipped, with one migration more. */
  async function newerBuild(sql: string): Promise<string> {
    const folder = join(dataDir, "migrations");
    await cp(shipped, folder, { recursive: true });
    await mkdir(join(folder, "29991231000000_newer"));
    await writeFile(join(folder, "29991231000000_newer", "migration.sql"), sql);
    return folder;
  }

  test("are applied once, and written down as Prisma does", async () => {
    await (await open()).close();
    await (await open()).close();
    const { rows } = await query(databaseUrl, "select * from _prisma_migrations");
    expect(rows).toHaveLength(
      (await readdir(shipped, { withFileTypes: true })).filter((one) => one.isDirectory()).length,
    );
    expect(rows[0]).toMatchObject({
      applied_steps_count: 1,
      rolled_back_at: null,
      logs: null,
      finished_at: expect.any(Date) as Date,
    });
    expect(rows[0]).toHaveProperty("checksum", expect.stringMatching(/^[0-9a-f]{64}$/));
    expect(lines).toEqual(["the database was migrated"]);
  });

  test("are applied once by several that open at the same time", async () => {
    const stores = await Promise.all([open(), open(), open()]);
    await Promise.all(stores.map((store) => store.close()));
    expect(lines.filter((line) => line.includes("migrated"))).toHaveLength(1);
  });

  test("of a database in use come after a copy of it", async () => {
    const store = await open();
    const desk = await openDesk(store);
    await desk.committed(...Array.from({ length: 1200 }, (_, index) => entry(desk.message(`text ${index}`, NOW))));
    await store.close();
    await (await open({ migrationsDir: await newerBuild("create table novelty (id text primary key)") })).close();
    const [copy] = await readdir(join(dataDir, "backups"));
    const journal = await readFile(join(dataDir, "backups", copy!, "journal.jsonl"), "utf8");
    const rows = journal
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { guild_id: string });
    expect(rows).toHaveLength(1200);
    expect(rows[0]!.guild_id).toBe(desk.guildId);
    expect(await readdir(join(dataDir, "backups", copy!))).toContain("_prisma_migrations.jsonl");
    expect((await query(databaseUrl, "select * from novelty")).rows).toEqual([]);
  });

  test("that fail leave nothing, and are tried again", async () => {
    const bad = await newerBuild("create table novelty (id text); select 1 / 0;");
    await expect(open({ migrationsDir: bad })).rejects.toThrow(/^DATABASE_URL: /);
    const found = await query(databaseUrl, "select to_regclass('novelty') as novelty");
    expect(found.rows).toEqual([{ novelty: null }]);
    await (await open()).close();
  });

  test("of a newer build are not undone: an older one does not start", async () => {
    const migrationsDir = await newerBuild("create table novelty (id text primary key)");
    await (await open({ migrationsDir })).close();
    await expect(open()).rejects.toThrow(/migrated by a newer build \(29991231000000_newer\)/);
  });

  test("that were edited or applied half are left to a person", async () => {
    const migrationsDir = await newerBuild("create table novelty (id text primary key)");
    await (await open({ migrationsDir })).close();
    await appendFile(join(migrationsDir, "29991231000000_newer", "migration.sql"), "\n-- edited");
    await expect(open({ migrationsDir })).rejects.toThrow(/29991231000000_newer was edited/);
    await query(databaseUrl, "update _prisma_migrations set finished_at = null");
    await expect(open({ migrationsDir })).rejects.toThrow(/was applied half/);
  });
});

describe("a database that cannot be opened is told in one line that names the setting, never the password", () => {
  const secret = "a-very-secret-word";
  const changed = (change: Partial<URL>) => Object.assign(new URL(serverUrl), change).href;

  test.each([
    [
      "a wrong password",
      () => changed({ password: secret }),
      "DATABASE_URL: the database refused the user or the password",
    ],
    [
      "no such database",
      () => changed({ pathname: "/none" }),
      "DATABASE_URL: there is no database of that name on the server",
    ],
    [
      "another kind of address",
      () => `mysql://user:${secret}@127.0.0.1/x`,
      "DATABASE_URL: this is no postgres:// address",
    ],
    ["no address at all", () => secret, "DATABASE_URL: this is no postgres:// address"],
    [
      "no such host",
      () => changed({ hostname: "database.invalid", password: secret }),
      "DATABASE_URL: there is no host of that name",
    ],
  ])("%s", async (_name, url, message) => {
    await expect(open({ databaseUrl: url() })).rejects.toMatchObject({ name: "ConfigurationError", message });
  });

  test("nobody listens", async () => {
    const socket = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => socket.once("listening", resolve));
    const { port } = socket.address() as AddressInfo;
    await new Promise((resolve) => socket.close(resolve));
    const url = changed({ port: `${port}`, password: secret });
    await expect(open({ databaseUrl: url })).rejects.toMatchObject({
      name: "ConfigurationError",
      message: "DATABASE_URL: nothing answers at that address",
    });
  });
});

test("a commit tells that the database is away, and goes on when it is back", async () => {
  const store = await open();
  try {
    const desk = await openDesk(store);
    const event = desk.message();
    const name = new URL(databaseUrl).pathname.slice(1);
    const stop = `alter database ${name} allow_connections false`;
    await query(serverUrl.href, stop);
    await query(
      serverUrl.href,
      `select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = '${name}'`,
    );
    expect(await desk.commit(entry(event))).toMatchObject({ refusal: "unreachable" });
    await query(serverUrl.href, `alter database ${name} allow_connections true`);
    expect(await store.seen([event.id])).toEqual(new Set());
    await desk.committed(entry(event));
  } finally {
    await store.close();
  }
});

test.each(["postgres", "pglite"])(
  "a commit that breaks off leaves nothing, and the next one works: %s",
  async (engine) => {
    let breaks = false;
    const onStage = () => {
      if (breaks) throw new Error("broken off");
    };
    const store = await openStore({
      ...{ dataDir, seal, log, onStage },
      ...(engine === "pglite" ? { engine: "pglite" as const } : { databaseUrl, poolSize: 1 }),
    });
    try {
      const desk = await openDesk(store);
      const event = desk.message();
      breaks = true;
      expect(await desk.commit(entry(event))).toMatchObject({ refusal: "unreachable" });
      breaks = false;
      expect(await store.seen([event.id])).toEqual(new Set());
      await desk.committed(entry(event));
      expect(await store.guild(desk.guildId).event(event.id)).toEqual(event);
    } finally {
      await store.close();
    }
  },
);

test("the stages of a commit are told in their order", async () => {
  const stages: string[] = [];
  const store = await open({ onStage: (stage) => stages.push(stage) });
  try {
    const desk = await openDesk(store);
    const event = desk.message();
    await desk.committed(entry(event));
    expect(stages).toEqual(["inside-transaction", "committed"]);
    // Known already: the commit went along with the statement that failed, and undid it all.
    expect(await desk.commit(entry(event))).toMatchObject({ refusal: "duplicate" });
    expect(stages.slice(2)).not.toContain("committed");
    stages.length = 0;
    const checkpoint = { shardId: 1, shardCount: 1, intents: 1, sessionId: "s", resumeUrl: "u", sequence: 1 };
    await store.commit({ ...desk.group(), checkpoints: [checkpoint] });
    expect(stages).toEqual(["inside-transaction", "committed", "checkpoint"]);
  } finally {
    await store.close();
  }
});
