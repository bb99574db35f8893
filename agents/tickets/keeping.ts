import { write, type Effect, type EventOf, type Look, type Records, type Ticket } from "#core";

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

type Ref = Records["ticketRef"];
export type Outcome = EventOf<"action.done" | "action.failed">;

export function kept(ticket: Ticket): Effect {
  return write({ write: "record.put", record: "ticket", key: String(ticket.number), value: ticket });
}

export function ticketOf(number: number | undefined, look: Look): Ticket | undefined {
  return number === undefined ? undefined : look.record("ticket", String(number));
}

/** The ticket whose thread this is. */
export function ticketIn(channelId: string, look: Look): Ticket | undefined {
  return ticketOf(look.record("ticketRef", channelId)?.number, look);
}

/** From a thread, or from an event that has ordered a step, to its ticket. */
export function pointed(key: string, ref: Ref): Effect {
  return write({ write: "record.put", record: "ticketRef", key, value: ref });
}

export function unpointed(key: string): Effect {
  return write({ write: "record.delete", record: "ticketRef", key });
}

/** It counts as open; with `openedAt` also as opened by the member that day, which is remembered for as long. */
export function listed(ticket: Ticket, look: Look, openedAt?: number): readonly Effect[] {
  const { number, userId } = ticket;
  const before = look.record("ticketing", userId);
  const numbers = (look.record("ticketsOpen", "all")?.numbers ?? []).filter((one) => one !== number);
  const open = [...(before?.open ?? []).filter((one) => one !== number), number];
  const times = before?.openedAt ?? [];
  const value = {
    open,
    openedAt: openedAt === undefined ? times : [...times.filter((one) => one > openedAt - DAY), openedAt],
  };
  return [
    write({ write: "record.put", record: "ticketing", key: userId, value }),
    write({ write: "record.put", record: "ticketsOpen", key: "all", value: { numbers: [...numbers, number] } }),
  ];
}

/** It counts for nothing any more, and nothing waits for it. */
export function unlisted(ticket: Ticket, look: Look): readonly Effect[] {
  const { number, userId } = ticket;
  const before = look.record("ticketing", userId);
  const numbers = (look.record("ticketsOpen", "all")?.numbers ?? []).filter((one) => one !== number);
  const value = before && { ...before, open: before.open.filter((one) => one !== number) };
  return [
    ...(value === undefined ? [] : [write({ write: "record.put", record: "ticketing", key: userId, value })]),
    write({ write: "record.put", record: "ticketsOpen", key: "all", value: { numbers } }),
    ...timersCleared(ticket),
  ];
}

/** All tickets that are not closed, oldest first. */
export function openTickets(look: Look): readonly Ticket[] {
  return (look.record("ticketsOpen", "all")?.numbers ?? []).flatMap((number) => ticketOf(number, look) ?? []);
}

/** Whoever is erased has no tickets any more; what they had claimed is anybody's, and stays. */
export function forgotten(userId: string, look: Look): readonly Effect[] {
  const all = openTickets(look);
  const numbers = all.filter((ticket) => ticket.userId !== userId).map(({ number }) => number);
  if (!all.some((ticket) => concerns(ticket, userId))) return backForGood(userId, look);
  return [
    ...backForGood(userId, look),
    write({ write: "record.put", record: "ticketsOpen", key: "all", value: { numbers } }),
    ...all.flatMap((ticket) => {
      if (ticket.userId === userId) return timersCleared(ticket);
      if (!concerns(ticket, userId)) return [];
      const { claimedBy, nudges = [], ...free } = ticket;
      return [
        kept({
          ...free,
          ...(claimedBy !== undefined && claimedBy !== userId && { claimedBy }),
          nudges: nudges.filter(({ byUserId }) => byUserId !== userId),
        }),
        ...nudges
          .filter(({ byUserId }) => byUserId === userId)
          .map(({ id }) => write({ write: "timer.clear", timer: nudgeTimer(ticket.number, id) })),
      ];
    }),
  ];
}

function backForGood(userId: string, look: Look): readonly Effect[] {
  const all = look.record("ticketAway", "all")?.away ?? [];
  const away = all.filter((one) => one.userId !== userId);
  if (away.length === all.length) return [];
  return [write({ write: "record.put", record: "ticketAway", key: "all", value: { away } })];
}

function concerns({ userId, claimedBy, nudges = [] }: Ticket, whom: string): boolean {
  return userId === whom || claimedBy === whom || nudges.some(({ byUserId }) => byUserId === whom);
}

function timersCleared({ number, nudges = [] }: Ticket): readonly Effect[] {
  const timers = ["opening", "silence", "due", "snooze"].map((name) => `${name}:${number}`);
  return [...timers, ...nudges.map(({ id }) => nudgeTimer(number, id))].map((timer) =>
    write({ write: "timer.clear", timer }),
  );
}

export function nudgeTimer(number: number, id: string): string {
  return `nudge:${number}:${id}`;
}
