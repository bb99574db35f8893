import type { Demo } from "./demo.ts";
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
