import { snowflakeTime } from "#core";
import { arrayOf, run, type Queryable, type Statement } from "../arrays.ts";
import { JOURNAL_COLUMNS, type JournalRecord } from "./rows.ts";

/** When an event happened, told from its id: by what lately arrived, or by what was decided about it. Two index probes. */
const MOMENTS: Statement = {
  name: "journal-moments",
  text: `select at from seen where id = $2 union select at from decisions where guild_id = $1 and event_id = $2`,
};
const BY_KEY: Statement = {
  name: "journal-by-key",
  text: `select ${JOURNAL_COLUMNS} from journal where guild_id = $1 and id = $2 and at = any($3::bigint[])`,
};
/**
 * The last resort, for a quiet event older than a week whose id tells no time: an index entry for each row of the guild,
 * some half a second for a million. The journal has no index by id because every message would pay for it.
 */
const BY_ID: Statement = {
  name: "journal-by-id",
  text: `select ${JOURNAL_COLUMNS} from journal where guild_id = $1 and id = $2 limit 1`,
};

export async function findEvent(on: Queryable, guildId: string, eventId: string): Promise<JournalRecord | undefined> {
  const { rows } = await run<{ at: number }>(on, MOMENTS, [guildId, eventId]);
  const moments = rows.map((row) => row.at);
  if (/^\d{16,20}$/.test(eventId)) moments.push(snowflakeTime(eventId));
  if (moments.length > 0) {
    const found = await run<JournalRecord>(on, BY_KEY, [guildId, eventId, arrayOf(moments)]);
    if (found.rows[0] !== undefined) return found.rows[0];
  }
  return (await run<JournalRecord>(on, BY_ID, [guildId, eventId])).rows[0];
}
