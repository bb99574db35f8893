import { type APIAuditLogEntry, type APIGuildMember, type AuditLogEvent, Routes } from "discord-api-types/v10";
import { GuildhallError, type Order, type Reconciled, snowflakeAt, snowflakeTime } from "#core";
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

/** Tolerates servers that leave out what a member has none of. */
export type MemberNow = Partial<APIGuildMember>;

export function memberNow(
  { order, signal }: Pick<Task<HandVerb>, "order" | "signal">,
  reach: Reach,
  userId: string,
): Promise<MemberNow | undefined> {
  return lookAt<MemberNow>(reach, Routes.guildMember(order.guildId, userId), signal);
}

/** Discord's "Unknown …" codes: guild, channel, message, member, role, user, ban, webhook, interaction and their like. */
export function isMissing(error: unknown): boolean {
  const code = refusalCode(error);
  return code !== undefined && code >= 10_000 && code < 11_000;
}

/** A lost answer is looked for a little before its attempt too: a try before it may have arrived late. */
const LOOK_BACK = 60_000;
const PAGE = 100;
/** A raid leaves hundreds of entries of one kind; beyond this many, looking costs more than asking staff. */
const PAGES = 5;

/** Why the audit log gave no answer. */
type Silence = "forbidden" | "too-many";

/** Entries of one kind since a moment, oldest first. One request for each hundred. */
export async function auditEntries(
  task: Pick<Task<HandVerb>, "order" | "signal">,
  reach: Reach,
  type: AuditLogEvent,
): Promise<readonly APIAuditLogEntry[] | Silence> {
  const route = Routes.guildAuditLog(task.order.guildId);
  const entries: APIAuditLogEntry[] = [];
  let after = snowflakeAt(attemptedAt(task.order) - LOOK_BACK);
  for (let page = 0; page < PAGES; page += 1) {
    const query = { action_type: String(type), limit: String(PAGE), after };
    const found = await allowed(
      reach.call<{ audit_log_entries?: APIAuditLogEntry[] }>({ method: "GET", route, query, signal: task.signal }),
    );
    if (found === "forbidden") return "forbidden";
    const some = found.audit_log_entries ?? [];
    entries.push(...some);
    if (some.length < PAGE) return entries;
    after = some.at(-1)!.id;
  }
  return "too-many";
}

async function allowed<T>(answer: Promise<T>): Promise<T | "forbidden"> {
  try {
    return await answer;
  } catch (error) {
    if (refusalCode(error) !== undefined) return "forbidden";
    throw error;
  }
}

/** The audit entry our attempt left behind, if it did. */
export async function ownEntry(
  task: Pick<Task<HandVerb>, "order" | "signal">,
  reach: Reach,
  type: AuditLogEvent,
): Promise<APIAuditLogEntry | "none" | Silence> {
  const entries = await auditEntries(task, reach, type);
  if (typeof entries === "string") return entries;
  return entries.find((entry) => isReasonOf(entry.reason, task.order.id)) ?? "none";
}

/**
 * For verbs that may simply be done again: absent, unless somebody else has decided about the same target since the
 * attempt; then staff are asked, for the house never fights a human. Where the log may not be read, nothing contradicts.
 */
export async function absentUnlessContradicted(
  task: Pick<Task<HandVerb>, "order" | "signal">,
  reach: Reach,
  types: AuditLogEvent | readonly AuditLogEvent[],
  target: string | ((entry: APIAuditLogEntry) => boolean),
): Promise<Reconciled> {
  const isAbout = typeof target === "function" ? target : (entry: APIAuditLogEntry) => entry.target_id === target;
  const since = attemptedAt(task.order) - CLOCK_TOLERANCE;
  for (const type of typeof types === "number" ? [types] : types) {
    const entries = await auditEntries(task, reach, type);
    if (entries === "forbidden") return ABSENT;
    if (entries === "too-many") return undecided("too much happened since to tell whether somebody else changed this");
    const other = entries.find(
      (entry) => isAbout(entry) && entry.user_id !== reach.botUserId && snowflakeTime(entry.id) >= since,
    );
    if (other !== undefined) return undecided("somebody else has changed this since");
  }
  return ABSENT;
}

/** For what is made, and leaves a marker nowhere but in the audit log: the id of what our attempt made. */
export async function madeByUs(
  task: Pick<Task<HandVerb>, "order" | "signal">,
  reach: Reach,
  type: AuditLogEvent,
): Promise<{ readonly id: string } | { readonly nothing: Reconciled }> {
  const entry = await ownEntry(task, reach, type);
  if (entry === "none") return { nothing: ABSENT };
  if (entry === "forbidden")
    return { nothing: undecided("the bot may not read the audit log, and nothing else knows") };
  if (entry === "too-many") return { nothing: undecided("too much happened since to find it in the audit log") };
  if (entry.target_id === null) return { nothing: undecided("the audit log does not say what was made") };
  return { id: entry.target_id };
}

/** An order that is reconciled was attempted. */
export function attemptedAt(order: Order): number {
  if (order.attemptedAt === undefined) {
    throw new GuildhallError(
      "never-attempted",
      `order ${order.id} was never attempted, so there is nothing to look for`,
    );
  }
  return order.attemptedAt;
}
