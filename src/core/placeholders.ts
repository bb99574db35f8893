import { nearest } from "./nearest.ts";

const PLACEHOLDER = /\{([^{}\s]{1,40})\}/g;

/** A placeholder nobody fills would stand in the post for all to see. */
export interface PlaceholderMistake {
  readonly written: string;
  /** The one that was probably meant. */
  readonly meant?: string;
}

/** What stands in braces and is none of these. */
export function placeholderMistakes(text: string, known: readonly string[]): readonly PlaceholderMistake[] {
  return [...text.matchAll(PLACEHOLDER)].flatMap(([, name = ""]) => {
    if (known.includes(name)) return [];
    const meant = nearest(name, known);
    return [{ written: name, ...(meant !== undefined && { meant }) }];
  });
}

/** One pass: a value that looks like a placeholder is a value. */
export function withPlaceholders(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(PLACEHOLDER, (whole, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : whole,
  );
}
