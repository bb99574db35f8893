import type { z } from "zod";
import type { Path } from "./documents.ts";
import { nearest } from "#core";

/** Where something is wrong and what was expected there, without the file: the caller knows in which one it stands. */
export interface Mistake {
  readonly path: Path;
  /** The path names a key that should not be there, not a value that is wrong. */
  readonly isKey: boolean;
  readonly says: string;
}

/** The parts of a JSON Schema that tell which names are known at a path. */
interface Known {
  readonly properties?: Readonly<Record<string, Known>>;
  readonly items?: Known;
  /** Of a block whose names are the writer's own. */
  readonly additionalProperties?: Known | boolean;
  /** A block that may stand inside of itself. */
  readonly $ref?: string;
  /** The same, with a description of its own. */
  readonly allOf?: readonly Known[];
  readonly definitions?: Readonly<Record<string, Known>>;
}

type Issue = z.core.$ZodIssue;

/** All mistakes of a value, in the words of whoever wrote the file. `schema` is only asked which names would have been right. */
export function mistakesOf(issues: readonly Issue[], value: unknown, schema: unknown): readonly Mistake[] {
  return issues.flatMap((issue): Mistake[] => {
    if (issue.code === "unrecognized_keys") {
      const names = namesAt(schema as Known, issue.path);
      return issue.keys.map((key) => ({
        path: [...issue.path, key],
        isKey: true,
        says: `expected ${listed(names)}, found ${quoted(key)}${suggestion(key, names)}`,
      }));
    }
    if (issue.code === "invalid_key") {
      const says = issue.issues.map(({ message }) => message).join(", ");
      return [{ path: issue.path, isKey: true, says: `expected ${says}, found ${quoted(String(issue.path.at(-1)))}` }];
    }
    const found = valueAt(value, issue.path);
    const names = issue.code === "invalid_value" ? issue.values.map(String) : [];
    const near = typeof found === "string" ? suggestion(found, names) : "";
    return [
      { path: issue.path, isKey: false, says: `expected ${expectation(issue)}, found ${described(found)}${near}` },
    ];
  });
}

const TYPES: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a block of settings",
  record: "a block of settings",
};

function expectation(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      return TYPES[issue.expected] ?? issue.expected;
    case "invalid_value":
      return listed(issue.values.map(String));
    case "too_small":
      return `${sized(issue.origin)} at least ${String(issue.minimum)}${unit(issue.origin)}`;
    case "too_big":
      return `${sized(issue.origin)} at most ${String(issue.maximum)}${unit(issue.origin)}`;
    default:
      return issue.message;
  }
}

function sized(origin: string): string {
  return { string: "text of", array: "a list of" }[origin] ?? "a number of";
}

function unit(origin: string): string {
  return { string: " characters", array: " entries" }[origin] ?? "";
}

function described(value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "a block of settings";
  return quoted(String(value));
}

function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 59)}…` : text);
}

function suggestion(written: string, names: readonly string[]): string {
  const near = nearest(written, names);
  return near === undefined ? "" : ` (did you mean ${near}?)`;
}

function listed(names: readonly string[]): string {
  if (names.length === 0) return "nothing here";
  return names.length === 1 ? names[0]! : `one of ${names.join(", ")}`;
}

function namesAt(schema: Known, path: Path): readonly string[] {
  let known: Known | undefined = schema;
  for (const step of path) known = resolved(schema, inside(known, step));
  return Object.keys(known?.properties ?? {});
}

function inside(known: Known | undefined, step: PropertyKey): Known | undefined {
  if (typeof step === "number") return known?.items;
  const others = known?.additionalProperties;
  return known?.properties?.[String(step)] ?? (typeof others === "object" ? others : undefined);
}

function resolved(schema: Known, known: Known | undefined): Known | undefined {
  const name = (known?.$ref ?? known?.allOf?.[0]?.$ref)?.split("/").at(-1);
  return name === undefined ? known : schema.definitions?.[name];
}

function valueAt(value: unknown, path: Path): unknown {
  let inner = value;
  for (const step of path) {
    if (inner === null || typeof inner !== "object") return undefined;
    inner = (inner as Record<PropertyKey, unknown>)[step];
  }
  return inner;
}
