import fc from "fast-check";
import { expect, it } from "vitest";
import { customId, parseCustomId } from "./components.ts";

it("a custom id says again what it was made of", () => {
  const args = fc.array(fc.string({ maxLength: 6 }), { maxLength: 3 });
  fc.assert(
    fc.property(args, (given) => {
      expect(parseCustomId(customId("ticket", "claim", ...given))).toEqual({
        agent: "ticket",
        name: "claim",
        args: given,
      });
    }),
  );
});

it("reads as what it is", () => {
  expect(customId("ticket", "claim", "42")).toBe("v1:ticket:claim:42");
});

it.each(["", "v2:ticket:claim:42", "v1:ticket", "v1::claim", "approve", "ap:1:a"])("%j is none of ours", (id) => {
  expect(parseCustomId(id)).toBeUndefined();
});

it("is never longer than Discord takes", () => {
  expect(() => customId("ticket", "claim", "x".repeat(90))).toThrow(/longer than the 100 characters/);
});
