import { type Blobs, transcriptKey } from "#core";
import { type Transcript, withoutPerson } from "./document.ts";
import { keep } from "./make.ts";

const decode = (bytes: Uint8Array): Transcript => JSON.parse(new TextDecoder().decode(bytes)) as Transcript;

/** Undefined where there is none, or none any more. */
export async function readTranscript(blobs: Blobs, guildId: string, number: number): Promise<Transcript | undefined> {
  const blob = await blobs.guild(guildId).get(transcriptKey(number));
  return blob === undefined ? undefined : decode(blob.bytes);
}

/** A member's own tickets go; in others' their words, files, name and id do. How many were changed or removed. */
export async function eraseFromTranscripts(blobs: Blobs, guildId: string, userId: string): Promise<number> {
  const guild = blobs.guild(guildId);
  const found = (await guild.about(userId)).filter(({ key }) => key.startsWith(transcriptKey(0).slice(0, -1)));
  for (const { key, expiresAt } of found) {
    const blob = await guild.get(key);
    if (blob === undefined) continue;
    const transcript = decode(blob.bytes);
    if (transcript.opener.userId === userId) await guild.delete(key);
    else await keep(blobs, guildId, withoutPerson(transcript, userId), expiresAt);
  }
  return found.length;
}
