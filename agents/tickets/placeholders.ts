/** What can stand in a reply, and becomes what it is in the ticket at hand. */
const PLACEHOLDERS = ["member", "name", "staff", "number", "title", "guild"] as const;
export type PlaceholderName = (typeof PLACEHOLDERS)[number];

export const PLACEHOLDER_LIST = PLACEHOLDERS.map((one) => `{${one}}`).join(" ");
export const PLACEHOLDER = /\{([\w-]+)\}/g;

export function unknownPlaceholders(text: string): readonly string[] {
  const known: readonly string[] = PLACEHOLDERS;
  return [...text.matchAll(PLACEHOLDER)].flatMap(([found, name]) => (known.includes(name!) ? [] : [found]));
}
