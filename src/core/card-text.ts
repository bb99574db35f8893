import { excerpt } from "./text/excerpt.ts";

/** A point in time, which each face writes in its own way: Discord in the reader's own time zone, others in the guild's. */
export interface Moment {
  readonly at: number;
  readonly as: "day" | "time" | "moment";
}

/** Words that are said only once the case has its number, which takes the place of `{case}`. */
export interface CaseMention {
  readonly numbered: string;
}

export type CardPart = string | Moment | CaseMention;

/** What a card says. Members' words in it are plain text on every face. */
export type CardText = string | readonly CardPart[];

export function partsOf(text: CardText): readonly CardPart[] {
  return typeof text === "string" ? [text] : text;
}

export function joined(...texts: readonly CardText[]): CardText {
  const parts: CardPart[] = [];
  for (const part of texts.flatMap(partsOf)) {
    const last = parts.at(-1);
    if (typeof part === "string" && typeof last === "string") parts[parts.length - 1] = last + part;
    else if (part !== "") parts.push(part);
  }
  return parts.length === 1 && typeof parts[0] === "string" ? parts[0] : parts;
}

/** A text with `{name}`s in it and what stands in their place; whatever is filled in is not looked at again. */
export function filledIn(template: string, values: Readonly<Record<string, CardText | number>>): CardText {
  const parts = template.split(/\{([\w-]+)\}/).map((part, index): CardText => {
    if (index % 2 === 0) return part;
    const value = values[part];
    return typeof value === "number" ? String(value) : (value ?? `{${part}}`);
  });
  return joined(...parts);
}

export function withCaseNumber(text: CardText, caseNumber: number): CardText {
  const fill = (part: CardPart): CardPart =>
    isCaseMention(part) ? part.numbered.replaceAll("{case}", `#${caseNumber}`) : part;
  return joined(partsOf(text).map(fill));
}

export interface Writing {
  readonly locale?: string;
  readonly timeZone?: string;
}

/** For faces that know neither markup nor the reader's clock. */
export function plainText(text: CardText, writing: Writing = {}): string {
  return partsOf(text)
    .map((part) => (typeof part === "string" ? part : isCaseMention(part) ? "" : momentText(part, writing)))
    .join("");
}

const MARKS = /[\\*_~`|>#\-+[\]()<@:]/g;
const STYLES = { day: "d", time: "t", moment: "f" } as const;

/** For Discord: words stand there as they were written, and ping, link and format nothing. */
export function markupText(text: CardText): string {
  return partsOf(text)
    .map((part) => {
      if (typeof part === "string") return part.replaceAll(MARKS, "\\$&");
      return isCaseMention(part) ? "" : `<t:${Math.floor(part.at / 1_000)}:${STYLES[part.as]}>`;
    })
    .join("");
}

export function shortened(text: CardText, length: number): CardText {
  let left = length;
  const parts = partsOf(text).map((part): CardPart => {
    if (typeof part !== "string") return part;
    const cut = excerpt(part, Math.max(1, left));
    left -= cut.length;
    return cut;
  });
  return joined(parts);
}

function isCaseMention(part: CardPart): part is CaseMention {
  return typeof part !== "string" && "numbered" in part;
}

/** A date as everybody reads it, a time of day, and the zone it is meant in. */
function momentText({ at, as }: Moment, { locale = "en", timeZone = "UTC" }: Writing): string {
  const show = (language: string, options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(language, { timeZone, ...options }).format(at);
  const day = show("sv-SE", { year: "numeric", month: "2-digit", day: "2-digit" });
  if (as === "day") return day;
  const clock = show("en-GB", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const zone = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: "short" })
    .formatToParts(at)
    .find(({ type }) => type === "timeZoneName");
  const time = `${clock} ${zone?.value ?? timeZone}`;
  return as === "time" ? time : `${day} ${time}`;
}
