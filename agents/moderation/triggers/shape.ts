import type { Triggers } from "../config.ts";
import { COUNTED, EXACT } from "../findings.ts";
import type { Trigger } from "./text.ts";

const ASCII = /^[\t-\r -~]*$/;
const CAPITAL = /\p{Lu}/gu;
const CASED = /[\p{Lu}\p{Ll}]/gu;

/** Scripts without capitals never shout: only letters that come in two sizes are counted. */
export function capitalsTrigger({ share, minimumLength }: NonNullable<Triggers["capitals"]>): Trigger {
  return ({ text }) => {
    if (text.length < minimumLength) return undefined;
    const [capitals, letters] = ASCII.test(text) ? asciiLetters(text) : [counted(text, CAPITAL), counted(text, CASED)];
    if (letters < minimumLength || capitals < letters * share) return undefined;
    return { reason: "capitals", facts: { percent: Math.round((capitals / letters) * 100) }, confidence: COUNTED };
  };
}

function asciiLetters(text: string): readonly [number, number] {
  let [capitals, small] = [0, 0];
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit >= 65 && unit <= 90) capitals++;
    else if (unit >= 97 && unit <= 122) small++;
  }
  return [capitals, capitals + small];
}

const counted = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

const EMOJI =
  /<a?:\w+:\d+>|\p{Regional_Indicator}{2}|\p{Extended_Pictographic}(?:\ufe0f|\u200d\p{Extended_Pictographic}|\p{Emoji_Modifier})*/gu;

export function emojiTrigger({ count: most }: NonNullable<Triggers["emoji"]>): Trigger {
  return ({ text }) => {
    if (text.length < most || (ASCII.test(text) && !text.includes("<"))) return undefined;
    const count = counted(text, EMOJI);
    return count < most ? undefined : { reason: "emoji", facts: { count }, confidence: COUNTED };
  };
}

export function lengthTrigger({ characters = Infinity, lines = Infinity }: NonNullable<Triggers["length"]>): Trigger {
  return ({ text, length }) => {
    if (length >= characters) return { reason: "characters", facts: { count: length }, confidence: EXACT };
    if (text.length < lines) return undefined;
    const count = text.split("\n").length;
    return count < lines ? undefined : { reason: "lines", facts: { count }, confidence: EXACT };
  };
}

/** The endings of programs: what a double ending hides. */
const PROGRAMS: ReadonlySet<string> = new Set(
  "apk app bat cmd com dll exe hta jar js jse lnk msi ps1 scr sh vbs wsf".split(" "),
);
const MEGABYTE = 1_000_000;

export function attachmentTrigger(choices: NonNullable<Triggers["attachments"]>): Trigger {
  const { types, doubleEndings, megabytes = Infinity, count: most = Infinity } = choices;
  const refused = new Set(choices.extensions);
  const allowed = new Set(choices.allowedExtensions);
  const isMeant = (ending: string): boolean => refused.has(ending) || (allowed.size > 0 && !allowed.has(ending));
  return ({ attachments }) => {
    if (attachments.length === 0) return undefined;
    if (attachments.length >= most) return { reason: "files", facts: { count: attachments.length }, confidence: EXACT };
    for (const { name, size, contentType } of attachments) {
      const endings = name.toLowerCase().trimEnd().split(".").slice(1);
      const ending = endings.at(-1) ?? "";
      const facts = { name };
      if (isMeant(ending)) return { reason: "file-kind", facts, confidence: EXACT };
      if (doubleEndings && endings.length > 1 && PROGRAMS.has(ending))
        return { reason: "file-disguised", facts, confidence: EXACT };
      if (types.some((type) => isOfType(contentType, type))) return { reason: "file-kind", facts, confidence: EXACT };
      if (size > megabytes * MEGABYTE) return { reason: "file-size", facts: { name, megabytes }, confidence: EXACT };
    }
    return undefined;
  };
}

function isOfType(found: string | undefined, wanted: string): boolean {
  const type = found?.split(";")[0]?.trim().toLowerCase();
  if (type === undefined) return false;
  return wanted.endsWith("/*") ? type.startsWith(wanted.slice(0, -1)) : type === wanted;
}
