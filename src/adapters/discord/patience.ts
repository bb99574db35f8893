import { setTimeout as sleep } from "node:timers/promises";
import { HTTPError, RateLimitError } from "@discordjs/rest";
import { RequestLost } from "./rest.ts";

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 30_000;

/** Whether Discord may answer the same question later. */
export function isPassing(error: unknown): boolean {
  return error instanceof RateLimitError || error instanceof HTTPError || error instanceof RequestLost;
}

/**
 * For looks that nobody's order depends on (who am I, where is the gateway, what was said meanwhile): asks until Discord
 * answers, ever more slowly, or as long as it asks us to wait. Ends with the signal, or with a refusal.
 */
export async function patiently<T>(
  ask: () => Promise<T>,
  signal: AbortSignal,
  waiting: (error: unknown, pause: number) => void = () => undefined,
): Promise<T> {
  for (let pause = FIRST_PAUSE; ; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
    try {
      return await ask();
    } catch (error) {
      if (!isPassing(error) || signal.aborted) throw error;
      const wanted = error instanceof RateLimitError ? Math.max(1, error.retryAfter) : pause;
      waiting(error, wanted);
      await sleep(wanted, undefined, { signal });
    }
  }
}
