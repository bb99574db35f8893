import { z } from "zod";
import { ConfigurationError, type Agent } from "#core";
import { type ConfigDocument, documentOf, type Path } from "./documents.ts";
import { mistakesOf } from "./mistakes.ts";
import { type Preset, type presetDocuments, presetFacts, presetOf } from "./presets.ts";
import { guildSchema, type GuildChoices } from "./schema.ts";

/** What every guild's choices lie over. */
export interface Ground {
  /** default.yaml. */
  readonly fallback: ConfigDocument;
  readonly agents: readonly Agent[];
  readonly presets: readonly Preset[];
}

/** A guild's choices over its preset over the default ones, as a whole valid again; those below are, so mistakes are the guild's. */
export function guildChoices(document: ConfigDocument, ground: Ground): GuildChoices {
  const { fallback, agents, presets } = ground;
  const base = guildPart(fallback);
  const { preset: name = base["preset"] } = (isBlock(document.value) ? document.value : {}) as { preset?: unknown };
  const preset = presets.find((one) => one.name === name);
  const names = presets.map((one) => one.name);
  const value = merged(merged(base, preset?.choices), document.value);
  return checked(guildSchema(agents, names, listNames(fallback)), value, [
    document,
    ...(preset === undefined ? [] : [preset.document]),
    fallback,
  ]);
}

/** All presets, each valid over the defaults; `failures` takes the mistakes of those that are not. */
export function readPresets(
  files: ReturnType<typeof presetDocuments>,
  ground: Omit<Ground, "presets">,
  failures: string[],
): readonly Preset[] {
  return files.flatMap(({ name, document }) => {
    try {
      if (!/^[a-z0-9][a-z0-9-]{0,31}$/.test(name))
        throw new ConfigurationError(`${document.name}: expected a short name such as gaming.yaml, of a-z, 0-9 and -`);
      const schema = guildSchema(ground.agents, [], listNames(ground.fallback))
        .omit({ preset: true })
        .extend(presetFacts);
      checked(schema, merged(guildPart(ground.fallback), document.value), [document, ground.fallback]);
      return [presetOf(name, document)];
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      failures.push(error.message);
      return [];
    }
  });
}

/** Of default.yaml what a guild may choose, too. */
function guildPart({ value }: ConfigDocument): Readonly<Record<string, unknown>> {
  const { road: _road, models: _models, lists: _lists, ...base } = value as Record<string, unknown>;
  return base;
}

/** The lists of domains that default.yaml says are kept. */
export function listNames({ value }: ConfigDocument): readonly string[] {
  const { lists } = (isBlock(value) ? value : {}) as { lists?: unknown };
  return isBlock(lists) ? Object.keys(lists) : [];
}

/** Choices as somebody wrote them into a field or a file of no name. */
export function writtenChoices(text: string, ground: Ground): GuildChoices {
  return guildChoices(documentOf("policy", text), ground);
}

export function checked<T>(
  schema: z.ZodType<T>,
  value: unknown,
  documents: readonly [ConfigDocument, ...ConfigDocument[]],
): T {
  const broken = documents.flatMap((document) => document.mistakes);
  if (broken.length > 0) throw new ConfigurationError(broken.join("\n"));
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const known = z.toJSONSchema(schema, { io: "input", target: "draft-7", unrepresentable: "any" });
  const lines = mistakesOf(result.error.issues, value, known).map(({ path, isKey, says }) => {
    const place = isKey ? documents[0].placeOfKey(path) : documents[0].place(path);
    return `${place} ${named(isKey ? path.slice(0, -1) : path)}${says}`;
  });
  throw new ConfigurationError(lines.sort(byPlace.compare).join("\n"), { cause: result.error });
}

/** Line 9 before line 10. */
const byPlace = new Intl.Collator("en", { numeric: true });

function named(path: Path): string {
  return path.length === 0 ? "" : `${path.map(String).join(".")}: `;
}

/** Blocks are merged key by key; a list or a value replaces the one before. */
function merged(base: unknown, over: unknown): unknown {
  if (over === undefined) return base;
  if (!isBlock(base) || !isBlock(over)) return over;
  const keys = new Set([...Object.keys(base), ...Object.keys(over)]);
  return Object.fromEntries([...keys].map((key) => [key, merged(base[key], over[key])]));
}

function isBlock(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
