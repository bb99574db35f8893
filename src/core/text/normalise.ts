/** Printable ASCII without capitals and without runs of spaces: most messages are that already and pass untouched. */
const PLAIN = /^(?:[!-@[-~]+(?: [!-@[-~]+)*)?$/;
const ASCII = /^[\t-\r -~]*$/;
const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;
const SPACES = /\s+/gu;
/** Two in a row, one at an end, or another than the plain one: otherwise there is nothing to collapse. */
const UNTIDY = /\s\s|[^\S ]|^ | $/u;

/**
 * One form for everything that reads the same: lower case, compatibility characters (NFKC) unfolded, invisible characters
 * gone, spaces collapsed and trimmed. `normalise(normalise(x))` is `normalise(x)`.
 */
export function normalise(text: string): string {
  if (PLAIN.test(text)) return text;
  if (ASCII.test(text)) return collapse(text.toLowerCase());
  // Lower case and NFKC each can undo a little of the other ("K" the Kelvin sign, "ẛ̣"), hence once more afterwards.
  return collapse(unfold(unfold(text).toLowerCase()));
}

/** NFKC without what cannot be seen, but with capitals kept: links tell them apart behind the host. */
export function unfold(text: string): string {
  if (ASCII.test(text)) return text;
  return text.replace(INVISIBLE, "").normalize("NFKC").replace(INVISIBLE, "").normalize("NFKC");
}

function collapse(text: string): string {
  return UNTIDY.test(text) ? text.replace(SPACES, " ").trim() : text;
}
