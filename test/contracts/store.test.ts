import { randomBytes } from "node:crypto";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { describe, it } from "vitest";
import type { Log, Store } from "#core";
import { createSeal } from "../../src/adapters/crypto/index.ts";
import { createMemoryStore } from "../../src/adapters/memory/store/index.ts";
import { openStore } from "../../src/adapters/postgres/index.ts";
import { storeContract } from "./store.contract.ts";

const seal = createSeal({ current: "test", keys: { test: randomBytes(32) } });
const nothing = () => undefined;
const log: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };

storeContract("memory", async () => createMemoryStore());
storeContract("embedded server", () => inFolder("embedded"));
storeContract("PGlite", () => inFolder("pglite"));

const url = process.env["TEST_DATABASE_URL"];
if (url === undefined) {
  describe.skip("Store: DATABASE_URL (set TEST_DATABASE_URL to a Postgres 15 or newer to run it)", () => {
    it("keeps the contract", nothing);
  });
} else {
  storeContract("DATABASE_URL", () => inOwnDatabase(url));
}

async function inFolder(engine: "embedded" | "pglite"): Promise<Store> {
  const dataDir = await mkdtemp(join(tmpdir(), "guildhall-store-"));
  await chmod(dataDir, 0o755);
  const store = await openStore({ dataDir, seal, log, engine });
  return closing(store, () => rm(dataDir, { recursive: true, force: true }));
}

/** The tests leave no rows behind in somebody's database: they make one of their own and drop it. */
async function inOwnDatabase(server: string): Promise<Store> {
  const name = `guildhall_test_${randomBytes(6).toString("hex")}`;
  const admin = async (sql: string) => {
    const client = new pg.Client({ connectionString: server });
    await client.connect();
    await client.query(sql);
    await client.end();
  };
  await admin(`create database ${name}`);
  const dataDir = await mkdtemp(join(tmpdir(), "guildhall-store-"));
  const databaseUrl = Object.assign(new URL(server), { pathname: `/${name}` }).href;
  const store = await openStore({ dataDir, databaseUrl, seal, log });
  return closing(store, async () => {
    await admin(`drop database ${name}`);
    await rm(dataDir, { recursive: true, force: true });
  });
}

function closing(store: Store, then: () => Promise<void>): Store {
  return {
    ...store,
    close: async () => {
      await store.close();
      await then();
    },
  };
}
