import { z } from "zod";

export const curveSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("linear").describe("Every level takes the same."),
    step: z.number().int().min(1).max(1_000_000).default(100).describe("Points a level."),
  }),
  z.strictObject({
    kind: z
      .literal("rising")
      .describe("Each level takes more: square · n² + line · n + base for the step after level n."),
    square: z.number().min(0).max(10_000).default(5),
    line: z.number().min(0).max(10_000).default(50),
    base: z.number().int().min(1).max(1_000_000).default(100),
  }),
  z.strictObject({
    kind: z.literal("list").describe("The points at which level 2, 3, 4 … begin; beyond the last there is none."),
    from: z.array(z.number().int().min(1)).min(1).max(500),
  }),
]);

/** How points become levels. */
export type Curve = z.infer<typeof curveSchema>;

/** Where somebody with so many points stands. */
export interface Standing {
  readonly level: number;
  /** Points since the level began. */
  readonly into: number;
  /** Points the level takes in all; undefined on the last. */
  readonly needed?: number;
}

export function standingOf(points: number, curve: Curve): Standing {
  const has = Math.max(0, points);
  if (curve.kind === "linear")
    return { level: Math.floor(has / curve.step) + 1, into: has % curve.step, needed: curve.step };
  return curve.kind === "list" ? listed(has, curve.from) : rising(has, curve);
}

export const levelOf = (points: number, curve: Curve): number => standingOf(points, curve).level;

/** The points at which a level begins; undefined where the curve does not reach it. */
export function pointsOf(level: number, curve: Curve): number | undefined {
  if (level <= 1) return 0;
  if (curve.kind === "linear") return (level - 1) * curve.step;
  if (curve.kind === "list") return [...curve.from].sort((a, b) => a - b)[level - 2];
  let sum = 0;
  for (let step = 1; step < level; step++) sum += stepAfter(step, curve);
  return sum;
}

function rising(points: number, curve: Extract<Curve, { kind: "rising" }>): Standing {
  let level = 1;
  let left = points;
  for (let needed = stepAfter(level, curve); left >= needed; needed = stepAfter(level, curve)) {
    left -= needed;
    level += 1;
  }
  return { level, into: left, needed: stepAfter(level, curve) };
}

function stepAfter(level: number, { square, line, base }: Extract<Curve, { kind: "rising" }>): number {
  const done = level - 1;
  return Math.floor(square * done * done + line * done) + base;
}

function listed(points: number, from: readonly number[]): Standing {
  const sorted = [...from].sort((a, b) => a - b);
  const passed = sorted.filter((start) => start <= points).length;
  const begin = sorted[passed - 1] ?? 0;
  const end = sorted[passed];
  return { level: passed + 1, into: points - begin, ...(end !== undefined && { needed: end - begin }) };
}
