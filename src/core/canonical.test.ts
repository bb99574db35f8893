import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canonical } from "./canonical.ts";

/** What `canonical` promises, said with the tools of the language: slow, and beyond doubt. */
function sorted(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

const anything = fc.anything({
  withBigInt: false,
  withDate: true,
  withNullPrototype: true,
  withSparseArray: true,
  key: fc.oneof(fc.string({ unit: "binary" }), fc.nat({ max: 20 }).map(String)),
  values: [
    fc.string({ unit: "binary" }),
    fc.integer(),
    fc.double(),
    fc.boolean(),
    fc.constant(null),
    fc.constant(undefined),
  ],
});

describe("canonical", () => {
  it("writes what JSON writes of the same value with its keys in order", () => {
    fc.assert(
      fc.property(anything, (value) => {
        expect(canonical(value)).toBe(JSON.stringify(value, sorted) ?? "null");
      }),
    );
  });

  it.each([
    [{ b: 1, a: { d: undefined, c: [undefined, () => 1] } }, '{"a":{"c":[null,null]},"b":1}'],
    [{ b: 1, "10": "y", "2": "x", "02": "z" }, '{"2":"x","10":"y","02":"z","b":1}'],
    ['"\\\n\u2028\ud800', '"\\"\\\\\\n\u2028\\ud800"'],
    [undefined, "null"],
    [-0, "0"],
    [[Number.NaN], "[null]"],
  ])("writes %j", (value, json) => {
    expect(canonical(value)).toBe(json);
  });

  it("refuses what JSON cannot say", () => {
    expect(() => canonical({ one: 1n })).toThrow(TypeError);
  });
});
