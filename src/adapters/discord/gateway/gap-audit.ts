import { type APIAuditLog, type APIAuditLogEntry, AuditLogEvent, Routes } from "discord-api-types/v10";
import { type EventOf, type GuildEvent, snowflakeAt } from "#core";
import { normalise } from "../normalise/index.ts";
import { cleanText } from "../normalise/text.ts";
import { refusalCode } from "../outcome.ts";
import { ask, type GapTools } from "./gap-tools.ts";

const PAGE = 100;
/** A raid of 500 bans is told whole; what goes beyond is counted. */
const PAGES = 5;

const KINDS: Readonly<Partial<Record<AuditLogEvent, "member.banned" | "member.unbanned" | "member.left">>> = {
  [AuditLogEvent.MemberBanAdd]: "member.banned",
  [AuditLogEvent.MemberBanRemove]: "member.unbanned",
  [AuditLogEvent.MemberKick]: "member.left",
};

/** Who was banned, let back in or kicked meanwhile, as the audit log remembers it: one request for each hundred entries. */
export async function fillFromAuditLog(guildId: string, since: number, tools: GapTools): Promise<void> {
  try {
    let after = snowflakeAt(since);
    for (let page = 0; page < PAGES; page += 1) {
      const query = { limit: String(PAGE), after };
      const answer = await ask<Partial<APIAuditLog>>(tools, Routes.guildAuditLog(guildId), query);
      const { audit_log_entries: entries = [], users: known = [] } = answer;
      const names = new Map(known.map((user) => [user.id, cleanText(user.global_name ?? user.username)]));
      const oldestFirst = [...entries].sort((a, b) => (BigInt(a.id) < BigInt(b.id) ? -1 : 1));
      for (const entry of oldestFirst) arriveLate(guildId, entry, names, tools);
      const newest = oldestFirst.at(-1)?.id;
      if (entries.length < PAGE || newest === undefined) return;
      after = newest;
    }
    tools.metrics.count("gap_audit_log_cut");
  } catch (error) {
    if (tools.signal.aborted) return;
    tools.metrics.count("gap_audit_log_skipped");
    tools.log.warn({ guildId, code: refusalCode(error) }, "the audit log of a gap could not be read");
  }
}

/** The entry itself, as it would have come, and before what it says happened: so the one is known to explain the other. */
function arriveLate(
  guildId: string,
  entry: APIAuditLogEntry,
  names: ReadonlyMap<string, string>,
  tools: GapTools,
): void {
  const receivedAt = tools.clock.now();
  const context = { ...tools.context, receivedAt, frameId: `late:${entry.id}`, nameOf: (id: string) => names.get(id) };
  const said = normalise("GUILD_AUDIT_LOG_ENTRY_CREATE", { ...entry, guild_id: guildId }, context);
  if (said.event?.kind !== "audit.logged") return;
  const happened = happenedBy(said.event, names);
  tools.road.arrive({ receivedAt, events: [said.event, ...(happened === undefined ? [] : [happened])] });
}

function happenedBy(entry: EventOf<"audit.logged">, names: ReadonlyMap<string, string>): GuildEvent | undefined {
  const kind = KINDS[entry.action as AuditLogEvent];
  const { targetId: userId, guildId, at } = entry;
  if (kind === undefined || userId === undefined) return undefined;
  return { id: `late:${entry.id}`, guildId, at, kind, userId, name: names.get(userId) ?? userId };
}
