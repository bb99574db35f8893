import type { Checkpoint } from "#core";

/** One gateway frame on its way: the sequence is through once every event it became is in a composed commit. */
export interface Frame {
  readonly sequence: number;
  remaining: number;
}

interface Session {
  readonly identity: Omit<Checkpoint, "sequence">;
  readonly frames: Frame[];
  /** Index of the first frame that is not through; what lies before it is forgotten in slices. */
  head: number;
  through: number;
  reported: number;
}

/**
 * How far each gateway session is durably through. A sequence counts only when all before it do, ignored and malformed
 * frames too: a checkpoint must never run ahead of an event that a crash could still lose.
 */
export class Frames {
  readonly #sessions = new Map<number, Session[]>();
  readonly #inFlight = new Map<number, number>();
  readonly #relief: { shardId: number; line: number; then: () => void }[] = [];

  arrive(at: Checkpoint, events: number): Frame {
    const sessions = this.#sessions.get(at.shardId) ?? [];
    this.#sessions.set(at.shardId, sessions);
    let session = sessions.at(-1);
    if (session?.identity.sessionId !== at.sessionId) {
      session = { identity: at, frames: [], head: 0, through: at.sequence - 1, reported: at.sequence - 1 };
      sessions.push(session);
    }
    const frame = { sequence: at.sequence, remaining: events };
    session.frames.push(frame);
    if (events === 0) this.#advance(session);
    return frame;
  }

  done(frame: Frame, shardId: number): void {
    if (--frame.remaining > 0) return;
    this.#inFlight.set(shardId, (this.#inFlight.get(shardId) ?? 0) + 1);
    for (const session of this.#sessions.get(shardId) ?? []) this.#advance(session);
  }

  /** What may be committed with the events handed over so far. A new session speaks only once the old one is drained. */
  checkpoints(): readonly Checkpoint[] {
    const checkpoints: Checkpoint[] = [];
    for (const sessions of this.#sessions.values()) {
      while (sessions.length > 1 && sessions[0]!.head === sessions[0]!.frames.length) sessions.shift();
      const session = sessions[0]!;
      if (session.through <= session.reported) continue;
      session.reported = session.through;
      checkpoints.push({ ...session.identity, sequence: session.through });
    }
    return checkpoints;
  }

  /** Whether a checkpoint could move although no event is on its way. */
  hasProgress(): boolean {
    return [...this.#sessions.values()].some(
      (sessions) => sessions.length > 1 || sessions[0]!.through > sessions[0]!.reported,
    );
  }

  /** Frames that a crash would lose from memory: waiting, or in a commit that has not returned. */
  uncommitted(shardId: number): number {
    const waiting = (this.#sessions.get(shardId) ?? []).reduce(
      (sum, session) => sum + session.frames.length - session.head,
      0,
    );
    return waiting + (this.#inFlight.get(shardId) ?? 0);
  }

  onRelief(shardId: number, line: number, then: () => void): void {
    this.#relief.push({ shardId, line, then });
  }

  /** Called after each durable commit. */
  relieve(): void {
    this.#inFlight.clear();
    for (let index = this.#relief.length - 1; index >= 0; index--) {
      const { shardId, line, then } = this.#relief[index]!;
      if (this.uncommitted(shardId) >= line) continue;
      this.#relief.splice(index, 1);
      then();
    }
  }

  #advance(session: Session): void {
    const { frames } = session;
    while (session.head < frames.length && frames[session.head]!.remaining <= 0) {
      session.through = frames[session.head]!.sequence;
      session.head++;
    }
    if (session.head > 1_024) {
      frames.splice(0, session.head);
      session.head = 0;
    }
  }
}
