import type { Verb } from "./actions.ts";
import type { Person } from "./cards.ts";
import type { Spoken } from "./language.ts";
import type { Mode } from "./rulings.ts";

/** How many measures may be taken before the house stops itself: a broken rule or a stolen account must not empty a guild. */
export interface Quota {
  readonly measures: number;
  readonly perSeconds: number;
}

export interface ApprovalPolicy {
  /** Verbs that wait for a human. */
  readonly verbs: readonly Verb[];
  /** Unanswered after so long, nothing is done, and the record says so. */
  readonly expireAfterSeconds: number;
  /** Exceptions to `verbs`; the first that fits decides. */
  readonly rules?: readonly ApprovalRule[];
  /** Giving one of these roles, or any that may moderate, waits for a human. */
  readonly guardedRoleIds?: readonly string[];
  /** A raid does not wait: these agents lock and pause at once for so long, and ask to keep it longer. */
  readonly atOnce?: { readonly seconds: number; readonly agents: readonly string[] };
  readonly quorum?: number;
  /** Who may answer, in the order in which they are called. */
  readonly people?: readonly Person[];
  /** Whose members may answer in Discord, beside the people. */
  readonly roleIds?: readonly string[];
  readonly onExpiry?: { readonly verb: "member.timeout" | "member.warn"; readonly minutes?: number };
  readonly remindAfterSeconds?: number;
  /** In which moments are told on faces that do not know the reader's own; UTC where nothing is said. */
  readonly timeZone?: string;
  readonly quietHours?: { readonly from: string; readonly to: string; readonly timeZone: string };
  /** The moderators' channel in Discord where cards are shown. */
  readonly channelId?: string;
  /** Set by the process where it has a bot on Telegram. */
  readonly telegram?: { readonly chatId?: string; readonly userIds: readonly string[] };
}

/** Everything named must hold. */
export interface ApprovalRule {
  readonly verbs?: readonly Verb[];
  readonly agents?: readonly string[];
  readonly rules?: readonly string[];
  readonly confidenceBelow?: number;
  readonly targetsAtLeast?: number;
  readonly targetRoleIds?: readonly string[];
  readonly ruling: "run" | "ask";
  readonly quorum?: number;
}

export interface AgentPolicy {
  readonly mode: Mode;
  /** Already parsed by the agent's own schema. */
  readonly config: unknown;
  /** Hash of the parsed configuration and the agent's build. */
  readonly hash: string;
}

/** A guild's own choices as YAML, kept in the store: version 1 is its first, each further one is based on the one before. */
export interface OwnPolicy {
  readonly version: number;
  readonly document: string;
  /** Who chose it and where: `dashboard:owner`, `cli:mia`. */
  readonly by: string;
  readonly at: number;
}

/** What is in force for a guild that has these choices of its own, or none. */
export type PolicyFor = (guildId: string, own?: OwnPolicy) => GuildPolicy;

/** What models may cost a guild; −1 is without a limit. Beyond it rules alone decide. */
export interface ModelBudget {
  readonly callsPerMonth: number;
  readonly dollarsPerDay: number;
  readonly dollarsPerMonth: number;
}

/** Everything a guild chose, read from default.yaml and the guild's own file; the judge needs no more than this. */
export interface GuildPolicy {
  readonly guildId: string;
  readonly hash: string;
  /** Absent: the language the guild chose in Discord. */
  readonly locale?: string;
  readonly agents: Readonly<Record<string, AgentPolicy>>;
  /** Roles whose members no agent may touch. */
  readonly staffRoleIds: readonly string[];
  readonly quota: {
    readonly perRule: Quota;
    readonly perModerator: Quota;
    /** Everything the house does in the guild, whoever decided it; without it only the other two count. */
    readonly perGuild?: Quota;
  };
  /** How long the words a measure rests on are kept; `EVIDENCE_DAYS` where nothing is said. */
  readonly evidenceDays?: number;
  readonly approval: ApprovalPolicy;
  /** The starting point it was made from, by its name. */
  readonly preset?: string;
  /** A file in config/guilds holds, whatever is stored. */
  readonly isKeptInFile?: true;
  /** A rule that would have hit a larger part of the last day's messages asks before it goes live; `CONFIRM_ABOVE` where nothing is said. */
  readonly confirmAbove?: number;
  /** The stored choices it was made from; a guild with a file of its own, or without choices, has none. */
  readonly version?: number;
  /** Why the stored choices could not be read; the house's defaults stand in for them. */
  readonly problem?: string;
  /** Bots and webhooks whose messages agents hear like a member's; those of all others are journaled only. */
  readonly otherBots?: readonly string[];
  /** Where the house tells staff what they should know; without it the owner is told by DM. */
  readonly noticeChannelId?: string;
  /** So many commands, buttons and forms in a minute are too many of one member; `USES_PER_MINUTE` where nothing is said. */
  readonly usesPerMinute?: number;
  /** Below this, an agent's measure is not carried out. */
  readonly minimumConfidence: number;
  readonly budget: ModelBudget;
}

/** Nobody reads and presses faster than this for long; whoever does is no longer somebody. */
export const USES_PER_MINUTE = 30;

/** A rule that meets one message in fifty is more often a mistake than a community like that. */
export const CONFIRM_ABOVE = 0.02;

/** One setting of a guild's document, by its path; without a value it goes, and what lies below it holds again. */
export interface PolicyChange {
  readonly path: readonly string[];
  readonly value?: unknown;
}

/** A starting point for a kind of community: what it is called, and for whom it is. */
export interface PolicyPreset {
  readonly name: string;
  readonly title: Spoken;
  readonly about: Spoken;
}

/** Who reads and writes the documents guilds choose by. */
export interface PolicyKeeper {
  /** What a guild would have chosen by this document; throws a ConfigurationError that names line, column and remedy. */
  check(guildId: string, document: string): GuildPolicy;
  /** A document with these settings changed and everything else as it was; what it then says is for `check`. */
  amend(document: string, changes: readonly PolicyChange[]): string;
  readonly presets: readonly PolicyPreset[];
}

/** What holds in a guild at this moment, and what it may start from. */
export interface InForce {
  readonly policy: GuildPolicy;
  /** Who chose it, where it is kept in the house. */
  readonly by?: string;
  readonly presets: readonly PolicyPreset[];
}

export const EVIDENCE_DAYS = 90;
