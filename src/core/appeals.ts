import { customId, type Row } from "./components.ts";
import { HOUSE_WORDS } from "./house-words.ts";

/** Whoever hears appeals, and what its button is called: where it is live, each measure is told with a way to object to it. */
export const APPEALS = { agent: "casework", button: "appeal" } as const;

/** What somebody has to say: long enough to be about something, and short enough for a card. */
export const APPEAL_LENGTH = { least: 10, most: 1_500 } as const;

/** A direct message belongs to no guild, so the button says itself in which one its case lies. The number is filled in later. */
export function appealRow(guildId: string, locale: string): Row {
  const id = customId(APPEALS.agent, APPEALS.button, guildId, "{case}");
  return [{ component: "button", customId: id, label: HOUSE_WORDS.say(locale, "appeal") }];
}
