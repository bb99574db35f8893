import pg from "pg";
import { openStore } from "../../src/adapters/postgres/index.ts";
import { stepOf } from "../../src/adapters/postgres/ranking.ts";
import type { Store } from "#core";
import { plainSeal } from "../discord/context.ts";
import { silentLog } from "../kit/road.ts";
import { quantile, rounded } from "./bench.ts";
import { withPlace } from "./place.ts";

export interface LeaderboardResult {
  readonly engine: string;
  readonly sizes: readonly { readonly members: number; readonly p50_ms: number; readonly p95_ms: number }[];
  /** p95 with the most members to p95 with the fewest: 1 is flat. */
  readonly ratio: number;
}

const GUILD = "100";
const OWNER = "levels";

/** A page of a leaderboard with the asker's own place, from anywhere in it, for guilds of several sizes in one database. */
export async function benchLeaderboard(
  databaseUrl: string | undefined,
  sizes: readonly number[],
  looks: number,
): Promise<LeaderboardResult> {
  return withPlace(databaseUrl, async (place) => {
    const store = await openStore({
      dataDir: place.environment["GUILDHALL_DATA"]!,
      databaseUrl: place.environment["DATABASE_URL"],
      seal: plainSeal,
      log: silentLog,
    });
    try {
      const client = new pg.Client(place.connection());
      await client.connect();
      for (const members of sizes) await fill(client, members);
      await client.query("analyze totals");
      await client.end();
      const timed = [];
      for (const members of sizes) timed.push({ members, ...(await time(store, members, looks)) });
      const [fewest, most] = [timed[0]!, timed.at(-1)!];
      return {
        engine: databaseUrl === undefined ? "embedded" : "postgres",
        sizes: timed,
        ratio: rounded(most.p95_ms / fewest.p95_ms, 2),
      };
    } finally {
      await store.close();
    }
  });
}

/** Points as communities have them: a few with very many, most with few. */
async function fill(client: pg.Client, members: number): Promise<void> {
  const total = `board-${members}`;
  await client.query(
    `insert into totals (guild_id, owner, total, key, value)
     select $1, $2, $3, 'm' || n, floor(20 * power($4::float8 / n, 0.8)) + 1 from generate_series(1, $4::int) n`,
    [GUILD, OWNER, total, members],
  );
  await client.query(
    `insert into total_steps (guild_id, owner, total, step, members)
     select $1, $2, $3, ${stepOf("value")}, count(*) from totals where total = $3 group by 4`,
    [GUILD, OWNER, total],
  );
}

async function time(store: Store, members: number, looks: number) {
  const guild = store.guild(GUILD);
  const times: number[] = [];
  for (let index = 0; index < looks + 20; index++) {
    const key = `m${1 + Math.floor((index * 0.618_034 * members) % members)}`;
    const offset = (index % 100) * 10;
    const started = performance.now();
    const { own } = await guild.ranking({ owner: OWNER, total: `board-${members}`, key, offset, limit: 10 });
    if (own === undefined) throw new Error(`${key} has no place`);
    if (index >= 20) times.push(performance.now() - started);
  }
  return { p50_ms: rounded(quantile(times, 0.5), 2), p95_ms: rounded(quantile(times, 0.95), 2) };
}
