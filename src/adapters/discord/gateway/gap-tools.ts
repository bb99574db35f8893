import type { Log, Metrics, Road } from "#core";
import type { IntakeContext } from "../normalise/index.ts";
import { patiently } from "../patience.ts";
import type { Caller } from "../rest.ts";

/** What closing a gap needs of the house. */
export interface GapTools {
  readonly call: Caller;
  readonly road: Pick<Road, "arrive">;
  readonly clock: { now(): number };
  readonly log: Log;
  readonly metrics: Metrics;
  readonly context: Omit<IntakeContext, "receivedAt" | "frameId">;
  readonly signal: AbortSignal;
}

export function ask<T>(tools: GapTools, route: `/${string}`, query?: Readonly<Record<string, string>>): Promise<T> {
  const { call, signal } = tools;
  return patiently(() => call<T>({ method: "GET", route, signal, ...(query !== undefined && { query }) }), signal);
}
