import type { Ticket } from "./tickets.ts";

/** As much of a ticket as is counted: nobody's words and no opener. */
export interface TicketFigures {
  readonly number: number;
  readonly typeId: string;
  readonly at: number;
  readonly answeredAt?: number;
  readonly closedAt?: number;
  /** Who had it in the end: whoever had claimed it, or else closed it for somebody. */
  readonly staffId?: string;
  /** Whether what was promised was kept; missing where nothing was, or nobody knows yet. */
  readonly answerKept?: boolean;
  readonly solveKept?: boolean;
  readonly stars?: number;
}

/** Undefined for a ticket that never came to be, and for one that went on in another: what was asked is counted once. */
export function figuresOf(ticket: Ticket): TicketFigures | undefined {
  const { number, typeId, at, answeredAt, closed, clock, feedback, claimedBy, status, userId } = ticket;
  if (status === "failed" || closed?.how === "merged") return undefined;
  const closer = closed?.byUserId === userId ? undefined : closed?.byUserId;
  const staffId = claimedBy ?? closer;
  return {
    ...{ number, typeId, at },
    ...(answeredAt !== undefined && { answeredAt }),
    ...(closed !== undefined && { closedAt: closed.at }),
    ...(staffId !== undefined && { staffId }),
    ...(clock?.answerKept !== undefined && { answerKept: clock.answerKept }),
    ...(clock?.solveKept !== undefined && { solveKept: clock.solveKept }),
    ...(feedback !== undefined && { stars: feedback.stars }),
  };
}

/** How long something took: in milliseconds, of as many as `count` says. */
export interface Spread {
  readonly count: number;
  readonly median?: number;
  /** Nineteen of twenty took no longer. */
  readonly p95?: number;
}

export interface Kept {
  readonly kept: number;
  readonly of: number;
}

export interface TicketSums {
  readonly opened: number;
  readonly closed: number;
  readonly firstAnswer: Spread;
  readonly resolution: Spread;
  readonly answerKept: Kept;
  readonly solveKept: Kept;
  readonly ratings: { readonly count: number; readonly mean?: number };
}

export interface TicketStats {
  readonly from: number;
  readonly to: number;
  readonly all: TicketSums;
  /** Most first. */
  readonly types: readonly ({ readonly typeId: string } & TicketSums)[];
  readonly staff: readonly ({ readonly userId: string } & TicketSums)[];
  /** Every day (UTC) of the stretch, also those on which nothing happened. */
  readonly days: readonly { readonly day: number; readonly opened: number; readonly closed: number }[];
}

const DAY = 86_400_000;

/** What became of the tickets that were opened within a stretch, up to now. */
export function ticketStats(tickets: readonly TicketFigures[], from: number, to: number): TicketStats {
  const within = tickets.filter(({ at }) => at >= from && at < to);
  return {
    ...{ from, to, all: sumsOf(within) },
    types: groups(within, ({ typeId }) => typeId).map(([typeId, group]) => ({ typeId, ...sumsOf(group) })),
    staff: groups(within, ({ staffId }) => staffId).map(([userId, group]) => ({ userId, ...sumsOf(group) })),
    days: daysOf(within, from, to),
  };
}

function groups<K extends string>(
  tickets: readonly TicketFigures[],
  keyOf: (ticket: TicketFigures) => K | undefined,
): readonly (readonly [K, readonly TicketFigures[]])[] {
  const found = new Map<K, TicketFigures[]>();
  for (const ticket of tickets) {
    const key = keyOf(ticket);
    if (key !== undefined) found.set(key, [...(found.get(key) ?? []), ticket]);
  }
  return [...found].sort(([a, one], [b, other]) => other.length - one.length || (a < b ? -1 : 1));
}

function sumsOf(tickets: readonly TicketFigures[]): TicketSums {
  const stars = present(tickets.map((one) => one.stars));
  const took = (until: (ticket: TicketFigures) => number | undefined) =>
    spreadOf(present(tickets.map((one) => spanOf(one.at, until(one)))));
  return {
    opened: tickets.length,
    closed: tickets.filter(({ closedAt }) => closedAt !== undefined).length,
    firstAnswer: took(({ answeredAt }) => answeredAt),
    resolution: took(({ closedAt }) => closedAt),
    answerKept: keptOf(tickets.map(({ answerKept }) => answerKept)),
    solveKept: keptOf(tickets.map(({ solveKept }) => solveKept)),
    ratings: {
      count: stars.length,
      ...(stars.length > 0 && { mean: stars.reduce((sum, one) => sum + one, 0) / stars.length }),
    },
  };
}

const present = <T>(values: readonly (T | undefined)[]): readonly T[] => values.filter((one) => one !== undefined);

function spanOf(from: number, until: number | undefined): number | undefined {
  return until === undefined ? undefined : Math.max(0, until - from);
}

function spreadOf(spans: readonly number[]): Spread {
  if (spans.length === 0) return { count: 0 };
  const sorted = [...spans].sort((a, b) => a - b);
  // The nearest rank: a span that really was, never one between two.
  const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
  return { count: sorted.length, median: at(0.5), p95: at(0.95) };
}

function keptOf(answers: readonly (boolean | undefined)[]): Kept {
  const known = present(answers);
  return { kept: known.filter(Boolean).length, of: known.length };
}

function daysOf(tickets: readonly TicketFigures[], from: number, to: number): TicketStats["days"] {
  const dayOf = (at: number) => at - (at % DAY);
  const opened = countsOf(tickets.map(({ at }) => dayOf(at)));
  const closed = countsOf(present(tickets.map(({ closedAt }) => closedAt)).map(dayOf));
  const first = dayOf(from);
  return Array.from({ length: Math.max(0, Math.ceil((to - first) / DAY)) }, (_, index) => {
    const day = first + index * DAY;
    return { day, opened: opened.get(day) ?? 0, closed: closed.get(day) ?? 0 };
  });
}

function countsOf(days: readonly number[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const day of days) counts.set(day, (counts.get(day) ?? 0) + 1);
  return counts;
}

const MINUTE = 60_000;

/** `2 d 3 h`, `3 h 5 min`, `4 min`: the two largest units, which every language of the house reads. */
export function spanText(milliseconds: number): string {
  const minutes = Math.round(milliseconds / MINUTE);
  const [days, hours, rest] = [Math.floor(minutes / 1_440), Math.floor((minutes % 1_440) / 60), minutes % 60];
  if (days > 0) return hours === 0 ? `${days} d` : `${days} d ${hours} h`;
  if (hours > 0) return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
  return minutes === 0 ? "< 1 min" : `${rest} min`;
}
