import { createHash } from "node:crypto";
import { GLOBAL_REQUESTS_PER_SECOND } from "../limits.ts";
import type { Route } from "./route.ts";

interface Budget {
  readonly limit: number;
  readonly windowMs: number;
}

/**
 * Discord publishes no numbers but in its headers; these are of the size that is seen there. What matters is that clients
 * take them from the headers.
 */
const BUDGETS: Readonly<Record<string, Budget>> = {
  "POST /channels/:channelId/messages": { limit: 5, windowMs: 5_000 },
  "PATCH /channels/:channelId/messages/:messageId": { limit: 5, windowMs: 5_000 },
  "DELETE /channels/:channelId/messages/:messageId": { limit: 5, windowMs: 1_000 },
  "POST /channels/:channelId/messages/bulk-delete": { limit: 1, windowMs: 1_000 },
  "PUT /channels/:channelId/messages/:messageId/reactions/:emoji/@me": { limit: 1, windowMs: 250 },
  "PATCH /channels/:channelId": { limit: 5, windowMs: 15_000 },
  "PATCH /guilds/:guildId/members/:userId": { limit: 10, windowMs: 10_000 },
  "PUT /guilds/:guildId/members/:userId/roles/:roleId": { limit: 10, windowMs: 10_000 },
  "DELETE /guilds/:guildId/members/:userId/roles/:roleId": { limit: 10, windowMs: 10_000 },
  "POST /webhooks/:webhookId/:webhookToken": { limit: 5, windowMs: 2_000 },
};
const USUAL: Budget = { limit: 10, windowMs: 5_000 };

export interface Allowance {
  readonly headers: Readonly<Record<string, string>>;
  /** Seconds to wait, where this request was one too many. */
  readonly retryAfter: number | undefined;
  readonly global: boolean;
}

export interface RateLimits {
  take(route: Route, parts: Readonly<Record<string, string>>): Allowance;
}

interface Window {
  used: number;
  readonly resetsAt: number;
}

/** Buckets of a route and its major parameter (channel, guild, webhook), and one of everything. Real time throughout. */
export function createRateLimits(): RateLimits {
  const windows = new Map<string, Window>();
  const everything = { second: 0, used: 0 };
  return {
    take(route, parts) {
      const now = Date.now();
      if (!route.exempt && !takeGlobal(everything, now)) return globalRefusal(now);
      const name = `${route.method} ${route.template}`;
      const budget = BUDGETS[name] ?? USUAL;
      const window = currentWindow(windows, `${name}:${majorOf(parts)}`, now, budget);
      const isOver = window.used >= budget.limit;
      if (!isOver) window.used += 1;
      const resetAfter = (window.resetsAt - now) / 1_000;
      const headers = {
        ...bucketHeaders(name, budget, window, resetAfter),
        ...(isOver ? { "x-ratelimit-scope": "user" } : {}),
      };
      return { headers, retryAfter: isOver ? resetAfter : undefined, global: false };
    },
  };
}

function globalRefusal(now: number): Allowance {
  const headers = { "x-ratelimit-global": "true", "x-ratelimit-scope": "global" };
  return { headers, retryAfter: (1_000 - (now % 1_000)) / 1_000, global: true };
}

function currentWindow(windows: Map<string, Window>, key: string, now: number, budget: Budget): Window {
  const known = windows.get(key);
  if (known !== undefined && known.resetsAt > now) return known;
  if (windows.size > 10_000) sweep(windows, now);
  const fresh = { used: 0, resetsAt: now + budget.windowMs };
  windows.set(key, fresh);
  return fresh;
}

function bucketHeaders(name: string, budget: Budget, window: Window, resetAfter: number): Record<string, string> {
  return {
    "x-ratelimit-limit": String(budget.limit),
    "x-ratelimit-remaining": String(budget.limit - window.used),
    "x-ratelimit-reset": (window.resetsAt / 1_000).toFixed(3),
    "x-ratelimit-reset-after": resetAfter.toFixed(3),
    "x-ratelimit-bucket": createHash("sha256").update(name).digest("hex").slice(0, 32),
  };
}

/** For a simulator whose caller wants speed more than realism: no limit, and no header that speaks of one. */
export const unlimited: RateLimits = { take: () => ({ headers: {}, retryAfter: undefined, global: false }) };

function takeGlobal(everything: { second: number; used: number }, now: number): boolean {
  const second = Math.floor(now / 1_000);
  if (everything.second !== second) {
    everything.second = second;
    everything.used = 0;
  }
  everything.used += 1;
  return everything.used <= GLOBAL_REQUESTS_PER_SECOND;
}

function majorOf(parts: Readonly<Record<string, string>>): string {
  return parts["channelId"] ?? parts["guildId"] ?? `${parts["webhookId"] ?? ""}:${parts["webhookToken"] ?? ""}`;
}

function sweep(windows: Map<string, Window>, now: number): void {
  for (const [key, window] of windows) if (window.resetsAt <= now) windows.delete(key);
}
