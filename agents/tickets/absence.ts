import type { Look, Records } from "#core";

export type Away = Records["ticketAway"]["away"][number];

export function awayAt(at: number, look: Pick<Look, "record">): readonly Away[] {
  return (look.record("ticketAway", "all")?.away ?? []).filter(({ until }) => until === undefined || until > at);
}

/** Undefined while they are there. */
export function absenceOf(userId: string, at: number, look: Pick<Look, "record">): Away | undefined {
  return awayAt(at, look).find((one) => one.userId === userId);
}
