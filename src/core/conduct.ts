import type { Write } from "./effects.ts";
import type { Records } from "./records.ts";

type Conduct = Records["conduct"];

const DAY = 86_400_000;

/** A member's record fades: what lies further back than the guild remembers counts no more. */
export function countedOffences(conduct: Conduct | undefined, at: number, forgetAfterDays: number): number {
  if (conduct === undefined || at - conduct.lastAt > forgetAfterDays * DAY) return 0;
  return conduct.warnings;
}

/** The record of a member after one more offence, whoever found it. */
export function conductAfter(userId: string, offences: number, at: number, rule: string): Write {
  const value = { warnings: offences + 1, lastAt: at, lastRule: rule };
  return { write: "record.put", record: "conduct", key: userId, value };
}
