import { DiscordAPIError, HTTPError, RateLimitError } from "@discordjs/rest";
import { GuildhallError, type Outcome } from "#core";
import { RequestLost } from "./rest.ts";

/** Nothing was sent: the line to Discord is down, and a second is how soon it may be up again. */
const LINE_DOWN_PAUSE = 1_000;
/** No order can succeed before the operator mends the token; orders wait for that rather than fail. */
const TOKEN_REFUSED_PAUSE = 60_000;

export function isTokenRefused(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.status === 401;
}

/** Discord's own number for what it refused, such as 10008, if it refused. */
export function refusalCode(error: unknown): number | undefined {
  return error instanceof DiscordAPIError && error.status !== 401 ? Number(error.code) : undefined;
}

/**
 * What an unsuccessful request came to. *later* only where it is certain that nothing happened: Discord held us back, or
 * nothing was sent. A 5xx or a lost answer says nothing about the world.
 */
export function outcomeOf(error: unknown): Outcome {
  if (error instanceof RateLimitError) {
    const scope = error.global ? "global" : error.scope;
    return { kind: "later", afterMs: Math.max(1, Math.ceil(error.retryAfter) || 1_000), why: `rate limit (${scope})` };
  }
  if (isTokenRefused(error)) return { kind: "later", afterMs: TOKEN_REFUSED_PAUSE, why: "Discord refuses the token" };
  if (error instanceof DiscordAPIError && error.status !== 408) {
    return { kind: "failed", code: String(error.code ?? error.status), why: error.message };
  }
  if (error instanceof GuildhallError) return { kind: "failed", code: error.code, why: error.message };
  if (error instanceof HTTPError) return { kind: "unknown", why: `Discord answered ${error.status}` };
  if (error instanceof RequestLost && !error.sent) {
    return { kind: "later", afterMs: LINE_DOWN_PAUSE, why: `nothing was sent: ${error.message}` };
  }
  return { kind: "unknown", why: `no answer: ${error instanceof Error ? error.message : "unknown"}` };
}
