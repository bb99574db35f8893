/** The longest message Discord lets anybody write (with Nitro); names and the like are shorter anyhow. */
export const LONGEST_TEXT = 4_000;

/** In Node since 20 (ES2024), not yet in the library the compiler is told of. */
interface WellFormed {
  isWellFormed(): boolean;
  toWellFormed(): string;
}

/**
 * A text that any database and any encoder takes: well-formed, without U+0000, at most 4,000 UTF-16 units. Nearly all
 * texts are so already, and for those this only looks.
 */
export function cleanText(value: unknown): string {
  if (typeof value !== "string") return "";
  let text = value.includes("\0") ? value.replaceAll("\0", "") : value;
  if (text.length > LONGEST_TEXT) text = text.slice(0, LONGEST_TEXT);
  const checked = text as unknown as WellFormed;
  return checked.isWellFormed() ? text : checked.toWellFormed();
}

/** The first of these that says something. */
export function firstText(...values: readonly unknown[]): string {
  for (const value of values) {
    const text = cleanText(value);
    if (text !== "") return text;
  }
  return "";
}
