import { z } from "zod";
import { write, type Effect, type Look } from "#core";

/** What stands in Discord's AutoMod for one of the guild's rules: as it was last put there, and Discord's id once it is known. */
const keptSchema = z.object({ print: z.string(), ruleId: z.string().optional(), orderId: z.string().optional() });
const mirrorSchema = z.record(z.string(), keptSchema);

export type Kept = z.infer<typeof keptSchema>;
export type Mirror = Readonly<Record<string, Kept>>;

const KEY = "moderation:automod";

export function mirrorOf(look: Look): Mirror {
  const note = look.record("note", KEY);
  return note === undefined ? {} : mirrorSchema.parse(JSON.parse(note.text));
}

export function keepMirror(mirror: Mirror, at: number): Effect {
  return write({ write: "record.put", record: "note", key: KEY, value: { text: JSON.stringify(mirror), at } });
}
