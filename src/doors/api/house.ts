import type {
  Clock,
  CommitEntry,
  GuildEvent,
  GuildPolicy,
  GuildStore,
  Log,
  PolicyFor,
  PolicyPreset,
  Range,
  RoleReader,
  Seal,
  Store,
} from "#core";
import type { Transcript } from "../../archive/transcripts/index.ts";
import type { Rehearsed } from "../../flow/index.ts";
import type { Passes } from "./passes.ts";

/** How the house is, for whoever watches it: *alive* answers at all, *ready* takes events, *degraded* says what is missing. */
export interface Health {
  readonly alive: true;
  readonly ready: boolean;
  readonly degraded: readonly string[];
  readonly details: Readonly<Record<string, unknown>>;
}

/** How one provider of models does, as the page shows it. */
export interface ModelHealth {
  readonly provider: string;
  readonly models: readonly string[];
  readonly breaker: "closed" | "open" | "half-open";
  readonly answered: number;
  readonly failed: number;
  readonly medianMs?: number;
  readonly lastFailure?: { readonly kind: string; readonly at: number; readonly status?: number };
}

/** What the API is given. It reads the store; the only way it changes anything is an event handed to `submit`. */
export interface House {
  readonly store: Store;
  readonly log: Log;
  readonly clock: Clock;
  /** Whoever has it is the owner: printed once at start as `http://127.0.0.1:3000/?token=…`. */
  readonly token: string;
  /** What links begin with that lead here from outside; absent: they begin with a slash. */
  readonly publicUrl?: string;
  /** Opens what the house sealed into links; without it no such link is served. */
  readonly seal?: Pick<Seal, "open">;
  /** Names, beside localhost and plain addresses, under which the house may be reached: a reverse proxy's, say. */
  readonly allowedHosts?: readonly string[];
  /** Through the inbox onto the road; resolves once it is stored there. Idempotent by the event's id. */
  submit(event: GuildEvent): Promise<void>;
  /** Called after each commit, in commit order. Returns how to stop it. */
  onCommitted(listener: (entries: readonly CommitEntry[]) => void): () => void;
  health(): Health;
  /** How each provider of models has done since the house was opened; none where none is configured. */
  models(): readonly ModelHealth[];
  /** The limit that stands against a question of this guild now: of its budget, or of the plan. */
  modelLimit(guildId: string): Promise<string | undefined>;
  metricsText(): Promise<string>;
  readonly agents: readonly { readonly name: string; readonly description: string }[];
  readonly policies: {
    readonly policyFor: PolicyFor;
    /** Throws a ConfigurationError that names line, column and remedy. */
    check(guildId: string, document: string): GuildPolicy;
    /** Guilds whose choices are kept in a file. */
    readonly guildIds: readonly string[];
    /** What a guild may start from. */
    readonly presets: readonly PolicyPreset[];
  };
  /** Reads the links that were signed for single persons. */
  readonly passes: Passes;
  transcript(guildId: string, number: number): Promise<Transcript | undefined>;
  /** Asked anew whenever somebody opens what only some roles may read. */
  readonly rolesOf: RoleReader;
  rehearse(guild: GuildStore, policy: GuildPolicy, range: Range): Promise<Rehearsed>;
  /** Only where the house runs on the simulator. */
  readonly demo?: Demo;
  /** The built page. */
  readonly dashboardDir: string;
}

export interface DemoMember {
  readonly id: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly bot?: boolean;
  readonly timeoutUntil?: number;
  readonly banned?: boolean;
}

export interface DemoChannel {
  readonly id: string;
  readonly name: string;
  /** Discord's number for the kind of channel; the page shows those one can write in (0, 5). */
  readonly type: number;
  readonly topic?: string;
}

export interface DemoMessage {
  readonly id: string;
  readonly authorId: string;
  readonly authorName: string;
  readonly bot?: boolean;
  readonly text: string;
  /** Title of an embed, where the message is one. */
  readonly title?: string;
  readonly at: number;
  readonly edited?: boolean;
  /** Kept with its text after deletion, so that the page can show what became of it. */
  readonly deleted?: { readonly at: number; readonly byHouse: boolean };
  readonly reactions: readonly { readonly emoji: string; readonly count: number }[];
  /** An answer to a command which only this member sees. */
  readonly onlyFor?: string;
}

export interface DemoCommand {
  readonly name: string;
  readonly description: string;
  readonly options: readonly {
    readonly name: string;
    readonly description: string;
    readonly type: "text" | "number" | "boolean" | "member";
    readonly required?: boolean;
  }[];
}

/** What changed in the simulated world: a channel's messages, or (without one) who is there. */
export interface DemoChange {
  readonly channelId?: string;
}

/** The playground behind the page. Acts as Discord's members would; refusals are GuildhallErrors whose text is for people. */
export interface Demo {
  readonly guildId: string;
  members(): readonly DemoMember[];
  channels(): readonly DemoChannel[];
  /** Oldest first, at most the newest hundred. */
  messages(channelId: string): readonly DemoMessage[];
  commands(): readonly DemoCommand[];
  say(input: { memberId: string; channelId: string; text: string }): Promise<{ messageId: string }>;
  react(input: { memberId: string; channelId: string; messageId: string; emoji: string }): Promise<void>;
  join(input: { name?: string }): Promise<{ memberId: string }>;
  leave(input: { memberId: string }): Promise<void>;
  useCommand(input: {
    memberId: string;
    channelId: string;
    command: string;
    /** A member is given by id. */
    options: Readonly<Record<string, string | number | boolean>>;
  }): Promise<{ interactionId: string }>;
  raid(count: number): Promise<void>;
  spamWave(channelId: string): Promise<void>;
  onChange(listener: (change: DemoChange) => void): () => void;
}
