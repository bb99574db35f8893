import type { Write } from "./effects.ts";
import type { Records } from "./records.ts";

type Conduct = Records["conduct"];

const DAY = 86_400_000;

/**
 * A member's record fades: what it holds counts less from day to day, and nothing once the guild has forgotten. A part of a point
 * is a point, so that a single warning counts until then.
 */
export function countedOffences(conduct: Conduct | undefined, at: number, forgetAfterDays: number): number {
  if (conduct === undefined) return 0;
  const left = 1 - Math.max(0, at - conduct.lastAt) / (forgetAfterDays * DAY);
  return left <= 0 ? 0 : Math.ceil(conduct.warnings * left);
}

/** The record of a member after one more offence, whoever found it. `about` names what it was found in. */
export function conductAfter(
  userId: string,
  offences: number,
  at: number,
  rule: string,
  { points = 1, about }: { readonly points?: number; readonly about?: string } = {},
): Write {
  const value = { warnings: offences + points, lastAt: at, lastRule: rule, ...(about !== undefined && { about }) };
  return { write: "record.put", record: "conduct", key: userId, value };
}
