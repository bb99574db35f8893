import { vi } from "vitest";
import type { Arrival, Checkpoint, EventKind, EventOf, GuildEvent, GuildhallError, Log, Metrics, Road } from "#core";
import { connectDiscord, type DiscordConnection, type DiscordOptions } from "../../src/adapters/discord/index.ts";
import { startSimulator, type Simulator, type SimulatorOptions } from "../../src/simulator/index.ts";
import { plainSeal } from "./context.ts";

/** A road that keeps what arrives, and makes durable what it is told to. */
export class Ledger implements Road {
  readonly arrivals: Arrival[] = [];
  private readonly durable = new Map<number, number>();
  private readonly waiting: { shardId: number; line: number; then: () => void }[] = [];

  arrive(arrival: Arrival): void {
    this.arrivals.push(arrival);
  }

  uncommitted(shardId: number): number {
    return this.frames(shardId).length - (this.durable.get(shardId) ?? 0);
  }

  onRelief(shardId: number, line: number, then: () => void): void {
    this.waiting.push({ shardId, line, then });
  }

  frames(shardId: number): readonly Checkpoint[] {
    return this.arrivals.flatMap(({ frame }) => (frame?.shardId === shardId ? [frame] : []));
  }

  /** Everything that has arrived becomes durable; returns the checkpoint, as a journal would hold it. */
  commit(connection: DiscordConnection, shardId = 0): Checkpoint {
    const frames = this.frames(shardId);
    const last = frames.at(-1)!;
    this.durable.set(shardId, frames.length);
    connection.committed([last]);
    for (const each of this.waiting.splice(0)) each.then();
    return last;
  }

  events(): readonly GuildEvent[] {
    return this.arrivals.flatMap((arrival) => arrival.events);
  }

  of<K extends EventKind>(kind: K): readonly EventOf<K>[] {
    return this.events().filter((event): event is EventOf<K> => event.kind === kind);
  }
}

export interface Counts extends Metrics {
  readonly counts: Map<string, number>;
}

export function countingMetrics(): Counts {
  const counts = new Map<string, number>();
  const count: Metrics["count"] = (name, labels = {}, by = 1) => {
    for (const key of [name, `${name} ${Object.values(labels).join(" ")}`])
      counts.set(key, (counts.get(key) ?? 0) + by);
  };
  return { counts, count, observe: () => undefined };
}

export interface House {
  readonly simulator: Simulator;
  readonly road: Ledger;
  readonly metrics: Counts;
  readonly lines: string[];
  readonly fatal: GuildhallError[];
  readonly killPoints: string[];
  connect(changes?: Partial<DiscordOptions>): Promise<DiscordConnection>;
  close(): Promise<void>;
}

/** A simulated Discord and any number of connections to it, all closed at the end. */
export async function openHouse(options: SimulatorOptions = {}): Promise<House> {
  const simulator = await startSimulator(options);
  const road = new Ledger();
  const metrics = countingMetrics();
  const lines: string[] = [];
  const fatal: GuildhallError[] = [];
  const killPoints: string[] = [];
  const connections: DiscordConnection[] = [];
  const line = (fields: object, message: string) => void lines.push(`${message} ${JSON.stringify(fields)}`);
  const log: Log = { debug: line, info: line, warn: line, error: line };
  return {
    ...{ simulator, road, metrics, lines, fatal, killPoints },
    connect: async (changes = {}) => {
      const connection = await connectDiscord({
        ...{ token: simulator.token, apiUrl: simulator.apiUrl, road, seal: plainSeal, log, metrics },
        clock: { now: () => Date.now() },
        checkpoint: () => Promise.resolve(undefined),
        agents: [],
        killSwitch: { pass: (point) => void killPoints.push(point) },
        fatal: (error) => void fatal.push(error),
        ...changes,
      });
      connections.push(connection);
      return connection;
    },
    close: async () => {
      await Promise.all(connections.map((connection) => connection.close()));
      await simulator.close();
    },
  };
}

/** Looks often, and fails by saying what it was waiting for. */
export function until(what: string, condition: () => boolean): Promise<boolean> {
  return vi.waitUntil(condition, { timeout: 8_000, interval: 5 }).catch((cause: unknown) => {
    throw new Error(`waited in vain for ${what}`, { cause });
  });
}

export function untilReady(connection: DiscordConnection): Promise<boolean> {
  return until("the gateway to be ready", () => connection.status().ready);
}
