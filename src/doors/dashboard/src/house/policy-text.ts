const PRESET = /^preset:[ \t]*["']?([\w-]+)["']?[^\n]*\n?/m;

/** The preset a document names, where it names one at its top level. */
export function presetIn(document: string): string | undefined {
  return PRESET.exec(document)?.[1];
}

/** The same document over another preset, or over none: one line, everything else as it was written. */
export function withPreset(document: string, name: string | undefined): string {
  const line = name === undefined ? "" : `preset: ${name}\n`;
  return PRESET.test(document) ? document.replace(PRESET, line) : `${line}${document}`;
}

type Spoken = string | Readonly<Record<string, unknown>>;

/** In the reader's language, or in English. */
export function spokenHere(text: Spoken): string {
  if (typeof text === "string") return text;
  const wanted = navigator.language;
  const family = wanted.split("-")[0]!;
  const near = Object.keys(text).find((language) => language.split("-")[0] === family);
  return String(text[wanted] ?? text[near ?? "en"] ?? "");
}
