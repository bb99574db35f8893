import { normalise, patternOf, reveal, wordMatcher, type WordMatcher } from "#core/text/index";
import type { Triggers } from "../config.ts";
import { EXACT, UNMASKED, type Hit, type Writing } from "../findings.ts";

/** Made once of a rule's choices; `undefined` where there is nothing to look for. */
export type Trigger = (writing: Writing) => Hit | undefined;

export function wordTrigger({ list, match, disguises }: NonNullable<Triggers["words"]>): Trigger | undefined {
  if (list.length === 0) return undefined;
  if (match === "exact") {
    const exact = wordMatcher(list, { as: (word) => word });
    return ({ text }) => said(exact(text), EXACT);
  }
  const plain = wordMatcher(list, { anywhere: match === "part" });
  if (!disguises) return ({ facts }) => said(plain(facts.normalised), EXACT);
  const squeezed = wordMatcher(list, { as: withoutSpaces, anywhere: match === "part" });
  return ({ facts }) => said(plain(facts.normalised), EXACT) ?? said(unmasked(facts, plain, squeezed), UNMASKED);
}

const withoutSpaces = (word: string): string => reveal(normalise(word)).replaceAll(" ", "");

/** Only where something was undone is there anything else to find; letters that were spaced out come back as one word. */
function unmasked({ normalised, revealed }: Writing["facts"], plain: WordMatcher, squeezed: WordMatcher) {
  if (revealed === normalised) return undefined;
  return plain(revealed) ?? (revealed.length < normalised.length ? squeezed(revealed) : undefined);
}

function said(word: string | undefined, confidence: number): Hit | undefined {
  return word === undefined ? undefined : { reason: "word", facts: { word }, confidence };
}

export function patternTrigger({ list, disguises }: NonNullable<Triggers["patterns"]>): Trigger | undefined {
  if (list.length === 0) return undefined;
  const patterns = list.map((source) => ({ source, find: patternOf(source) }));
  const firstIn = (text: string, confidence: number): Hit | undefined => {
    for (const { source, find } of patterns) {
      if (find(text) !== undefined) return { reason: "pattern", facts: { pattern: source }, confidence };
    }
    return undefined;
  };
  return ({ text, facts }) =>
    firstIn(text, EXACT) ?? (disguises && facts.revealed !== text ? firstIn(facts.revealed, UNMASKED) : undefined);
}
