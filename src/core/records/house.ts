import type { InteractionHandle } from "../facts.ts";

/** What the house keeps for itself, and what belongs to no single agent. */
export interface HouseRecords {
  /** What stood there before a change that will be undone; key: the verb and what it was done to. Written by the house. */
  readonly before: { readonly value: unknown; readonly at: number };
  /** Who is in voice where, kept by the house and read with `voiceBefore`; key: user id. */
  readonly voice: { readonly channelId: string; readonly since: number; readonly confirmedAt: number };
  readonly voiceKnown: { readonly since: number };
  /** The chat outside of Discord in which approvals are shown; key: the face. */
  readonly chat: {
    readonly chatId: string;
    /** Who bound it with a code: may answer from then on. */
    readonly by?: string;
    readonly at: number;
    /** Ids the chat had before. */
    readonly before: readonly string[];
    readonly mutedUntil?: number;
  };
  /** A code that binds a chat, once; key: its hash. */
  readonly invitation: { readonly expiresAt: number };
  /** What the guild was told does not work, by the cause's key: nobody is told twice. Kept by the house; key: "guild". */
  readonly standing: { readonly told: Readonly<Record<string, string>> };
  /** What somebody has picked in the set-up and not chosen yet; key: their user id. */
  readonly setup: SetupDraft;
  /** In which zone a member says times; key: user id. Any agent may read it. */
  readonly zone: { readonly zone: string };
  /** A free note of an agent's own; key: chosen by the agent, prefixed with its name. */
  readonly note: { readonly text: string; readonly at: number };
}

/** A set-up under way. Whoever left it finds it as it was. */
export interface SetupDraft {
  /** From 1 to 5. */
  readonly step: number;
  readonly picks: {
    readonly preset?: string;
    readonly notices?: string;
    readonly exempt: readonly string[];
    readonly staff: readonly string[];
    readonly cards?: string;
    readonly approvers: readonly string[];
  };
  /** Its choices were handed in: by this answer whoever waits is told what became of them. */
  readonly waiting?: { readonly interaction: InteractionHandle; readonly at: number };
}
