import type { Clock, Finding, HeavyRule, PolicyChange, PolicyPreset, Store } from "#core";
import type { Rehearsed } from "../../flow/index.ts";

/** Where the house keeps its things, if not where its settings say. */
export interface DataFlags {
  readonly data?: string;
}

export interface StartFlags extends DataFlags {
  readonly host?: string;
  readonly port?: number;
  readonly shards?: string;
  readonly shardIds?: string;
}

export interface RangeRequest {
  readonly guildId: string;
  readonly from?: number;
  readonly to?: number;
}

/** How far a long piece of work has come. */
export type Progress = (done: number) => void;

/** Every recorded decision executed again from its recorded reads. */
export interface ReplayReport {
  readonly decisions: number;
  readonly identical: number;
  /** Their texts have expired or were erased, or their agent has changed since. */
  readonly notReplayable: number;
  readonly different: readonly { readonly eventId: string; readonly agent: string; readonly phase: string }[];
}

/** One model, asked one small question. */
export interface ModelProbe {
  readonly model: string;
  /** In a word or two: `right`, `wrong`, or what stood against an answer and which setting mends it. */
  readonly verdict: string;
  readonly answered: boolean;
  readonly milliseconds: number;
  readonly tokensIn: number;
  readonly tokensOut: number;
  /** US dollars by the configured prices; absent where the model has none. */
  readonly dollars?: number;
}

export interface ModelChains {
  readonly small: readonly string[];
  readonly large: readonly string[];
  readonly witnesses: readonly string[];
  readonly embeddings: readonly string[];
  /** Providers that are named in the configuration and cannot be asked, with the variable that is missing. */
  readonly missing: readonly { readonly provider: string; readonly variable: string }[];
}

/** What is looked at; everything, where nothing is named. */
export interface ExamineRequest {
  readonly guildId?: string;
  readonly channelId?: string;
}

export interface Invitation {
  readonly url: string;
  /** By Discord's own names. */
  readonly permissions: readonly string[];
  readonly agents: readonly string[];
}

export interface PolicyWeight {
  readonly messages: number;
  readonly heavy: readonly HeavyRule[];
}

/** What main.ts hands to the terminal. The numbers that `start` and `migrate` resolve to are exit codes. */
export interface HouseCommands {
  readonly version: string;
  readonly clock: Clock;
  start(flags: StartFlags): Promise<number>;
  migrate(flags: DataFlags): Promise<number>;
  /** Attaches beside the running house, or opens the store by itself where none runs. */
  openStore(flags: DataFlags): Promise<Store>;
  /** Takes a member out of what is kept in files, not in the store: how many were changed or removed. */
  eraseFiles(guildId: string, userId: string, flags: DataFlags): Promise<number>;
  /** Looks and changes nothing, beside a running house or without one. */
  examine(request: ExamineRequest, flags: DataFlags): Promise<readonly Finding[]>;
  invite(): Promise<Invitation>;
  /** A link by which a member can object to a case without any direct message, and until when. */
  appealLink(
    about: { readonly guildId: string; readonly number: number; readonly userId: string },
    flags: DataFlags,
  ): { readonly url: string; readonly until: number };
  /** Throws a ConfigurationError where these choices cannot be a guild's, or where its choices are kept in a file. */
  checkPolicy(guildId: string, document: string): Promise<void>;
  /** What a guild may start from. */
  presets(): Promise<readonly PolicyPreset[]>;
  /** The document with single settings changed, the rest as it was. */
  amendPolicy(document: string, changes: readonly PolicyChange[]): Promise<string>;
  /** Which rules, new to the guild, would have hit too many of the last day's messages. */
  weighPolicy(store: Store, guildId: string, document: string, progress: Progress): Promise<PolicyWeight>;
  /** Which models are asked, in their order. Nobody is asked. */
  listModels(): Promise<ModelChains>;
  /** Asks every model that is configured one question, one after the other; it costs what it says. */
  testModels(progress: (model: string) => void): Promise<readonly ModelProbe[]>;
  replay(store: Store, request: RangeRequest, progress: Progress): Promise<ReplayReport>;
  rehearse(
    store: Store,
    request: RangeRequest & { readonly policyFile?: string },
    progress: Progress,
  ): Promise<Rehearsed>;
}

/** 4: it worked in part, or is stored and not yet done. */
export const EXIT = { ok: 0, failed: 1, usage: 2, configuration: 3, partly: 4 } as const;
