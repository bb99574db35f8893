import { z } from "zod";

type Json = { readonly [key: string]: unknown };

/** A question's schema in the form providers take, and the way back from what they answer. */
export interface AskedSchema {
  readonly json: Json;
  /** Providers answer with an object: anything else is asked for as its only field. */
  readonly unwrap: (value: unknown) => unknown;
  readonly text: string;
}

const known = new WeakMap<z.ZodType, AskedSchema>();

export function askedSchema(schema: z.ZodType): AskedSchema {
  const before = known.get(schema);
  if (before !== undefined) return before;
  const made = make(schema);
  known.set(schema, made);
  return made;
}

function make(schema: z.ZodType): AskedSchema {
  const { $schema: _draft, ...whole } = z.toJSONSchema(schema) as Json;
  const plain = softened(whole) as Json;
  const isObject = plain.type === "object";
  const json = isObject
    ? plain
    : { type: "object", properties: { answer: plain }, required: ["answer"], additionalProperties: false };
  const unwrap = isObject
    ? (value: unknown) => value
    : (value: unknown) => (value as { answer?: unknown } | null)?.answer;
  return { json, unwrap, text: JSON.stringify(whole) };
}

/** Bounds that not every provider's grammar knows: said in words instead. What comes back is checked by the schema itself. */
const BOUNDS: Readonly<Record<string, (value: unknown) => string>> = {
  minLength: (value) => `at least ${String(value)} characters`,
  maxLength: (value) => `at most ${String(value)} characters`,
  minimum: (value) => `at least ${String(value)}`,
  maximum: (value) => `at most ${String(value)}`,
  exclusiveMinimum: (value) => `more than ${String(value)}`,
  exclusiveMaximum: (value) => `less than ${String(value)}`,
  minItems: (value) => `at least ${String(value)} items`,
  maxItems: (value) => `at most ${String(value)} items`,
  pattern: (value) => `matching ${String(value)}`,
  format: (value) => `a valid ${String(value)}`,
};

function softened(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(softened);
  if (typeof value !== "object" || value === null) return value;
  const words: string[] = [];
  const kept: [string, unknown][] = [];
  for (const [key, inner] of Object.entries(value)) {
    const bound = BOUNDS[key];
    if (bound === undefined || typeof inner === "object") kept.push([key, softened(inner)]);
    else if (Math.abs(Number(inner)) !== Number.MAX_SAFE_INTEGER) words.push(bound(inner));
  }
  const { description, ...rest } = Object.fromEntries(kept) as { description?: unknown };
  const said = [...(typeof description === "string" ? [description] : []), ...words].join("; ");
  return said === "" ? (description === undefined ? rest : { ...rest, description }) : { ...rest, description: said };
}
