import type { APIGatewayBotInfo } from "discord-api-types/v10";
import type { Log } from "#core";

type Limit = APIGatewayBotInfo["session_start_limit"];

export interface SessionStarts {
  /** Waits until a session may be begun, and counts it. Rejects where the signal ends the wait. */
  take(signal: AbortSignal): Promise<void>;
}

export interface SessionStartTools {
  readonly limit: Limit;
  readonly now: () => number;
  /** Asks Discord again how many are left. */
  readonly ask: () => Promise<Limit>;
  readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  readonly log: Log;
}

/**
 * Discord resets the token of a bot that identifies more often than it may in a day. Sessions that are lost again and again,
 * whatever the reason, must end in waiting: the count goes down here with each of them, as it does there.
 */
export function createSessionStarts(tools: SessionStartTools): SessionStarts {
  const standing = (limit: Limit) => ({ left: limit.remaining, resetAt: tools.now() + limit.reset_after });
  let current = standing(tools.limit);
  return {
    take: async (signal) => {
      while (current.left <= 0) {
        const milliseconds = Math.max(1_000, current.resetAt - tools.now());
        tools.log.error({ milliseconds }, "Discord allows no more new sessions today: waiting until it does");
        await tools.wait(milliseconds, signal);
        current = standing(await tools.ask());
      }
      current.left -= 1;
    },
  };
}
