import type { Language } from "../language.ts";
import type { WallClock } from "./zones.ts";

const TWO = (value: number): string => String(value).padStart(2, "0");

/**
 * Dates and times in digits, spelled the one way every reader takes: `24.12.` and `24/12` in day's order where the language has
 * it, `19 Uhr` and `19h30` with a colon. Undefined for a date that no calendar has.
 */
export function numbersSpelled(text: string, language: Language, today: WallClock): string | undefined {
  let impossible = false;
  const iso = (year: number, month: number, day: number): string => {
    if (!isDate(year, month, day)) impossible = true;
    return ` ${year}-${TWO(month)}-${TWO(day)} `;
  };
  const forward = (month: number, day: number): number =>
    month * 100 + day < today.month * 100 + today.day ? today.year + 1 : today.year;
  const dated = hoursSpelled(text, language)
    .replaceAll(/\b(\d{4})-(\d{1,2})-(\d{1,2})\b(?:T(?=\d))?/g, (_all, y: string, m: string, d: string) =>
      iso(+y, +m, +d),
    )
    .replaceAll(
      language === "en" ? /\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b/g : /\b(\d{1,2})[./](\d{1,2})[./](\d{4})\b/g,
      (_all, d: string, m: string, y: string) => iso(+y, +m, +d),
    );
  const short =
    language === "en"
      ? dated
      : dated.replaceAll(
          /(?<![\d:./-])(\d{1,2})[./](\d{1,2})(?:\.(?!\d)|(?![\d./:h]))/g,
          (_all, d: string, m: string) => iso(forward(+m, +d), +m, +d),
        );
  if (impossible) return undefined;
  return clocked(short, language).replaceAll(/\s+/g, " ").trim();
}

/** From one to twelve. */
const HOUR_WORDS: Readonly<Record<Language, string>> = {
  en: "one two three four five six seven eight nine ten eleven twelve",
  de: "eins|ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
  es: "una dos tres cuatro cinco seis siete ocho nueve diez once doce",
  fr: "une deux trois quatre cinq six sept huit neuf dix onze douze",
  "pt-BR": "uma duas três quatro cinco seis sete oito nove dez onze doze",
};
const BEFORE_HOURS: Readonly<Record<Language, string>> = {
  en: "at",
  de: "um",
  es: "a las?",
  fr: "à",
  "pt-BR": "às?|à",
};

/** "at nine", "um neun Uhr", "à neuf heures": in digits. Other numbers in words stay as they are. */
function hoursSpelled(text: string, language: Language): string {
  const names = HOUR_WORDS[language].split(" ");
  const pattern = `(?<!\\p{L})(${BEFORE_HOURS[language]})\\s+(${names.join("|")})(?!\\p{L})(?!\\s*\\d)`;
  return text.replaceAll(new RegExp(pattern, "giu"), (_all, before: string, word: string) => {
    const hour = names.findIndex((name) => name.split("|").includes(word.toLowerCase())) + 1;
    return `${before} ${hour}`;
  });
}

/** `19 Uhr`, `19 Uhr 30`, `19h`, `19h30`, `19 horas`: with a colon. */
function clocked(text: string, language: Language): string {
  const colon = (_all: string, hour: string, minute?: string): string => `${hour}:${minute ?? "00"}`;
  switch (language) {
    case "de":
      return text.replaceAll(
        /\b(\d{1,2})(?::(\d{2}))?\s*uhr(?:\s*(\d{2})\b)?/gi,
        (_all, hour: string, one?: string, two?: string) => colon("", hour, one ?? two),
      );
    case "fr":
    case "pt-BR":
    case "es":
      return text.replaceAll(
        /(?<!\b(?:in|en|em|dans|daqui a)\s)\b(\d{1,2})\s*(?:h|hs|horas|heures)(?:\s*(\d{2}))?\b/gi,
        colon,
      );
    default:
      return text;
  }
}

