import type { InteractionHandle } from "../facts.ts";

/** How members earn points. */
export interface LevelsRecords {
  /** How a member earns points; key: user id (agents/levels). */
  readonly levelling: {
    readonly at: number;
    readonly day: number;
    readonly messages: number;
    readonly voiceMinutes: number;
    readonly threads: number;
    readonly reactors: readonly string[];
    readonly texts: readonly string[];
    readonly gaps: string;
    readonly hours: number;
    readonly company: string;
    /** Since they first earned. */
    readonly sums: Readonly<Record<"messages" | "reactions" | "voiceMinutes" | "threads" | "thanks", number>>;
    /** Days in a row with a message that earned, up to the day of the last; as many were missed in between as `spared` says. */
    readonly streak: { readonly days: number; readonly day: number; readonly spared: number };
    /** Achievements by their name, and when they were reached. */
    readonly badges: Readonly<Record<string, number>>;
    /** Whom they thanked today. */
    readonly thanked: readonly string[];
    /** The highest level they were told of, and their roles were given for. */
    readonly told: number;
    /** They are on no leaderboard. */
    readonly hidden?: true;
    /** As the guild called them when they last earned: for the page, and kept only where there is one. */
    readonly name?: string;
    /** Points came while they were away: the roles of their level come with their next message. */
    readonly rolesDue?: true;
    /** When they last took part otherwise than by a message. */
    readonly seen?: number;
    /** How many events they attended have earned. */
    readonly attended?: number;
    /** Up to when what idleness costs was taken off. */
    readonly fadedTo?: number;
  };
  /** Points from a file, until all are counted; key: the id of the interaction that gave it. */
  readonly pointImport: {
    readonly name: string;
    readonly mode: "set" | "add";
    readonly by: string;
    readonly interaction: InteractionHandle;
    readonly at: number;
    /** `id:points`, and so on; nothing while the file is being fetched. */
    readonly rows: string;
    readonly members: number;
    readonly digest: string;
    /** How many are counted, once it was confirmed. */
    readonly from?: number;
  };
  /** A file whose points were taken; key: a hash of its rows. */
  readonly pointsImported: {
    readonly at: number;
    readonly by: string;
    readonly name: string;
    readonly mode: "set" | "add";
    readonly members: number;
  };
  /** Who earned last in a channel; key: channel id. */
  readonly earner: { readonly userId: string };
  /** Who is in a voice channel, and for how many seconds each has earned there; key: channel id. */
  readonly voiceRoom: {
    /** Since when it is as it is. */
    readonly since: number;
    readonly members: Readonly<Record<string, { readonly earns: boolean; readonly seconds: number }>>;
  };
}
