import type { Log, Metrics } from "#core";

/** Of 10,000 answers of 401, 403 and 429 within ten minutes Discord bans the address: at 1 % of it we say so. */
const WINDOW = 600_000;
const ALARM = 100;
const INVALID = [401, 403, 429];

/** Counts what Discord counts against us. A 429 that others caused, of scope "shared", is none of ours. */
export function createInvalidRequests({ log, metrics }: { readonly log: Log; readonly metrics: Metrics }) {
  let since = Number.NEGATIVE_INFINITY;
  let count = 0;
  return (status: number, scope: string | null, now: number): void => {
    if (!INVALID.includes(status) || scope === "shared") return;
    if (now - since >= WINDOW) {
      since = now;
      count = 0;
    }
    count += 1;
    metrics.count("discord_invalid_requests", { status: String(status) });
    if (count !== ALARM) return;
    metrics.count("discord_invalid_requests_alarms");
    log.warn(
      { count, windowMs: WINDOW },
      "Discord refused many requests; at 10,000 in ten minutes it bans this address",
    );
  };
}
