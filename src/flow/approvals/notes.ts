import type { Card, EventOf, Write } from "#core";
import type { HouseLook } from "../decide/look.ts";
import { NOTHING, type HouseSays } from "../house/says.ts";
import { order, put } from "./faces.ts";

export type Said = EventOf<"chat.said">;

/** Answers in the chat where something was said. */
export function reply(event: Said, card: Card, writes: readonly Write[] = []): HouseSays {
  const place = { face: "telegram" as const, chatId: event.chatId };
  return { ...NOTHING, house: [put(order(`say:${event.id}`, 0, { verb: "card.show", place, card }, event))], writes };
}

/** A card that only says something, in the guild's language and by its clock. */
export function note(look: HouseLook, title: string, ...fields: Card["fields"]): Card {
  const { timeZone } = look.read("choices");
  const { locale } = look.guild();
  return { locale, ...(timeZone !== undefined && { timeZone }), title, fields, evidence: [], buttons: [] };
}
