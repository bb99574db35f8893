import { InteractionResponseType, MessageFlags, Routes } from "discord-api-types/v10";
import type { Log, Metrics } from "#core";
import { refusalCode } from "../outcome.ts";
import type { Caller } from "../rest.ts";

/** How an interaction waits for its answer: a reply of its own ("thinking…"), or the message its button is on. */
export type Waiting = "ephemeral" | "public" | "update";

/**
 * *fresh* nothing has left · *acknowledged* Discord has had its first answer · *expired* it had none in time ·
 * *unclear* an answer was sent and lost.
 */
export type Acknowledgement = "fresh" | "acknowledged" | "expired" | "unclear";

/**
 * Remembers which interactions of this process have been acknowledged, and acknowledges by itself what nobody answers in
 * time: the one act allowed outside of the outbox. Discord gives 3 s; a memory of 15 min outlives every token.
 */
export interface Interactions {
  received(id: string, token: string, waiting: Waiting): void;
  /** Undefined where this process never saw it: it restarted, or another one did. */
  state(id: string): { readonly acknowledgement: Acknowledgement; readonly waiting: Waiting } | undefined;
  /** Stops the timer and waits for an acknowledgement under way: nothing races with an answer. */
  claim(id: string): Promise<void>;
  mark(id: string, acknowledgement: Acknowledgement): void;
  close(): void;
}

const DEFER_AFTER = 1_500;
const TOKEN_LIVES = 900_000;

interface Entry {
  readonly waiting: Waiting;
  readonly timers: readonly NodeJS.Timeout[];
  acknowledgement: Acknowledgement;
  deferring: Promise<void> | undefined;
}

interface Tools {
  readonly call: Caller;
  readonly log: Log;
  readonly metrics: Metrics;
}

export function createInteractions(tools: Tools, deferAfter = DEFER_AFTER): Interactions {
  const entries = new Map<string, Entry>();
  const closing = new AbortController();
  const begin = (id: string, token: string) => {
    const entry = entries.get(id);
    if (entry?.acknowledgement !== "fresh") return;
    entry.deferring = defer(id, token, entry, tools, closing.signal);
  };
  const drop = (id: string) => {
    entries.get(id)?.timers.forEach(clearTimeout);
    entries.delete(id);
  };
  return {
    received: (id, token, waiting) => {
      if (entries.has(id)) return;
      const timers = [setTimeout(begin, deferAfter, id, token), setTimeout(drop, TOKEN_LIVES, id).unref()];
      entries.set(id, { waiting, timers, acknowledgement: "fresh", deferring: undefined });
    },
    state: (id) => entries.get(id),
    claim: async (id) => {
      const entry = entries.get(id);
      clearTimeout(entry?.timers[0]);
      await entry?.deferring;
    },
    mark: (id, acknowledgement) => {
      const entry = entries.get(id);
      if (entry !== undefined) entry.acknowledgement = acknowledgement;
    },
    close: () => {
      closing.abort();
      for (const id of [...entries.keys()]) drop(id);
    },
  };
}

/** Never rejects: what it could not do is marked, and whoever answers later finds out from that. */
async function defer(id: string, token: string, entry: Entry, tools: Tools, signal: AbortSignal): Promise<void> {
  entry.acknowledgement = "unclear";
  try {
    const route = Routes.interactionCallback(id, token);
    await tools.call({ method: "POST", route, body: deferral(entry.waiting), anonymous: true, signal });
    entry.acknowledgement = "acknowledged";
    tools.metrics.count("interactions_deferred", { waiting: entry.waiting });
  } catch (error) {
    const code = refusalCode(error);
    if (code === 40_060) entry.acknowledgement = "acknowledged";
    else if (code === 10_062) entry.acknowledgement = "expired";
    tools.metrics.count("interactions_not_deferred", { code: String(code ?? "none") });
    if (code === undefined && !signal.aborted)
      tools.log.warn({ interaction: id }, "an interaction could not be deferred");
  }
}

function deferral(waiting: Waiting): object {
  if (waiting === "update") return { type: InteractionResponseType.DeferredMessageUpdate };
  const flags = waiting === "ephemeral" ? MessageFlags.Ephemeral : 0;
  return { type: InteractionResponseType.DeferredChannelMessageWithSource, data: { flags } };
}
