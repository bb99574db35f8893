/** What the house speaks. A sixth language is a line here and a file beside each of the others. */
export const LANGUAGES = ["en", "de", "es", "fr", "pt-BR"] as const;
export type Language = (typeof LANGUAGES)[number];

/** One text in several languages; a plain string is the same in all of them. */
export type Spoken = string | ({ readonly en: string } & Readonly<Partial<Record<Language, string>>>);

/** The language to answer a locale in: `es-419` is Spanish, `pt` the Portuguese we have, and whatever is not spoken English. */
export function languageOf(locale: string | undefined): Language {
  const wanted = (locale ?? "").toLowerCase();
  const family = wanted.split("-")[0];
  return (
    LANGUAGES.find((language) => language.toLowerCase() === wanted) ??
    LANGUAGES.find((language) => language.split("-")[0] === family) ??
    "en"
  );
}

export function spokenIn(text: Spoken, language: Language): string {
  return typeof text === "string" ? text : (text[language] ?? text.en);
}
