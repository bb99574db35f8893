import type { ActionOf, Clock, Log, Order, Reconciled, Seal, Verb } from "#core";
import type { Echoes } from "../echoes.ts";
import type { Interactions } from "../interactions/acknowledging.ts";
import type { Caller } from "../rest.ts";

/** What is planned as steps of other verbs before any hand is asked, and what is done elsewhere: taps, choices, transcripts. */
const PLANNED = [
  "member.warn",
  "member.tell",
  "members.bulk-unban",
  "channel.lock",
  "channel.unlock",
  "guild.pause",
  "guild.resume",
  "tap.answer",
  "policy.choose",
  "transcript.make",
] as const satisfies readonly Verb[];
export type HandVerb = Exclude<Verb, (typeof PLANNED)[number]>;

export function isPlanned(verb: Verb): verb is (typeof PLANNED)[number] {
  return PLANNED.some((one) => one === verb);
}

export interface Reach {
  readonly call: Caller;
  readonly clock: Clock;
  readonly log: Log;
  readonly seal: Seal;
  readonly echoes: Echoes;
  readonly interactions: Interactions;
  readonly botUserId: string;
  readonly applicationId: string;
  /** Absent: Discord's own. */
  readonly apiUrl?: string;
  /** Where links to the house begin. */
  readonly linkBase?: string;
}

export interface Task<V extends HandVerb> {
  readonly order: Order;
  readonly action: ActionOf<V>;
  readonly signal: AbortSignal;
}

export interface Hand<V extends HandVerb> {
  /** Exactly one request; returns the order's result, throws what the request threw. */
  perform(task: Task<V>, reach: Reach): Promise<unknown>;
  /** Refusals that mean the wished state holds already. */
  readonly fulfilledBy?: readonly number[];
  /** Changes nothing. May throw what a request throws: then nobody knows. */
  reconcile(task: Task<V>, reach: Reach): Promise<Reconciled>;
}

export const ABSENT: Reconciled = { found: "absent" };

export function found(result: unknown): Reconciled {
  return { found: "done", result };
}

export function undecided(why: string): Reconciled {
  return { found: "unknown", why };
}
