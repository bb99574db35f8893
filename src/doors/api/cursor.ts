import { z } from "zod";
import { Refusal } from "./problems.ts";

const Place = z.object({ at: z.number(), id: z.string() });

/** A place in the journal as a word nobody should take apart. */
export function cursorText(place: z.output<typeof Place>): string {
  return Buffer.from(JSON.stringify(place)).toString("base64url");
}

export function cursorFrom(text: string): z.output<typeof Place> {
  try {
    return Place.parse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")));
  } catch (cause) {
    throw new Refusal(400, "invalid", "cursor: give back the `next` of an earlier page", { cause });
  }
}
