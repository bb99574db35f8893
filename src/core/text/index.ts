/** Everything that reads members' words, pure and fast: agents import `#core/text/index`, never a library. */
export { domainSet, listableHost, type DomainSet } from "./domain-set.ts";
export { excerpt } from "./excerpt.ts";
export { textOf, type TextFacts } from "./facts.ts";
export { fingerprint } from "./fingerprint.ts";
export { hostOf, linksIn, listedDomain, type Link } from "./links.ts";
export { gistsOf } from "./gist.ts";
export { invitesIn } from "./invites.ts";
export { leadsTo, maskedIn } from "./detours.ts";
export { lookalikeOf, type Lookalike } from "./lookalike.ts";
export { normalise } from "./normalise.ts";
export { patternMistake, patternOf, type Pattern } from "./pattern.ts";
export { alike, sketch } from "./sketch.ts";
export { plain } from "./plain.ts";
export { reveal, unmask } from "./reveal.ts";
export { type Matching, wordMatcher, type WordMatcher } from "./words.ts";
export { csvLines, type CsvLine } from "./csv-lines.ts";
