import { catalogue, type CardText, filledIn, plainText, type Spoken } from "#core";
import de from "./locales/de.json" with { type: "json" };
import en from "./locales/en.json" with { type: "json" };
import es from "./locales/es.json" with { type: "json" };
import fr from "./locales/fr.json" with { type: "json" };
import ptBR from "./locales/pt-BR.json" with { type: "json" };

const CATALOGUE = catalogue({ en, de, es, fr, "pt-BR": ptBR });

export type Key = keyof typeof en;
type Values = Readonly<Record<string, CardText | number>>;

/** What a card or an answer says, in the guild's language or the reader's; `count` chooses the form of a plural. */
export function say(locale: string | undefined, key: Key, values: Values = {}): CardText {
  const { count } = values;
  const template = CATALOGUE.say(locale, key, typeof count === "number" ? { count } : {});
  return filledIn(template, values);
}

/** The same where no moments are in it. */
export function text(locale: string | undefined, key: Key, values: Values = {}): string {
  return plainText(say(locale, key, values), locale === undefined ? {} : { locale });
}

/** Where the case is named, once it has its number. */
export function caseMention(locale: string | undefined): CardText {
  return [{ numbered: text(locale, "case") }];
}

/** For forms, which each reader is shown in their own language. */
export function spoken(key: Key): Spoken {
  return CATALOGUE.every(key);
}

const [HOUR, DAY] = [60, 1_440];

export function lengthIn(locale: string | undefined, minutes: number): string {
  if (minutes % DAY === 0) return text(locale, "length.days", { count: minutes / DAY });
  if (minutes % HOUR === 0) return text(locale, "length.hours", { count: minutes / HOUR });
  return text(locale, "length.minutes", { count: minutes });
}

export function capital(words: string): string {
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
