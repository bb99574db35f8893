import { GrammyError, HttpError } from "grammy";
import type { Outcome } from "#core";

const NEVER_CONNECTED = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);
const LONGEST_PAUSE_MS = 20 * 60_000;

/** What Telegram itself answered, if it did. */
export function refusalOf(error: unknown): GrammyError | undefined {
  return error instanceof GrammyError ? error : undefined;
}

export function retryAfterMs(error: unknown): number | undefined {
  const seconds = refusalOf(error)?.parameters.retry_after;
  return seconds === undefined ? undefined : seconds * 1_000;
}

export function movedTo(error: unknown): string | undefined {
  const chatId = refusalOf(error)?.parameters.migrate_to_chat_id;
  return chatId === undefined ? undefined : String(chatId);
}

export function isNotModified(error: unknown): boolean {
  return refusalOf(error)?.description.includes("message is not modified") === true;
}

/** Telegram forgets presses after a while; whoever pressed does not wait any more. */
export function isTooOld(error: unknown): boolean {
  return refusalOf(error)?.description.includes("query is too old") === true;
}

/**
 * A card waits for whoever can be reached again: a mended token, a chat that is linked anew, an unblocked bot. What
 * Telegram refuses about the message itself is refused for good.
 */
export function outcomeOf(error: unknown, attempt: number): Outcome {
  const refusal = refusalOf(error);
  if (refusal === undefined) return lineOutcome(error, attempt);
  const { error_code: code, description } = refusal;
  const why = `Telegram: ${description}`;
  const after = retryAfterMs(error);
  if (after !== undefined) return { kind: "later", afterMs: after, why };
  if (code === 401 || code === 403 || isChatMissing(refusal))
    return { kind: "later", afterMs: pause(attempt + 6), why };
  if (code >= 500) return { kind: "unknown", why };
  return { kind: "failed", code: String(code), why };
}

export function isChatMissing({ error_code: code, description }: GrammyError): boolean {
  return code === 400 && (description.includes("chat not found") || description.includes("group chat was upgraded"));
}

function lineOutcome(error: unknown, attempt: number): Outcome {
  const why = `no answer from Telegram: ${errorName(error)}`;
  return neverConnected(error) ? { kind: "later", afterMs: pause(attempt), why } : { kind: "unknown", why };
}

function pause(attempt: number): number {
  return Math.min(1_000 * 2 ** Math.min(attempt, 20), LONGEST_PAUSE_MS);
}

export function neverConnected(error: unknown): boolean {
  const inner = error instanceof HttpError ? error.error : error;
  return NEVER_CONNECTED.has(String((inner as { code?: unknown } | undefined)?.code));
}

/** Never the message: it may hold the address, and the address holds the token. */
export function errorName(error: unknown): string {
  const inner = error instanceof HttpError ? error.error : error;
  const { code, name } = (inner ?? {}) as { code?: unknown; name?: unknown };
  return typeof code === "string" ? code : String(name ?? "unknown");
}
