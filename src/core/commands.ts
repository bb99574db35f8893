import type { Spoken } from "./language.ts";
import type { PermissionName } from "./permissions.ts";

/**
 * How whoever used something is answered: seen by them alone, by all, by a change of the message the button is on, or with
 * a form. It is declared, because Discord must be told within seconds, before anybody has decided anything.
 */
export type ReplyKind = "ephemeral" | "public" | "update" | "modal";

export interface Choice {
  readonly name: Spoken;
  readonly value: string | number;
}

interface OptionFacts {
  readonly name: string;
  /** The name as members see it, where it is not the same in every language. */
  readonly names?: Spoken;
  readonly description: Spoken;
  readonly required?: boolean;
}

interface Chosen {
  readonly choices?: readonly Choice[];
  /** Answered keystroke by keystroke by the agent's `suggest`. */
  readonly autocomplete?: boolean;
}

export const CHANNEL_KINDS = ["text", "voice", "category", "announcement", "thread", "stage", "forum"] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

export type CommandOption = OptionFacts &
  (
    | ({ readonly type: "text"; readonly minLength?: number; readonly maxLength?: number } & Chosen)
    | ({ readonly type: "integer" | "number"; readonly min?: number; readonly max?: number } & Chosen)
    | { readonly type: "channel"; readonly channels?: readonly ChannelKind[] }
    | { readonly type: "boolean" | "member" | "role" | "attachment" | "mentionable" }
  );

/** Seconds between two uses, by one member and in the whole guild; at most 600. */
export interface Cooldown {
  readonly memberSeconds?: number;
  readonly guildSeconds?: number;
}

export const LONGEST_COOLDOWN_SECONDS = 600;

/** What commands, buttons and forms have in common. */
interface Usable {
  readonly name: string;
  /** Whoever lacks one of these is refused; Discord also hides a command from them. */
  readonly needs?: readonly PermissionName[];
  readonly cooldown?: Cooldown;
}

/** Answers at once, or with one of the agent's forms, named by `opens`. */
type Answered<R extends ReplyKind> =
  { readonly reply: Exclude<R, "modal">; readonly opens?: never } | { readonly reply: "modal"; readonly opens: string };

/** `warn`, or noun and verb: `case view`. What stands in `names` has as many words. */
export type SlashCommand = Usable &
  Answered<"ephemeral" | "public" | "modal"> & {
    readonly on?: never;
    readonly names?: Spoken;
    readonly description: Spoken;
    readonly options: readonly CommandOption[];
  };

/** An entry in the menu of a member or of a message, handed over as the option `member` or `message`. */
export type MenuCommand = Usable &
  Answered<"ephemeral" | "public" | "modal"> & {
    readonly on: "member" | "message";
    readonly names?: Spoken;
  };

export type CommandSpec = SlashCommand | MenuCommand;

/** A button or a select, by the name in its custom id. */
export type ButtonSpec = Usable & Answered<ReplyKind>;

interface FieldFacts {
  readonly name: string;
  readonly label: Spoken;
  readonly description?: Spoken;
  readonly required?: boolean;
}

export type ModalField = FieldFacts &
  (
    | {
        readonly field: "short" | "paragraph";
        readonly placeholder?: Spoken;
        readonly minLength?: number;
        readonly maxLength?: number;
      }
    | { readonly field: "choice"; readonly choices: readonly Choice[]; readonly atMost?: number }
    | { readonly field: "member" | "role" | "channel" | "mentionable"; readonly atMost?: number }
  );

/**
 * A form, opened without asking any agent, because it must be the first answer. What it is about travels in its custom id:
 * the ids of the option or the message it was opened for, what its button carried, or what was chosen in its select.
 */
export interface ModalSpec extends Usable {
  readonly title: Spoken;
  readonly fields: readonly ModalField[];
  readonly reply: "ephemeral" | "public" | "update";
}

/** A form that is about to be opened: whose it is, and what it is about. */
export interface FormOpening {
  readonly agent: string;
  readonly form: string;
  readonly args: readonly string[];
}

/** What somebody is typing, while they type it. */
export interface Typing {
  readonly command: string;
  readonly option: string;
  readonly partial: string;
  readonly userId: string;
  readonly locale: string;
}

export const MOST_CHOICES = 25;
