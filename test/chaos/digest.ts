import type { ChaosWorld } from "./world.ts";
import type { Dump } from "./run.ts";

/** Everything that must be the same in every run of one script, in words that hold no id and no number of a case. */
export interface Digest {
  readonly events: Readonly<Record<string, number>>;
  readonly doubled: readonly string[];
  readonly reactions: readonly string[];
  readonly tallies: Readonly<Record<string, number>>;
  readonly totals: readonly unknown[];
  readonly cases: readonly string[];
  readonly caseNumbers: readonly number[];
  readonly approvals: readonly string[];
  readonly orders: Readonly<Record<string, number>>;
  readonly audit: readonly string[];
  readonly messages: readonly string[];
  readonly directMessages: readonly string[];
  readonly replies: readonly string[];
}

export function digestRun(world: ChaosWorld, dump: Dump): Digest {
  const { control } = world.simulator;
  const { guildId, channelId, nameOf } = world;
  // Echoes of our own messages are evidence, not what happened in the guild: how many come depends on when we died.
  const rows = dump.rows.filter(({ event }) => !HOUSEKEEPING.has(event.kind) && !isOwnTimer(event));
  const ids = dump.rows.map(({ event }) => event.id);
  return {
    events: countBy(rows, ({ event }) => event.kind),
    doubled: ids.filter((id, index) => ids.indexOf(id) !== index),
    reactions: rows.flatMap(({ event }) =>
      event.kind.startsWith("reaction.") ? [`${event.kind} ${nameOf(event.userId as string)}`] : [],
    ),
    tallies: sumBy(
      dump.rows.flatMap(({ tallies }) => tallies),
      ({ owner, counter }) => `${owner}/${counter}`,
      ({ by }) => by,
    ),
    totals: dump.totals.map((one) => ({ ...one, key: one.key.replace(/\d{15,}/g, nameOf) })).sort(byText),
    cases: dump.cases.map(({ verb, userName, rule, outcome }) => `${verb} ${userName} ${rule} ${outcome}`).sort(),
    caseNumbers: dump.cases.map((one) => (one as { number?: number }).number ?? 0).sort((a, b) => a - b),
    approvals: dump.approvals.map(({ status }) => status).sort(),
    orders: countBy(dump.orders, ({ action, status }) => `${action.verb} ${status}`),
    audit: control
      .auditLog(guildId)
      .map((entry) => `${entry.action_type} ${nameOf(entry.target_id)} ${plain(entry.reason)}`)
      .sort(),
    messages: control.messages(channelId).map(({ author, content }) => `${author.username}: ${content}`),
    directMessages: control
      .members(guildId)
      .flatMap(({ user }) =>
        control
          .dms(user.id)
          .map(({ embeds, content }) => `${user.username}: ${plain(content)}${plain(embeds[0]?.description)}`),
      )
      .sort(),
    replies: control
      .interactions()
      .map(({ content, embeds, followUps }) =>
        plain(
          `${content ?? ""}${JSON.stringify(embeds.map((one) => (one as { description?: string }).description))}${followUps.length}`,
        ),
      ),
  };
}

/** Rows about the house itself: their number depends on how often it was started. */
const HOUSEKEEPING = new Set([
  "guild.available",
  // Each process looks once for the invitations there are.
  "invites.listed",
  "directory.changed",
  "message.echoed",
  "action.done",
  "action.failed",
  "gap",
]);

/**
 * The house's own timers (show a card, look around, wait for the audit log) strike only where what they wait for was slow: how
 * often depends on how long a run lasts. What they bring about is compared with everything else.
 */
function isOwnTimer(event: Dump["rows"][number]["event"]): boolean {
  return event.kind === "clock.struck" && event["owner"] === "house";
}

/** Without a case's number and the outbox marker: both differ between runs, and nothing else may. */
function plain(text: string | null | undefined): string {
  return (text ?? "").replace(/#\d+/g, "#n").replace(/\s*\[gh:[\w-]+\]/g, "");
}

function byText(a: unknown, b: unknown): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}

function countBy<T>(items: readonly T[], key: (item: T) => string): Record<string, number> {
  return sumBy(items, key, () => 1);
}

function sumBy<T>(items: readonly T[], key: (item: T) => string, amount: (item: T) => number): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const item of items) sums[key(item)] = (sums[key(item)] ?? 0) + amount(item);
  return Object.fromEntries(Object.entries(sums).sort(([a], [b]) => (a < b ? -1 : 1)));
}
