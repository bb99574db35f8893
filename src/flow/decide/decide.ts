import type { Agent, Effect, EventKind, GuildEvent, Read } from "#core";
import { GuildhallError, speaks } from "#core";
import type { GuildState, Need } from "../guild/state.ts";
import { RecordingLook } from "./look.ts";

/** What one agent answered to one event. */
export interface Said {
  readonly agent: Agent;
  readonly effects: readonly Effect[];
  readonly reads: readonly Read[];
  readonly error?: string;
}

/** Whom an event concerns, looked up once per kind instead of once per event. */
export class Listeners {
  readonly #byKind = new Map<EventKind, readonly Agent[]>();

  constructor(agents: readonly Agent[]) {
    for (const agent of agents) for (const kind of agent.listens) this.#byKind.set(kind, [...this.of(kind), agent]);
  }

  of(kind: EventKind): readonly Agent[] {
    return this.#byKind.get(kind) ?? [];
  }
}

/**
 * Runs the fast halves over one event. Nothing is changed: either everything is said, or `needs` names what has to be
 * fetched first. One agent that throws is one decision with an error; the others never notice.
 */
export function decide(
  event: GuildEvent,
  state: GuildState,
  agents: readonly Agent[],
): { readonly said: readonly Said[]; readonly needs: readonly Need[] } {
  const said: Said[] = [];
  const needs: Need[] = [];
  for (const agent of agents) {
    const policy = state.policy.agents[agent.name];
    if (policy === undefined || policy.mode === "off") continue;
    if (policy.mode === "shadow" && agent.heardInShadow?.(event) === false) continue;
    if (event.kind === "clock.struck" && event.owner !== agent.name) continue;
    const look = new RecordingLook(state, agent, event);
    const answer = attempt(() => agent.decide(event, look, policy.config));
    if (look.needs.length > 0) needs.push(...look.needs);
    else said.push({ agent, reads: look.reads, ...answer });
  }
  return { said, needs };
}

function attempt(decision: () => readonly Effect[]): { effects: readonly Effect[]; error?: string } {
  try {
    return { effects: decision() };
  } catch (error) {
    return { effects: [], error: errorCode(error) };
  }
}

/** A code, never a message: an agent's error text may hold what a member wrote. */
export function errorCode(error: unknown): string {
  if (error instanceof GuildhallError) return error.code;
  return error instanceof Error ? error.name : "thrown";
}

/** Silence (or mere counting) is one bit on the journal row; everything else is a decision of its own. */
export function isSilent(said: Said): boolean {
  return said.error === undefined && !speaks(said.effects);
}
