import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigurationError, GuildhallError } from "#core";
import { parse } from "yaml";
import { z } from "zod";

export const TIERS = ["small", "large"] as const;
/** How able a model a prompt needs. Which models those are is the operator's choice, never the prompt's. */
export type Tier = (typeof TIERS)[number];

/** Where a variable's words come from decides where they may stand: a member's never leave their fence. */
const variable = z.strictObject({
  from: z.enum(["operator", "member"]).default("member"),
  tokens: z.number().int().min(1).max(20_000).default(500),
  about: z.string().optional(),
});
const frontMatter = z.strictObject({
  description: z.string().min(1),
  tier: z.enum(TIERS).default("small"),
  variables: z.record(z.string().regex(/^[a-z][A-Za-z]*$/), variable).default({}),
});

export interface Prompt {
  /** `<agent>/<name>`, as its file is called. */
  readonly name: string;
  /** Of the whole file: its version. */
  readonly hash: string;
  readonly description: string;
  readonly tier: Tier;
  readonly variables: Readonly<Record<string, z.infer<typeof variable>>>;
  readonly body: string;
}

export interface Prompts {
  get(name: string): Prompt;
  readonly names: readonly string[];
}

/** Reads every prompt at once: one that cannot be read is a mistake at start, not in the night. */
export function loadPrompts(directory: string): Prompts {
  const prompts = new Map<string, Prompt>();
  for (const agent of foldersIn(directory)) {
    for (const file of readdirSync(join(directory, agent)).sort()) {
      if (!file.endsWith(".md")) continue;
      const name = `${agent}/${file.slice(0, -3)}`;
      prompts.set(name, readPrompt(name, join(directory, agent, file)));
    }
  }
  return {
    names: [...prompts.keys()],
    get(name) {
      const prompt = prompts.get(name);
      if (prompt !== undefined) return prompt;
      throw new GuildhallError("unknown-prompt", `there is no prompt "${name}": prompts/${name}.md is missing`);
    },
  };
}

function foldersIn(directory: string): readonly string[] {
  if (!existsSync(directory)) return [];
  const entries = readdirSync(directory, { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() ? entry.name : [])).sort();
}

function readPrompt(name: string, file: string): Prompt {
  const text = readFileSync(file, "utf8");
  const match = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text);
  if (match === null) throw new ConfigurationError(`${file}: expected front matter between two lines of ---`);
  const [, head = "", body = ""] = match;
  const result = frontMatter.safeParse(parse(head));
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new ConfigurationError(`${file}: ${issue?.path.join(".") ?? ""}: ${issue?.message ?? "not valid"}`);
  }
  if (body.trim() === "") throw new ConfigurationError(`${file}: the prompt is empty`);
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 16);
  return { name, hash, ...result.data, body: body.trim() };
}
