import { z } from "zod";
import { Refusal } from "../world/refusal.ts";
import type { Call } from "./route.ts";

/** The body by its schema, or 50035 with every field that is wrong, nested the way Discord nests it. */
export function form<T>(call: Call, schema: z.ZodType<T>): T {
  return check(call.body ?? {}, schema);
}

export function queryForm<T>(call: Call, schema: z.ZodType<T>): T {
  return check(Object.fromEntries(call.query), schema);
}

function check<T>(value: unknown, schema: z.ZodType<T>): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new Refusal(400, 50035, "Invalid Form Body", nested(parsed.error.issues));
}

function nested(issues: readonly z.core.$ZodIssue[]): Record<string, unknown> {
  const root: Record<string, unknown> = {};
  for (const issue of issues) {
    let place = root;
    for (const key of issue.path) place = (place[String(key)] ??= {}) as Record<string, unknown>;
    const errors = (place["_errors"] ??= []) as unknown[];
    errors.push({ code: issueCode(issue), message: issue.message });
  }
  return root;
}

function issueCode(issue: z.core.$ZodIssue): string {
  if (issue.code === "too_big") return "BASE_TYPE_BAD_LENGTH";
  if (issue.code === "too_small") return "BASE_TYPE_BAD_LENGTH";
  if (issue.code === "invalid_type") return "BASE_TYPE_REQUIRED";
  return "BASE_TYPE_BAD";
}

export const snowflake = z.union([z.string().regex(/^\d{5,20}$/), z.number().int().transform(String)]);
export const permissionBits = z.union([z.string().regex(/^\d+$/), z.number().int().nonnegative().transform(String)]);

export const page = (most: number, usual: number) =>
  z.looseObject({
    limit: z.coerce.number().int().min(1).max(most).default(usual),
    before: z.string().optional(),
    after: z.string().optional(),
    around: z.string().optional(),
  });
