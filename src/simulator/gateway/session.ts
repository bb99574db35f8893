import type { GatewayOpcodes } from "discord-api-types/v10";

export interface ClientFrame {
  readonly op: number;
  readonly d: unknown;
}

/** One socket of a client, with or without a session yet. */
export interface Connection {
  session: Session | undefined;
  send(frame: string): void;
  sendOperation(op: GatewayOpcodes, data: unknown): void;
  close(code: number, reason: string): void;
  /** The wire is cut: no close frame, nothing. */
  cut(): void;
  /** The wire goes dead: it stays, nothing goes through it in either direction, and nobody is told. */
  freeze(): void;
  isCongested(): boolean;
  /** Holds back what is sent until `uncork`, so that many frames leave in one write. */
  cork(): void;
  uncork(): void;
}

/** What Discord keeps of a client: it outlives its socket and goes on buffering. */
export interface Session {
  readonly id: string;
  readonly intents: number;
  readonly shard: readonly [number, number];
  /** The number of the latest dispatch. */
  sequence: number;
  /** The latest frames, oldest first, for RESUME. */
  readonly buffer: { readonly sequence: number; readonly frame: string }[];
  /** Frames up to here cannot be had again: they fell out, or never went into the buffer. */
  lostUpTo: number;
  connection: Connection | undefined;
  /** When the socket went, by the world's clock. */
  detachedAt: number | undefined;
}

export function frameOf(event: string, sequence: number, data: string): string {
  return `{"t":"${event}","s":${sequence},"op":0,"d":${data}}`;
}

/** Numbers a dispatch, remembers it and sends it where a socket is. `lost` models a frame that went missing on the wire. */
export function deliver(session: Session, event: string, data: string, capacity: number, lost = false): void {
  session.sequence += 1;
  const frame = frameOf(event, session.sequence, data);
  session.buffer.push({ sequence: session.sequence, frame });
  while (session.buffer.length > capacity) session.lostUpTo = session.buffer.shift()?.sequence ?? session.lostUpTo;
  if (!lost) session.connection?.send(frame);
}

/** Numbers a frame that is sent and remembered nowhere: a flood. */
export function deliverUnbuffered(session: Session, event: string, data: string): void {
  session.sequence += 1;
  session.lostUpTo = session.sequence;
  session.buffer.length = 0;
  session.connection?.send(frameOf(event, session.sequence, data));
}

export function canResume(session: Session, sequence: number): boolean {
  return sequence >= session.lostUpTo;
}

export function replay(session: Session, sequence: number): void {
  for (const entry of session.buffer) if (entry.sequence > sequence) session.connection?.send(entry.frame);
}

/** A guild belongs to the shard its id falls into; direct messages and what has no guild to the first. */
export function belongsTo([index, count]: readonly [number, number], guildId: string | undefined): boolean {
  if (guildId === undefined) return index === 0;
  return Number((BigInt(guildId) >> 22n) % BigInt(count)) === index;
}
