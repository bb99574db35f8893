import { TRANSCRIPT_READERS, type TranscriptPass } from "#core";
import { z } from "zod";
import { createSigner, type Unsigned } from "./signed.ts";

const factsSchema = z.tuple([z.string(), z.number(), z.string(), z.enum(TRANSCRIPT_READERS)]);

export interface Passes {
  /** Where one person reads one transcript, for a while. */
  pathFor(guildId: string, pass: TranscriptPass): string;
  read(
    text: string,
    now: number,
  ): { readonly guildId: string; readonly pass: Omit<TranscriptPass, "until"> } | { readonly wrong: Unsigned };
}

/** Links to transcripts. They end with the house's access token: a new one makes all of them void. */
export function createPasses(secret: string): Passes {
  const signer = createSigner(secret, "transcripts");
  return {
    pathFor: (guildId, { number, userId, as, until }) =>
      `/transcripts/${signer.sign([guildId, number, userId, as], until)}`,
    read(text, now) {
      const found = signer.read(text, now);
      if ("wrong" in found) return found;
      const parsed = factsSchema.safeParse(found.facts);
      if (!parsed.success) return { wrong: "forged" };
      const [guildId, number, userId, as] = parsed.data;
      return { guildId, pass: { number, userId, as } };
    },
  };
}
