import type { Action } from "./actions.ts";
import type { KnowledgeWrite } from "./knowledge/index.ts";
import type { CaseEntry } from "./cases.ts";
import type { Records, RecordName } from "./records/index.ts";

/** Adds to one of the agent's own counters, which it declares with a window. */
export interface Tally {
  readonly counter: string;
  readonly key: string;
  readonly by?: number;
}

export interface TotalAdd {
  readonly total: string;
  readonly key: string;
  readonly by: number;
  /** The members of this total are compared with one another: `look.ranking` tells who stands where. All of a total's adds, or none. */
  readonly ranked?: true;
  /** The total is of a stretch of time, and may be forgotten after this moment. */
  readonly expiresAt?: number;
}

/** A change of our own records: the database only, applied inside the commit of the event that caused it. */
export type Write =
  | {
      readonly [N in RecordName]: {
        readonly write: "record.put";
        readonly record: N;
        readonly key: string;
        readonly value: Records[N];
      };
    }[RecordName]
  | { readonly write: "record.delete"; readonly record: RecordName; readonly key: string }
  /** An exact running total: atomic, never read-modify-write. */
  | ({ readonly write: "total.add" } & TotalAdd)
  /** Only ever added to: what a case was opened with stays. Nothing happens where there is no such case. */
  | { readonly write: "case.add"; readonly number: number; readonly entry: CaseEntry }
  /** Its evidence is kept at least until then. */
  | { readonly write: "case.keep"; readonly number: number; readonly until: number }
  | { readonly write: "timer.set"; readonly timer: string; readonly at: number; readonly payload: unknown }
  | { readonly write: "timer.clear"; readonly timer: string }
  /** What the house may answer from is the guild's, in whichever mode the agent that looks after it is. */
  | KnowledgeWrite;

export interface ProposedAction {
  readonly action: Action;
  /** Named by subject and condition, for people to find again: `duplicate-flood`. */
  readonly rule: string;
  /** One clause, in the present: "links to free-nitro.example". */
  readonly why: string;
  /** 0 to 1. An exact match is 1; the judge holds back what lies below the guild's threshold. */
  readonly confidence: number;
  /** For whom it is done, where a person asked: a moderator's own command carries their id and counts against their quota. */
  readonly onBehalfOf?: string;
  /** The case it takes back: the case says so in the commit that orders it, and no case of its own is opened. */
  readonly undoes?: number;
  /** The event of the message it rests on, where that is not the event at hand: its text becomes the case's evidence. */
  readonly restsOn?: string;
}

export type Effect =
  | { readonly tally: Tally }
  | { readonly write: Write }
  | { readonly propose: ProposedAction }
  | { readonly consider: unknown };

export function tally(counter: string, key: string, by = 1): Effect {
  return { tally: by === 1 ? { counter, key } : { counter, key, by } };
}

export function write(change: Write): Effect {
  return { write: change };
}

export function propose(action: Action, reasons: Omit<ProposedAction, "action">): Effect {
  return { propose: { action, ...reasons } };
}

export function consider(about: unknown): Effect {
  return { consider: about };
}
