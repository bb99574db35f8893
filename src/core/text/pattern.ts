import { RE2JS } from "re2js";
import { repetitionIn } from "./repetition.ts";

/** The first part of a text that fits a pattern, or `undefined`. */
export type Pattern = (text: string) => string | undefined;

export const LONGEST_PATTERN = 300;

/**
 * A pattern somebody wrote, read by an engine whose time grows with the text and never with its shape: no native `RegExp` ever
 * runs it. Capitals make no difference unless it says `(?-i)`.
 */
export function patternOf(source: string): Pattern {
  const pattern = RE2JS.compile(source, RE2JS.CASE_INSENSITIVE);
  return (text) => {
    if (!pattern.test(text)) return undefined;
    const matcher = pattern.matcher(text);
    return matcher.find() ? (matcher.group() ?? "") : undefined;
  };
}

/** Why a pattern cannot be used, in one clause with the remedy; `undefined` where it can. */
export function patternMistake(source: string): string | undefined {
  if (source.length > LONGEST_PATTERN) return `a pattern of at most ${LONGEST_PATTERN} characters; make it several`;
  const reason = refusedBecause(source);
  if (reason !== undefined) return `a pattern of the RE2 kind, without look-around and back-references (${reason})`;
  const repeated = repetitionIn(source);
  if (repeated !== undefined)
    return `a pattern that ends: ${repeated} repeats what already repeats, and can be read in endlessly many ways; repeat it once`;
  if (patternOf(source)("") !== undefined) return "a pattern that does not fit every text, as this one does";
  return undefined;
}

function refusedBecause(source: string): string | undefined {
  try {
    RE2JS.compile(source);
    return undefined;
  } catch (error) {
    return (error as Error).message.replace(/^error parsing regexp: /, "");
  }
}
