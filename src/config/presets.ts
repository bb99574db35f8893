import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { LANGUAGES, type PolicyPreset } from "#core";
import { type ConfigDocument, readDocument } from "./documents.ts";

/** A starting point for a kind of community: choices between default.yaml and the guild's own. */
export interface Preset extends PolicyPreset {
  readonly document: ConfigDocument;
  /** What it chooses; it lies over the defaults, and under what the guild itself says. */
  readonly choices: Readonly<Record<string, unknown>>;
}

const otherLanguages = LANGUAGES.filter((language) => language !== "en");
const spoken = z.strictObject({
  en: z.string().min(1).max(100),
  ...Object.fromEntries(otherLanguages.map((language) => [language, z.string().min(1).max(100).optional()])),
});

/** What a preset says of itself, beside what it chooses. */
export const presetFacts = {
  title: spoken.describe("What it is called where it is offered, by language."),
  about: spoken.describe("For whom it is, in a line, by language."),
};

/** Every file in config/presets, in the order of their names. Its choices are checked by whoever reads them. */
export function presetDocuments(configDirectory: string): readonly { name: string; document: ConfigDocument }[] {
  const folder = join(configDirectory, "presets");
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => name.endsWith(".yaml") && !name.startsWith("."));
  return names
    .sort()
    .map((name) => ({ name: name.slice(0, -".yaml".length), document: readDocument(join(folder, name)) }));
}

/** Only what holds for certain here: that it is a block at all is said with its other mistakes. */
export function presetOf(name: string, document: ConfigDocument): Preset {
  const { title, about, ...choices } = document.value as Record<string, unknown> &
    Pick<PolicyPreset, "title" | "about">;
  return { name, title, about, choices, document };
}
