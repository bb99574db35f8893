import type { WebSocketShard } from "@discordjs/ws";
import type { WebSocket } from "ws";
import { GuildhallError } from "#core";

/**
 * The only place that reaches behind what @discordjs/ws promises (its version is pinned, and test/discord goes red when
 * this no longer fits). Three things cannot be had otherwise: a socket that is not read while the road is full, a dead wire
 * that is given up within a second (the library waits thirty for its goodbye), and frames in the order they came. The library hands frames on after a number of awaits that depends on the frame, so READY can be
 * overtaken by the guild behind it; and a frame it cannot make sense of is an unhandled rejection there.
 */
interface Inside {
  connection: WebSocket | null;
  onMessage(data: unknown, isBinary: boolean): Promise<void>;
  destroy(options?: object): Promise<void>;
}

/** How long the other side may take to say goodbye; a dead wire never does, and nothing is heard until it is given up. */
const GOODBYE_WITHIN = 1_000;

export interface Valve {
  pause(): void;
  resume(): void;
  /** Ends the connection now, whatever the other side does. */
  cut(): void;
}

/** `reads` sees every frame first, as it comes, and says whether the library needs it too. */
export function openSeam(
  shard: WebSocketShard,
  reads: (text: string) => boolean,
  broken: (error: unknown) => void,
): Valve {
  const inside = shard as unknown as Inside;
  if (typeof inside.onMessage !== "function" || typeof inside.destroy !== "function" || !("connection" in inside)) {
    throw new GuildhallError(
      "discord.library",
      "this version of @discordjs/ws is not the one this adapter was built for",
    );
  }
  const protocol = inside.onMessage.bind(shard);
  inside.onMessage = (data, isBinary) => {
    if (typeof data !== "string" || !reads(data)) return Promise.resolve();
    return protocol(data, isBinary).catch(broken);
  };
  const destroy = inside.destroy.bind(shard);
  inside.destroy = (options) => {
    const left = inside.connection;
    setTimeout(() => cut(left), GOODBYE_WITHIN).unref();
    return destroy(options);
  };
  return {
    pause: () => inside.connection?.pause(),
    resume: () => inside.connection?.resume(),
    cut: () => cut(inside.connection),
  };
}

/** Ending a socket that is still connecting raises an error on it, and by then the library has stopped listening. */
function cut(connection: WebSocket | null): void {
  if (connection === null || connection.readyState === connection.CLOSED) return;
  connection.on("error", () => undefined);
  connection.terminate();
}
