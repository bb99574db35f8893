import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { commandMistakes, LANGUAGES, type Agent, type Plural, type Texts } from "#core";

const ROOT = join(import.meta.dirname, "../..");

/** Every catalogue with the sources that use it: an agent's own, and the road's. */
const agentNames = readdirSync(join(ROOT, "agents")).filter((name) =>
  existsSync(join(ROOT, "agents", name, "index.ts")),
);
const catalogues = [
  {
    name: "the house",
    folder: join(ROOT, "src/core/locales"),
    sources: ["src/flow", "src/core", "src/adapters/telegram", "src/doors/api"].map((folder) => join(ROOT, folder)),
  },
  {
    name: "approvals",
    folder: join(ROOT, "src/flow/approvals/locales"),
    sources: [join(ROOT, "src/flow/approvals")],
  },
  {
    name: "transcripts",
    folder: join(ROOT, "src/archive/transcripts/locales"),
    sources: [join(ROOT, "src/archive/transcripts")],
  },
  ...agentNames
    .map((name) => ({ name, folder: join(ROOT, "agents", name, "locales"), sources: [join(ROOT, "agents", name)] }))
    .filter(({ folder }) => existsSync(folder)),
];

const read = (folder: string, language: string): Texts =>
  JSON.parse(readFileSync(join(folder, `${language}.json`), "utf8")) as Texts;

function sourcesIn(folder: string): string {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  return files
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .map((file) => readFileSync(join(folder, file), "utf8"))
    .join("\n");
}

const forms = (text: string | Plural): readonly string[] => (typeof text === "string" ? [text] : Object.values(text));
const placeholders = (text: string): string =>
  [...text.matchAll(/\{[\w-]+\}/g)]
    .map(([found]) => found)
    .sort()
    .join(" ");

/** In quotes as it stands, or built from its beginning: `ground.${…}`. */
function isUsed(key: string, source: string): boolean {
  if (source.includes(`"${key}"`)) return true;
  const parts = key.split(".");
  return parts.slice(1).some((_part, index) => source.includes(`\`${parts.slice(0, index + 1).join(".")}.\${`));
}

describe.each(catalogues)("the texts of $name", ({ folder, sources }) => {
  const english = read(folder, "en");
  const source = sources.map(sourcesIn).join("\n");

  it("are there in every language, and in no other", () => {
    const files = LANGUAGES.map((language) => `${language}.json`);
    expect(readdirSync(folder).sort(), relative(ROOT, folder)).toEqual([...files].sort());
  });

  it.each(LANGUAGES)("in %s have every key, none too many, and say something", (language) => {
    const texts = read(folder, language);
    expect(Object.keys(texts).sort()).toEqual(Object.keys(english).sort());
    for (const [key, text] of Object.entries(texts)) {
      const kind = typeof english[key];
      expect(typeof text, key).toBe(kind);
      for (const form of forms(text)) expect(form.trim(), key).not.toBe("");
    }
  });

  it.each(LANGUAGES)("in %s name the same things", (language) => {
    for (const [key, text] of Object.entries(read(folder, language))) {
      const expected = placeholders(forms(english[key]!).at(-1)!);
      for (const form of forms(text)) expect(placeholders(form), `${key}: ${form}`).toBe(expected);
    }
  });

  it.each(LANGUAGES)("in %s have the forms its plurals need", (language) => {
    const needed = new Intl.PluralRules(language).resolvedOptions().pluralCategories.filter((form) => form !== "many");
    for (const [key, text] of Object.entries(read(folder, language)))
      if (typeof text !== "string") expect(Object.keys(text).sort(), key).toEqual([...needed].sort());
  });

  it("are all used", () => {
    expect(Object.keys(english).filter((key) => !isUsed(key, source))).toEqual([]);
  });
});

it("every command of every agent is one that Discord takes, in every language", async () => {
  const modules = await Promise.all(
    agentNames.map((name) => import(join(ROOT, "agents", name, "index.ts")) as Promise<{ default: Agent }>),
  );
  expect(commandMistakes(modules.map((module) => module.default))).toEqual([]);
});
