import { EVERYTHING, GuildhallError, type Share, type Store, type Waiting } from "#core";
import { commitGroup } from "./commit.ts";
import { guildStore } from "./guild.ts";
import { forget } from "./retention.ts";
import { inbox, leases, organisation, timers } from "./shared.ts";
import { compare, emptyState, stored } from "./state.ts";
import { outbox, pendingWork } from "./work.ts";

export type CommitStage = "inside-transaction" | "committed" | "checkpoint";

/** The store without a database: same promises while the process lives, nothing afterwards. For tests and rehearsals. */
export function createMemoryStore(options: { readonly onStage?: (point: CommitStage) => void } = {}): Store {
  const state = emptyState();
  const stage = options.onStage ?? (() => undefined);
  let isClosed = false;
  const waitingIn = (share: Share): Waiting => ({
    outbox: outbox(state, share),
    pending: pendingWork(state, share),
    timers: timers(state, share),
    inbox: inbox(state, share),
  });
  return {
    async commit(group) {
      if (isClosed) return { refusal: "unreachable", cause: new GuildhallError("store.closed", "the store is closed") };
      const result = commitGroup(state, group, () => stage("inside-transaction"));
      if (result.refusal !== undefined) return result;
      stage("committed");
      if (group.checkpoints.length > 0) stage("checkpoint");
      return result;
    },
    seen: async (eventIds) => new Set(eventIds.filter((id) => state.seen.has(id))),
    guild: (guildId) => guildStore(state, guildId),
    organisation: (organisationId) => organisation(state, organisationId),
    guilds: async () =>
      [...state.guilds]
        .filter(([, guild]) => guild.directory !== undefined)
        .map(([guildId, { directory, organisationId }]) => ({
          guildId,
          name: directory!.name,
          ...(organisationId === undefined ? {} : { organisationId }),
        }))
        .sort((a, b) => compare(a.guildId, b.guildId)),
    ...waitingIn(EVERYTHING),
    waitingIn,
    leases: leases(state),
    checkpoint: async (shardId) => stored(state.checkpoints.get(shardId)),
    maintain: async (now) => ({ created: [], dropped: forget(state, now) }),
    describe: async () => ({ engine: "memory", version: process.version, fsync: false }),
    close: async () => {
      isClosed = true;
    },
  };
}
