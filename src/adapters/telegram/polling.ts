import type { Api } from "grammy";
import { retryAfterMs } from "./failures.ts";
import { BOT, type Findings } from "./findings.ts";
import { HEARD_UPDATES, takeUpdates, type UpdateTools } from "./updates.ts";

const LONG_POLL_SECONDS = 25;
const LONGEST_PAUSE_MS = 30_000;

export interface PollTools extends UpdateTools {
  readonly findings: Findings;
  /** How long one look waits at Telegram for something to come. */
  readonly pollSeconds?: number;
}

/**
 * Asks for updates one batch after the other. The offset is Telegram's to keep: asking for the next batch is what confirms
 * the one before, and that is not done before its events are committed. A new process starts without any, and is given
 * whatever nobody confirmed.
 */
export async function poll(tools: PollTools): Promise<void> {
  const { api, signal, findings } = tools;
  let offset: number | undefined;
  let failures = 0;
  while (!signal.aborted) {
    try {
      const updates = await next(api, offset, tools.pollSeconds ?? LONG_POLL_SECONDS, signal);
      findings.reached(BOT);
      failures = 0;
      await takeUpdates(updates, tools);
      offset = updates.at(-1) === undefined ? offset : updates.at(-1)!.update_id + 1;
    } catch (error) {
      if (signal.aborted) return;
      findings.failed(BOT, error);
      failures += 1;
      await pause(retryAfterMs(error) ?? Math.min(500 * 2 ** failures, LONGEST_PAUSE_MS), signal);
    }
  }
}

function next(api: Api, offset: number | undefined, timeout: number, signal: AbortSignal) {
  const from = offset === undefined ? {} : { offset };
  return api.getUpdates({ ...from, timeout, limit: 100, allowed_updates: HEARD_UPDATES }, signal as never);
}

export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, milliseconds);
    function done(): void {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    }
    signal.addEventListener("abort", done, { once: true });
  });
}
