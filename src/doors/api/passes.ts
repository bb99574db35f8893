import { type BoardLink, TRANSCRIPT_READERS, type TranscriptPass } from "#core";
import { z } from "zod";
import { createSigner, type Unsigned } from "./signed.ts";

const transcriptFacts = z.tuple([z.string(), z.number(), z.string(), z.enum(TRANSCRIPT_READERS)]);
const boardFacts = z.tuple([z.string(), z.string()]);

type Wrong = { readonly wrong: Unsigned };

export interface Passes {
  /** Where one person reads one transcript, for a while. */
  pathFor(guildId: string, pass: TranscriptPass): string;
  read(text: string, now: number): { readonly guildId: string; readonly pass: Omit<TranscriptPass, "until"> } | Wrong;
  /** Where anybody who has it reads a guild's leaderboard. */
  boardPath(guildId: string, link: Omit<BoardLink, "label">): string;
  readBoard(text: string, now: number): { readonly guildId: string; readonly edition: string } | Wrong;
}

/** Links that open by themselves. They end with the house's access token: a new one makes all of them void. */
export function createPasses(secret: string): Passes {
  const transcripts = createSigner(secret, "transcripts");
  const boards = createSigner(secret, "leaderboards");
  return {
    pathFor: (guildId, { number, userId, as, until }) =>
      `/transcripts/${transcripts.sign([guildId, number, userId, as], until)}`,
    read(text, now) {
      const found = transcripts.read(text, now);
      if ("wrong" in found) return found;
      const parsed = transcriptFacts.safeParse(found.facts);
      if (!parsed.success) return { wrong: "forged" };
      const [guildId, number, userId, as] = parsed.data;
      return { guildId, pass: { number, userId, as } };
    },
    boardPath: (guildId, { edition, until }) => `/leaderboard/${boards.sign([guildId, edition], until)}`,
    readBoard(text, now) {
      const found = boards.read(text, now);
      if ("wrong" in found) return found;
      const parsed = boardFacts.safeParse(found.facts);
      return parsed.success ? { guildId: parsed.data[0], edition: parsed.data[1] } : { wrong: "forged" };
    },
  };
}
