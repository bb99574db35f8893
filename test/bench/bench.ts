import type { Role } from "./build.ts";
import { type Child, startChild } from "./child.ts";

export interface BenchOptions {
  readonly roles: Readonly<Record<Role, string>>;
  /** A Postgres to make databases in; without it every round has an embedded server of its own. */
  readonly databaseUrl: string | undefined;
  readonly messages: number;
  /** Which share of them breaks a rule, 0 to 1. */
  readonly violating: number;
  readonly guilds: number;
  readonly rounds: number;
  readonly journalRows: number;
  readonly latencySeconds: number;
  readonly memoryGuilds: number;
  readonly memoryMembers: number;
  /** A folder for CPU profiles of the house, if they are wanted. */
  readonly profiles: string | undefined;
  readonly tell: (line: string) => void;
}

/** Starts roles, and ends all of them however the work goes. */
export async function withChildren<T>(
  options: Pick<BenchOptions, "roles">,
  work: (
    start: (role: Role, environment: Readonly<Record<string, string>>, flags?: readonly string[]) => Child,
  ) => Promise<T>,
): Promise<T> {
  const children: Child[] = [];
  try {
    return await work((role, environment, flags = []) => {
      const child = startChild(options.roles[role], environment, flags);
      children.push(child);
      return child;
    });
  } finally {
    for (const child of children.reverse()) await child.close();
  }
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** The smallest value that at least this share of all is not above. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}

export function rounded(value: number, digits = 0): number {
  return Number(value.toFixed(digits));
}
