import { PrismaPg } from "@prisma/adapter-pg";
import type pg from "pg";
import { EVERYTHING, type Log, type Seal, type Share, type Store, type Waiting } from "#core";
import { arrayOf, run, type Statement } from "./arrays.ts";
import { commitGroup, type CommitContext, type CommitStage } from "./commit/index.ts";
import { PrismaClient } from "./generated/client.ts";
import { maintain, type Retention } from "./maintain.ts";
import { guildStore } from "./read/guild.ts";
import { inbox, leases, organisation, timers } from "./shared.ts";
import { outbox, pendingWork } from "./work.ts";

export interface StoreParts {
  readonly pool: pg.Pool;
  readonly seal: Seal;
  readonly log: Log;
  readonly engine: string;
  /** Nobody else cleans up behind updates: the engine has no autovacuum. */
  readonly vacuum: boolean;
  /** What the engine says of itself where asking it would not tell the truth. */
  readonly fsync?: boolean;
  readonly retention: Retention;
  readonly hasPgvector: boolean;
  readonly onStage: (stage: CommitStage) => void;
  /** Ends the engine, after the pool is closed. */
  readonly stop: () => Promise<void>;
}

const SEEN: Statement = { name: "seen", text: "select id from seen where id = any($1::text[])" };

/** The store over any Postgres, behind one pool. */
export function createStore(parts: StoreParts): Store {
  const { pool, seal } = parts;
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  const context: CommitContext = {
    pool,
    seal,
    keepBodiesMs: parts.retention.bodyDays * 86_400_000,
    onStage: parts.onStage,
    months: new Set(),
  };
  const waitingIn = (share: Share): Waiting => ({
    outbox: outbox(pool, prisma, share),
    pending: pendingWork(pool, prisma, share),
    timers: timers(pool, share),
    inbox: inbox(pool, share),
  });
  return {
    commit: (group) => commitGroup(context, group),
    async seen(eventIds) {
      const { rows } = await run<{ id: string }>(pool, SEEN, [arrayOf(eventIds)]);
      return new Set(rows.map((row) => row.id));
    },
    guild: (guildId) => guildStore({ pool, prisma, seal, hasPgvector: parts.hasPgvector }, guildId),
    organisation: (organisationId) => organisation(prisma, organisationId),
    guilds: () => knownGuilds(pool),
    ...waitingIn(EVERYTHING),
    waitingIn,
    leases: leases(pool),
    checkpoint: (shardId) => checkpoint(prisma, shardId),
    maintain: (now) => maintained(context, parts, now),
    describe: () => described(parts),
    close: once(async () => {
      await prisma.$disconnect();
      await pool.end();
      await parts.stop();
    }),
  };
}

async function knownGuilds(pool: pg.Pool): Promise<Awaited<ReturnType<Store["guilds"]>>> {
  const { rows } = await pool.query<{ id: string; name: string; organisation_id: string | null }>(
    "select id, name, organisation_id from guilds where directory is not null order by id",
  );
  return rows.map((row) => ({
    guildId: row.id,
    name: row.name,
    ...(row.organisation_id === null ? {} : { organisationId: row.organisation_id }),
  }));
}

async function checkpoint(prisma: PrismaClient, shardId: number) {
  const row = await prisma.checkpoint.findUnique({ where: { shardId } });
  return row === null ? undefined : { ...row, sequence: Number(row.sequence) };
}

async function maintained(context: CommitContext, { pool, retention, vacuum }: StoreParts, now: number) {
  const client = await pool.connect();
  try {
    const done = await maintain(client, retention, now, vacuum);
    if (done.dropped.length > 0) context.months.clear();
    return done;
  } finally {
    client.release();
  }
}

async function described({ pool, engine, fsync }: StoreParts) {
  const { rows } = await pool.query<{ version: string; fsync: string }>(
    "select current_setting('server_version') as version, current_setting('fsync') as fsync",
  );
  return { engine, version: rows[0]!.version, fsync: fsync ?? rows[0]!.fsync === "on" };
}

function once(task: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => (running ??= task());
}
