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
  /** Discord's number for the kind of channel; the page shows those one can write in. */
  readonly type: number;
  readonly topic?: string;
  /** Of a thread: the channel it belongs to. */
  readonly parentId?: string;
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
  /** What can be pressed or chosen under it. */
  readonly parts?: readonly DemoPart[];
  readonly pictures?: readonly { readonly id: string; readonly description: string }[];
}

export interface DemoChoice {
  readonly value: string;
  readonly label: string;
}

export type DemoPart =
  | {
      readonly kind: "button";
      readonly customId: string;
      readonly label: string;
      readonly look: "main" | "plain" | "danger";
      readonly disabled?: boolean;
    }
  | { readonly kind: "link"; readonly url: string; readonly label: string }
  | {
      readonly kind: "menu";
      readonly customId: string;
      readonly label: string;
      readonly atMost: number;
      readonly choices: readonly DemoChoice[];
    };

/** A form that the bot answered with. */
export interface DemoForm {
  readonly title: string;
  readonly fields: readonly DemoField[];
}

export interface DemoField {
  readonly name: string;
  readonly label: string;
  readonly about?: string;
  readonly kind: "line" | "text" | "choice";
  readonly required: boolean;
  readonly value?: string;
  readonly longest?: number;
  readonly atMost?: number;
  readonly choices?: readonly DemoChoice[];
}

/** What somebody set off; a form, where the bot wants to know more first. */
export interface DemoUse {
  readonly interactionId: string;
  readonly form?: DemoForm;
}

export interface DemoCommand {
  /** With its subcommand: "ticket open". */
  readonly name: string;
  readonly description: string;
  readonly options: readonly {
    readonly name: string;
    readonly description: string;
    readonly type: "text" | "number" | "boolean" | "member";
    readonly required?: boolean;
    /** Where one of these has to be chosen: a channel, a role, a fixed list. */
    readonly choices?: readonly DemoChoice[];
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
  }): Promise<DemoUse>;
  /** A button, or a menu with what was chosen in it, under any message the member sees. */
  press(input: {
    memberId: string;
    channelId: string;
    messageId: string;
    customId: string;
    values?: readonly string[];
  }): Promise<DemoUse>;
  /** The form an interaction was answered with. */
  fill(input: {
    interactionId: string;
    fields: Readonly<Record<string, string | readonly string[]>>;
  }): Promise<DemoUse>;
  /** The bytes of a picture that a message shows. */
  picture(id: string): Promise<{ readonly type: string; readonly bytes: Buffer } | undefined>;
  raid(count: number): Promise<void>;
  spamWave(channelId: string): Promise<void>;
  onChange(listener: (change: DemoChange) => void): () => void;
}
