import type pg from "pg";
import { createMonths, dropMonths, monthOf } from "./partitions.ts";

const DAY = 86_400_000;

/** How long what is kept. */
export interface Retention {
  readonly seenDays: number;
  readonly bodyDays: number;
  readonly journalDays: number;
}

export const RETENTION: Retention = { seenDays: 7, bodyDays: 30, journalDays: 90 };

/**
 * Once a day: this month's and the next one's partitions, whole months behind the retention dropped, old ids (a scan of
 * `seen`: a week of ids; another of totals, for rankings that ended), expired bodies (an index), inbox rows that were taken (a
 * handful) and questions nobody answered (a scan of `passages`) deleted.
 */
export async function maintain(client: pg.ClientBase, retention: Retention, now: number, vacuum: boolean) {
  const created = await createMonths(client, [monthOf(now), monthOf(now + 31 * DAY)]);
  const dropped = await dropMonths(client, now - retention.journalDays * DAY);
  await client.query("delete from bodies where expires_at < $1", [now]);
  await client.query("delete from seen where received_at < $1", [now - retention.seenDays * DAY]);
  await client.query("delete from totals where expires_at < $1", [now]);
  await client.query("delete from total_steps where expires_at < $1", [now]);
  await client.query("delete from inbox i using seen s where s.id = i.id");
  const asked = now - retention.journalDays * DAY;
  await client.query("delete from passages where kind = 'question' and at < $1", [asked]);
  if (vacuum) await client.query("vacuum analyze");
  return { created, dropped };
}
