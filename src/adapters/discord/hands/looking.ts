import { type APIAuditLogEntry, type AuditLogEvent, Routes } from "discord-api-types/v10";
import { type Order, type Reconciled, snowflakeTime } from "#core";
import { isReasonOf } from "../marker.ts";
import { refusalCode } from "../outcome.ts";
import type { Call } from "../rest.ts";
import { ABSENT, type HandVerb, type Reach, type Task, undecided } from "./hand.ts";

/** Discord's clock and ours may differ by this much; in doubt the human came later, and is not overruled. */
const CLOCK_TOLERANCE = 1_000;

/** The thing itself, or undefined where Discord says there is none. */
export async function lookAt<T>(
  reach: Reach,
  route: Call["route"],
  signal: AbortSignal,
  query?: Call["query"],
): Promise<T | undefined> {
  try {
    return await reach.call<T>({ method: "GET", route, signal, ...(query !== undefined && { query }) });
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Discord's "Unknown …" codes: guild, channel, message, member, role, user, ban, webhook, interaction and their like. */
export function isMissing(error: unknown): boolean {
  const code = refusalCode(error);
  return code !== undefined && code >= 10_000 && code < 11_000;
}

/** The newest hundred entries of one kind; 'forbidden' where the bot may not read the log. */
async function auditEntries(
  reach: Reach,
  guildId: string,
  type: AuditLogEvent,
  signal: AbortSignal,
): Promise<readonly APIAuditLogEntry[] | "forbidden"> {
  const query = { action_type: String(type), limit: "100" };
  try {
    const route = Routes.guildAuditLog(guildId);
    const log = await reach.call<{ audit_log_entries: APIAuditLogEntry[] }>({ method: "GET", route, query, signal });
    return log.audit_log_entries;
  } catch (error) {
    if (refusalCode(error) !== undefined) return "forbidden";
    throw error;
  }
}

/** The audit entry our attempt left behind, if it did. */
export async function ownEntry<V extends HandVerb>(
  task: Task<V>,
  reach: Reach,
  type: AuditLogEvent,
): Promise<APIAuditLogEntry | "none" | "forbidden"> {
  const entries = await auditEntries(reach, task.order.guildId, type, task.signal);
  if (entries === "forbidden") return "forbidden";
  return entries.find((entry) => isReasonOf(entry.reason, task.order.id)) ?? "none";
}

/**
 * For verbs that may simply be done again: absent, unless somebody else has decided about the same target since the
 * attempt; then staff are asked, for the house never fights a human. Without the log there is nothing to contradict.
 */
export async function absentUnlessContradicted<V extends HandVerb>(
  task: Task<V>,
  reach: Reach,
  type: AuditLogEvent,
  targetId: string,
): Promise<Reconciled> {
  const entries = await auditEntries(reach, task.order.guildId, type, task.signal);
  if (entries === "forbidden") return ABSENT;
  const since = attemptedAt(task.order) - CLOCK_TOLERANCE;
  const other = entries.find(
    (entry) => entry.target_id === targetId && entry.user_id !== reach.botUserId && snowflakeTime(entry.id) >= since,
  );
  return other === undefined ? ABSENT : undecided("somebody else has changed this since");
}

export function attemptedAt(order: Order): number {
  return order.attemptedAt ?? 0;
}
