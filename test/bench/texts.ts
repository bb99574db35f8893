/** Breaks a rule of the default preset, exactly. */
export const VIOLATION = "everybody gets a month for free, today only: https://free-nitro.example/claim";
/** What a bot that knows only this one rule looks for. */
export const FORBIDDEN = "free-nitro.example";

const OPENINGS = [
  "honestly",
  "as far as I know",
  "by the way",
  "no idea, but",
  "last time",
  "from what I read",
  "ok so",
  "hm,",
];
const SUBJECTS = [
  "the north gate",
  "our kettle",
  "that ladder",
  "the third shelf",
  "Saturday",
  "the old map",
  "my sister",
  "the pump",
];
const VERBS = [
  "looks better than",
  "was moved behind",
  "has nothing to do with",
  "is older than",
  "fits into",
  "never needed",
];
const OBJECTS = [
  "the cellar door",
  "anything we tried",
  "a wet rope",
  "the plan from spring",
  "half of the list",
  "two of those boxes",
];
const ENDINGS = [
  "",
  "",
  "?",
  " 🙂",
  ", right",
  ". See https://en.wikipedia.org/wiki/Rope for why",
  " — thanks for asking!",
];
const SHORT = ["yes", "no", "brb", "haha", "same", "+1", "ok 👍", "why?"];

/**
 * What people say who break no rule: mostly different from each other, as chat is, so that counting duplicates has as much
 * to do as it has in life; one in eight is a word or two.
 */
export function quietLines(): readonly string[] {
  const lines: string[] = [];
  for (const subject of SUBJECTS)
    for (const verb of VERBS)
      for (const object of OBJECTS)
        for (const opening of OPENINGS) {
          const ending = ENDINGS[lines.length % ENDINGS.length];
          lines.push(`${opening} ${subject} ${verb} ${object}${ending}`);
          if (lines.length % 8 === 7) lines.push(SHORT[(lines.length >> 3) % SHORT.length]!);
        }
  return lines;
}
