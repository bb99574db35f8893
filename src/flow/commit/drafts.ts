import {
  channelOf,
  type CommitEntry,
  type Directory,
  type GuildEvent,
  type HouseWrite,
  type RollupIncrement,
} from "#core";
import type { GuildState } from "../guild/state.ts";
import type { Item } from "./turns.ts";

/** A commit entry while it is being written. */
type Lists = "decisions" | "tallies" | "writes" | "house" | "rollups";
export type Draft = Omit<CommitEntry, Lists> & { readonly [K in Lists]: CommitEntry[K][number][] };

export function draft(item: Item, silent: readonly string[]): Draft {
  const { event } = item;
  return {
    event,
    receivedAt: item.receivedAt,
    silent,
    decisions: [],
    tallies: [],
    writes: [],
    house: [],
    rollups: [rollupOf(event)],
  };
}

export function bare(item: Item): CommitEntry {
  return {
    event: item.event,
    receivedAt: item.receivedAt,
    silent: [],
    decisions: [],
    tallies: [],
    writes: [],
    house: [],
    rollups: [],
  };
}

/** The event alone; of a slow half, that it failed, which takes what waited: otherwise it would be thought about again for ever. */
export function poisoned(item: Item, poison: string, state: GuildState): CommitEntry {
  const { event, considered } = item;
  if (considered === undefined) return { ...bare(item), poison };
  const { agent } = considered;
  const configHash = state.policy.agents[agent]?.hash ?? state.policy.hash;
  const facts = { eventId: event.id, guildId: event.guildId, agent, phase: "slow" as const, at: event.at, configHash };
  return {
    ...bare(item),
    considered: { agent },
    decisions: [{ ...facts, effects: [], reads: [], verdicts: [], error: poison }],
  };
}

function rollupOf(event: GuildEvent): RollupIncrement {
  const hour = event.at - (event.at % 3_600_000);
  return event.kind === "message.created"
    ? { metric: "messages", key: channelOf(event)!, hour, by: 1 }
    : { metric: "events", key: event.kind, hour, by: 1 };
}

export function directoryWrite(event: GuildEvent, directory: Directory): HouseWrite {
  if (event.kind !== "member.joined" && event.kind !== "member.left") return { write: "directory.put", directory };
  return { write: "directory.count", memberCount: directory.memberCount };
}
