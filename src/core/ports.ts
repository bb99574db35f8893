import type { GuildEvent } from "./events.ts";
import type { Order, Outcome, Priority, Reconciled } from "./orders.ts";
import type { Checkpoint } from "./commit.ts";
import type { Answer, Embedding, Findings, Question, Vector } from "./questions.ts";

/** Where time comes from outside of agents; the simulator and tests bring their own. */
export interface Clock {
  now(): number;
}

/** A hand for every verb. */
export interface ActionExecutor {
  /** Exactly one request. Never throws for what the outside answers: that is an outcome. */
  perform(order: Order, signal: AbortSignal): Promise<Outcome>;
  /** Looks whether an attempt whose answer was lost took place; changes nothing. */
  reconcile(order: Order, signal: AbortSignal): Promise<Reconciled>;
}

/** One thing to do: carry out an order, or run a slow half. The row behind it is the truth; a job may come twice or never. */
export type Job =
  | { readonly job: "act"; readonly orderId: string; readonly guildId: string; readonly priority: Priority }
  | {
      readonly job: "consider";
      readonly eventId: string;
      readonly agent: string;
      readonly guildId: string;
      readonly priority: Priority;
    };

/** Three lanes: a lower one is served only while no higher one has anything; within a lane, guilds take turns. Twins: adapters/memory, adapters/redis. */
export interface WorkQueue {
  push(jobs: readonly Job[]): Promise<void>;
  /** At most `concurrency` at a time; a handler that throws is logged by the handler itself, never retried by the queue. */
  work(handler: (job: Job) => Promise<void>, concurrency: number): void;
  /** Waits for handlers under way, takes nothing new. */
  close(): Promise<void>;
}

/** The only road to a model, of whatever kind. Twins: adapters/memory (answers from a script), adapters/llm. */
export interface LlmGateway {
  /** Never throws for what providers do: nobody answering is an answer. A prompt that does not exist is a mistake and throws. */
  ask<T>(question: Question<T>, context: AskContext): Promise<Answer<T>>;
  /** What a classifier finds in a text; `no-provider` where there is no witness. */
  witness(text: string, context: AskContext): Promise<Answer<Findings>>;
  /** One vector for each text, in their order, all of `embeddingModel`; `no-provider` where there is none. */
  embed(embedding: Embedding, context: AskContext): Promise<Answer<readonly Vector[]>>;
  /** Only vectors of the same model can be compared: what is stored carries this name, and is looked up by it. */
  readonly embeddingModel: string | undefined;
}

export interface AskContext {
  readonly guildId: string;
  readonly agent: string;
  readonly priority: Priority;
}

/** Seals what must not be read in a table: tokens, long texts. Bound to the guild it belongs to. */
export interface Seal {
  seal(plain: string, guildId: string): string;
  open(sealed: string, guildId: string): string;
}

/** A frame as intake hands it to the road: which events it became (often none), and where its session stands. */
export interface Arrival {
  readonly receivedAt: number;
  readonly events: readonly GuildEvent[];
  /** Absent for what comes by a door. */
  readonly frame?: Checkpoint;
}

/** What the road offers to whoever brings events. */
export interface Road {
  /** Takes an arrival in order; never waits, never throws. */
  arrive(arrival: Arrival): void;
  /** How many frames of this shard are taken and not yet durable; the gateway stops reading at half the replay buffer. */
  uncommitted(shardId: number): number;
  /** Called once the count of a shard has fallen below the line it was stopped at. */
  onRelief(shardId: number, line: number, then: () => void): void;
}

/** Lines and counts about the house itself. Never a member's words, never a secret. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface Metrics {
  count(name: string, labels?: Readonly<Record<string, string>>, by?: number): void;
  observe(name: string, milliseconds: number, labels?: Readonly<Record<string, string>>): void;
}

/**
 * Named places where a crash is most instructive. In production this does nothing; the kill test ends the process there.
 * It is a port so that no `if (test)` stands on the road.
 */
export type KillPoint =
  "received" | "inside-transaction" | "committed" | "leased" | "request-sent" | "outcome" | "checkpoint";
export interface KillSwitch {
  pass(point: KillPoint): void;
}
