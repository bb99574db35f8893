import type { GuildEvent } from "#core";
import { excerpt } from "#core/text/excerpt";
import type { State } from "./state.ts";

const DAY = 86_400_000;
const SEEN_DAYS = 7;
const BODY_DAYS = 30;
const JOURNAL_DAYS = 90;

/** What the database does with partitions: old ids, old texts and old rows are forgotten. */
export function forget(state: State, now: number): string[] {
  const dropped: string[] = [];
  for (const [id, receivedAt] of state.seen) if (receivedAt < now - SEEN_DAYS * DAY) state.seen.delete(id);
  for (const [key, { expiresAt }] of state.totals)
    if (expiresAt !== undefined && expiresAt < now) state.totals.delete(key);
  for (const [guildId, rows] of state.journal) {
    for (const [id, row] of rows) {
      if (row.event.at < now - JOURNAL_DAYS * DAY) {
        rows.delete(id);
        dropped.push(`journal ${guildId} ${id}`);
      } else if (row.receivedAt < now - BODY_DAYS * DAY) {
        const event = withoutLongText(row.event);
        if (event !== row.event) rows.set(id, { ...row, event, textExpired: true });
      }
    }
  }
  for (const [key, passage] of state.passages) {
    const isOld = passage.source.kind === "question" && passage.source.at < now - JOURNAL_DAYS * DAY;
    if (isOld) state.passages.delete(key);
  }
  for (const [key, decision] of state.decisions) {
    if (decision.at < now - JOURNAL_DAYS * DAY) state.decisions.delete(key);
    else if (decision.at < now - BODY_DAYS * DAY && decision.reads.length > 0) {
      state.decisions.set(key, { ...decision, reads: [], readsExpired: true });
    }
  }
  for (const [key, file] of state.cases) if ((file.evidenceUntil ?? now) < now) state.caseEvidence.delete(key);
  return dropped;
}

function withoutLongText(event: GuildEvent): GuildEvent {
  if (!("text" in event)) return event;
  const text = excerpt(event.text);
  return text === event.text ? event : { ...event, text };
}
