import { type APIGatewayBotInfo, GatewayCloseCodes } from "discord-api-types/v10";
import type { GuildhallError, Log, Metrics } from "#core";
import { INTENTS, INTENTS_WITHOUT_CONTENT } from "../intents.ts";
import type { FrameTools } from "./frames.ts";
import { fatalClose } from "./refusals.ts";
import type { SessionStarts } from "./session-starts.ts";
import { createShards, type ShardSet } from "./shards.ts";

export interface LineOptions {
  readonly token: string;
  readonly frames: FrameTools;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly closed: (shardId: number) => void;
  readonly fatal: (error: GuildhallError) => void;
}

export interface Wanted {
  readonly information: APIGatewayBotInfo;
  readonly starts: SessionStarts;
  readonly shardCount: number;
  readonly shardIds: readonly number[];
}

/** The shards as they run at the moment, with the message content intent or, where Discord refuses it, without. */
export interface Line {
  open(wanted: Wanted): void;
  isDegraded(): boolean;
  pause(shardId: number): void;
  resume(shardId: number): void;
  close(): Promise<void>;
}

/** Of the second that closing may take as a whole. */
const LEAVE_WITHIN = 700;

export function createLine(options: LineOptions): Line {
  let current: { readonly shards: ShardSet; readonly intents: number } | undefined;
  let isClosed = false;
  const run = (wanted: Wanted, intents: number) => {
    const before = current?.shards;
    const closed = (shardId: number, code: number) => {
      // What a retired set of shards has to say about its end is of no interest.
      if (isClosed || current?.intents !== intents) return;
      options.closed(shardId);
      if (code === Number(GatewayCloseCodes.InvalidSeq)) options.frames.sessions.lost(shardId);
      const isRefused = code === Number(GatewayCloseCodes.DisallowedIntents);
      if (isRefused && intents === INTENTS) return degrade(wanted);
      const error = fatalClose(code);
      if (error !== undefined) options.fatal(error);
    };
    current = { shards: createShards({ ...options, ...wanted, intents, closed }), intents };
    current.shards.connect();
    void before?.retire(LEAVE_WITHIN);
  };
  const degrade = (wanted: Wanted) => {
    options.log.warn(
      {},
      "Discord does not grant the message content intent: going on without members' texts; switch it on in the developer portal",
    );
    run(wanted, INTENTS_WITHOUT_CONTENT);
  };
  return {
    open: (wanted) => {
      if (!isClosed) run(wanted, INTENTS);
    },
    isDegraded: () => current?.intents === INTENTS_WITHOUT_CONTENT,
    pause: (shardId) => current?.shards.valve(shardId)?.pause(),
    resume: (shardId) => current?.shards.valve(shardId)?.resume(),
    close: async () => {
      isClosed = true;
      await current?.shards.retire(LEAVE_WITHIN);
    },
  };
}
