/** One thing that was looked at: how it stands, and what to do where it does not stand well. */
export interface Finding {
  /** What it is about: `token`, `intents`, `database`, or a guild's name. */
  readonly about: string;
  /** *weaker*: it works, and less well than it could. */
  readonly state: "ok" | "weaker" | "broken";
  readonly what: string;
  readonly fix?: string;
  readonly guildId?: string;
}

export const fine = (about: string, what: string): Finding => ({ about, state: "ok", what });
export const weaker = (about: string, what: string, fix: string): Finding => ({ about, state: "weaker", what, fix });
export const broken = (about: string, what: string, fix: string): Finding => ({ about, state: "broken", what, fix });