function isDate(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

const PORTUGUESE: readonly (readonly [RegExp, string])[] = [
  [/\bdepois de amanhã\b/giu, "in 2 days"],
  [/(?<!\p{L})amanhã(?!\p{L})/giu, "tomorrow"],
  [/\bhoje\b/gi, "today"],
  [/\bontem\b/gi, "yesterday"],
  [/\bmeio[- ]dia\b/gi, "12:00"],
  [/\bmeia[- ]noite\b/gi, "00:00"],
  [/\b(?:d?aqui a|em|dentro de) (\d+) minutos?\b/gi, "in $1 minutes"],
  [/\b(?:d?aqui a|em|dentro de) (\d+) horas?\b/gi, "in $1 hours"],
  [/\b(?:d?aqui a|em|dentro de) (\d+) dias?\b/gi, "in $1 days"],
  [/\b(?:d?aqui a|em|dentro de) (\d+) semanas?\b/gi, "in $1 weeks"],
  [/\bsegunda(?:[- ]feira)?\b/gi, "monday"],
  [/(?<!\p{L})terça(?:[- ]feira)?\b/giu, "tuesday"],
  [/\bquarta(?:[- ]feira)?\b/gi, "wednesday"],
  [/\bquinta(?:[- ]feira)?\b/gi, "thursday"],
  [/\bsexta(?:[- ]feira)?\b/gi, "friday"],
  [/(?<!\p{L})sábado\b/giu, "saturday"],
  [/\bdomingo\b/gi, "sunday"],
  [/\b(\p{L}+day) que vem\b/giu, "next $1"],
  [/(?<!\p{L})pr[óo]xim[ao] (\p{L}+day)\b/giu, "next $1"],
  [/\bjaneiro\b/gi, "january"],
  [/\bfevereiro\b/gi, "february"],
  [/\bmarço\b/giu, "march"],
  [/\babril\b/gi, "april"],
  [/\bmaio\b/gi, "may"],
  [/\bjunho\b/gi, "june"],
  [/\bjulho\b/gi, "july"],
  [/\bagosto\b/gi, "august"],
  [/\bsetembro\b/gi, "september"],
  [/\boutubro\b/gi, "october"],
  [/\bnovembro\b/gi, "november"],
  [/\bdezembro\b/gi, "december"],
  [/\bda manhã(?!\p{L})/giu, "am"],
  [/\bda (?:tarde|noite)\b/gi, "pm"],
  [/\b(?:das|de) (\d{1,2}:\d{2}) (?:às|até as|até às|a) /giu, "$1 to "],
  [/(?<!\p{L})(?:às|as|à)(?!\p{L})/giu, "at"],
  [/(?<!\p{L})até(?!\p{L})/giu, "to"],
  [/\b(\d{1,2}) de (\p{L}+)(?: de (\d{4}))?/giu, "$1 $2 $3"],
];

/** The library's Portuguese lacks most of what people say; its English does not. */
export function portugueseInEnglish(text: string): string {
  return PORTUGUESE.reduce((said, [pattern, word]) => said.replaceAll(pattern, word), text);
}

const HOURS = /^(?:h|hs|hrs?|hours?|std|stunden?|horas?|heures?)$/;
const MINUTES = /^(?:m|min|mins|minutes?|minuten?|minutos?)$/;
const DAYS = /^(?:d|days?|tage?n?|d[ií]as?|jours?|j)$/;

/** "2h", "90", "1:30", "1h30", "2 Stunden 15 Minuten": minutes, or undefined for what is no length of time. */
export function minutesWritten(text: string): number | undefined {
  const said = text.trim().toLowerCase().replaceAll(",", ".");
  const clock = /^(\d{1,3}):([0-5]\d)$/.exec(said) ?? /^(\d{1,3})\s*h\s*([0-5]\d)$/.exec(said);
  if (clock !== null) return Number(clock[1]) * 60 + Number(clock[2]);
  if (/^\d{1,5}$/.test(said)) return Number(said);
  const parts = [...said.matchAll(/(\d{1,5}(?:\.\d{1,2})?)\s*(\p{L}+)\.?\s*(?:and|und|et|y|e)?\s*/giu)];
  if (parts.length === 0 || parts.map(([all]) => all).join("") !== said) return undefined;
  const minutes = parts.map(([, count, unit = ""]) => Number(count) * unitOf(unit));
  return minutes.some(Number.isNaN) ? undefined : Math.round(minutes.reduce((sum, one) => sum + one, 0));
}

function unitOf(unit: string): number {
  if (HOURS.test(unit)) return 60;
  if (MINUTES.test(unit)) return 1;
  return DAYS.test(unit) ? 1_440 : Number.NaN;
}
