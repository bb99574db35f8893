import { type Language, LANGUAGES, type Spoken, spokenIn } from "#core";

/** Under which of Discord's locales each language is offered; English is what stands without any. */
const LOCALES: Readonly<Record<Language, readonly string[]>> = {
  en: [],
  de: ["de"],
  es: ["es-ES", "es-419"],
  fr: ["fr"],
  "pt-BR": ["pt-BR"],
};

export type Localisations = Readonly<Record<string, string>> | null;

/** What differs from English, by Discord's locales; null where nothing does. */
export function localisationsOf(text: Spoken): Localisations {
  const english = spokenIn(text, "en");
  const entries = LANGUAGES.flatMap((language) => {
    const spoken = spokenIn(text, language);
    return spoken === english ? [] : LOCALES[language].map((locale): [string, string] => [locale, spoken]);
  });
  return entries.length === 0 ? null : Object.fromEntries(entries);
}

/** One word of a spoken name: the verb of "case view" in every language. */
export function wordOf(text: Spoken, index: number): Spoken {
  const word = (name: string): string => name.split(" ")[index] ?? "";
  if (typeof text === "string") return word(text);
  return Object.fromEntries(Object.entries(text).map(([language, name]) => [language, word(name)])) as Spoken;
}
