import { type Language, languageOf, LANGUAGES, type Spoken } from "./language.ts";

/** A text with a number in it that changes its words: chosen by `{count}`, by the language's own rules. */
export type Plural = { readonly other: string } & Readonly<Partial<Record<Intl.LDMLPluralRule, string>>>;
export type Texts = Readonly<Record<string, string | Plural>>;
export type Values = Readonly<Record<string, string | number>>;

type Translated<T extends Texts> = { readonly [K in keyof T]: string | Plural };
type Translations<T extends Texts> = { readonly en: T } & {
  readonly [L in Exclude<Language, "en">]?: Translated<NoInfer<T>>;
};

export interface Catalogue<K extends string> {
  /** The text in the reader's language. What is left unnamed in `values` stays as it stands: `{case}` is filled later. */
  say(locale: string | undefined, key: K, values?: Values): string;
  /** The text in every language, for what Discord translates by itself: names and descriptions of commands. */
  every(key: K, values?: Values): Spoken;
}

const plurals = new Map<Language, Intl.PluralRules>();

/** Texts by key, one plain file a language. What a language lacks does not compile; what it has too much a test finds. */
export function catalogue<const T extends Texts>(languages: Translations<T>): Catalogue<keyof T & string> {
  const textOf = (language: Language, key: string, values: Values): string => {
    const texts = languages[language] as Texts | undefined;
    const own = texts?.[key];
    const text = own ?? languages.en[key]!;
    return filled(typeof text === "string" ? text : formOf(text, own === undefined ? "en" : language, values), values);
  };
  return {
    say: (locale, key, values = {}) => textOf(languageOf(locale), key, values),
    every: (key, values = {}) => {
      const spoken = LANGUAGES.filter((language) => languages[language] !== undefined);
      const texts = spoken.map((language) => [language, textOf(language, key, values)]);
      return Object.fromEntries(texts) as Exclude<Spoken, string>;
    },
  };
}

function formOf(plural: Plural, language: Language, { count }: Values): string {
  if (typeof count !== "number") return plural.other;
  const rules = plurals.get(language) ?? new Intl.PluralRules(language);
  plurals.set(language, rules);
  return plural[rules.select(count)] ?? plural.other;
}

/** One pass: a value that looks like a placeholder is a value. */
function filled(text: string, values: Values): string {
  return text.replace(/\{([\w-]+)\}/g, (placeholder, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : placeholder,
  );
}
