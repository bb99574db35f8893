import type { Records } from "#core";
import { type Broken, MOST_ROWS, type PointFile } from "./point-file.ts";
import { words } from "./words.ts";

const MISTAKES_SHOWN = 10;
/** A file's name is no markup, whatever stands in it. */
const MARKS = /[*_~`|<>[\]()\\#@]/g;

export function saysBroken({ why, line }: Broken, locale: string | undefined): string {
  return words.say(locale, `import.broken.${why}`, { line: line ?? 1, most: MOST_ROWS });
}

/** What would be counted, what cannot be, and how. */
export function previewText(
  { name, mode }: Pick<Records["pointImport"], "name" | "mode">,
  { rows, mistakes }: Extract<PointFile, { rows: unknown }>,
  locale: string | undefined,
): string {
  const file = name.replace(MARKS, "");
  const shown = mistakes.slice(0, MISTAKES_SHOWN);
  const more = mistakes.length - shown.length;
  return [
    words.say(locale, "import.preview", { file, count: rows.length }),
    ...(rows.length === 0 ? [] : [words.say(locale, `import.${mode}`), words.say(locale, "import.absent")]),
    ...(mistakes.length === 0 ? [] : [words.say(locale, "import.mistakes", { count: mistakes.length })]),
    ...shown.map(({ line, what }) => {
      const why = words.say(locale, `mistake.${what}`);
      return `• ${words.say(locale, "import.line", { line, why })}`;
    }),
    ...(more > 0 ? [words.say(locale, "import.more", { count: more })] : []),
  ].join("\n");
}
