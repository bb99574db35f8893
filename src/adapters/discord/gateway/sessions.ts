import type { SessionInfo } from "@discordjs/ws";
import type { Checkpoint } from "#core";

/** What is left of a session when a process starts: where it stood, and how far the journal reaches. */
export interface RememberedSession extends Checkpoint {
  /** Time of the last event the journal holds of this shard; without it a gap cannot be filled, only named. */
  readonly lastEventAt?: number;
  /** How many guilds the shard had: the replay buffer's size follows from it. */
  readonly guilds?: number;
}

interface Session {
  readonly checkpoint: Checkpoint;
  readonly guildIds: Set<string>;
  readonly guildsBefore: number;
  committed: number;
  arrived: number;
  lastEventAt: number | undefined;
  resumable: boolean;
}

/**
 * The sessions of this process' shards, in memory and without waiting. What is offered for a RESUME is always the
 * committed sequence, never the one that arrived: whatever a crash would take is thereby sent again.
 */
export interface Sessions {
  remember(session: RememberedSession): void;
  /** A READY. Returns when the session before it was last heard of, if there was one: since then events are lost. */
  begin(checkpoint: Checkpoint, guildIds: readonly string[], now: number): { readonly since?: number } | undefined;
  /** Where the frame stands; undefined without a session or where this process has had the frame already. */
  take(shardId: number, sequence: number, now: number): Checkpoint | undefined;
  lost(shardId: number): void;
  committed(checkpoints: readonly Checkpoint[]): void;
  forResume(shardId: number, shardCount: number, intents: number): SessionInfo | null;
  id(shardId: number): string | undefined;
  guilds(shardId: number): number;
  joined(shardId: number, guildId: string): void;
  left(shardId: number, guildId: string): void;
}

export function createSessions(): Sessions {
  const sessions = new Map<number, Session>();
  return {
    remember: (session) => sessions.set(session.shardId, remembered(session)),
    begin: (checkpoint, guildIds, now) => {
      const before = sessions.get(checkpoint.shardId);
      sessions.set(checkpoint.shardId, begun(checkpoint, guildIds, now));
      if (before === undefined) return undefined;
      return before.lastEventAt === undefined ? {} : { since: before.lastEventAt };
    },
    take: (shardId, sequence, now) => {
      const session = sessions.get(shardId);
      if (session === undefined || sequence <= session.arrived) return undefined;
      session.arrived = sequence;
      session.lastEventAt = now;
      return { ...session.checkpoint, sequence };
    },
    lost: (shardId) => {
      const session = sessions.get(shardId);
      if (session !== undefined) session.resumable = false;
    },
    committed: (checkpoints) => {
      for (const { shardId, sessionId, sequence } of checkpoints) {
        const session = sessions.get(shardId);
        if (session?.checkpoint.sessionId === sessionId) session.committed = Math.max(session.committed, sequence);
      }
    },
    forResume: (shardId, shardCount, intents) => sessionInfo(sessions.get(shardId), shardCount, intents),
    id: (shardId) => sessions.get(shardId)?.checkpoint.sessionId,
    guilds: (shardId) => guildCount(sessions.get(shardId)),
    joined: (shardId, guildId) => sessions.get(shardId)?.guildIds.add(guildId),
    left: (shardId, guildId) => sessions.get(shardId)?.guildIds.delete(guildId),
  };
}

function remembered(session: RememberedSession): Session {
  const { lastEventAt, guilds, ...checkpoint } = session;
  const { sequence } = checkpoint;
  const standing = { committed: sequence, arrived: sequence, lastEventAt, resumable: true };
  return { checkpoint, guildIds: new Set(), guildsBefore: guilds ?? 0, ...standing };
}

function begun(checkpoint: Checkpoint, guildIds: readonly string[], now: number): Session {
  const { sequence } = checkpoint;
  const standing = { committed: sequence, arrived: sequence, lastEventAt: now, resumable: true };
  return { checkpoint, guildIds: new Set(guildIds), guildsBefore: 0, ...standing };
}

/** A session belongs to its number of shards and its intents: with others it would bring the wrong events. */
function sessionInfo(session: Session | undefined, shardCount: number, intents: number): SessionInfo | null {
  if (session === undefined || !session.resumable) return null;
  const { checkpoint, committed } = session;
  if (checkpoint.shardCount !== shardCount || checkpoint.intents !== intents) return null;
  const { shardId, sessionId, resumeUrl } = checkpoint;
  return { shardId, shardCount, sessionId, resumeURL: resumeUrl, sequence: committed };
}

function guildCount(session: Session | undefined): number {
  return session === undefined ? 0 : Math.max(session.guildsBefore, session.guildIds.size);
}
