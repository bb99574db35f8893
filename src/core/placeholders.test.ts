import { describe, expect, it } from "vitest";
import { placeholderMistakes, withPlaceholders } from "./placeholders.ts";

describe("placeholders", () => {
  it.each([
    ["Welcome, {name} to {server}", []],
    ["Welcome, {nmae}", [{ written: "nmae", meant: "name" }]],
    ["{Name} and {wallet}", [{ written: "Name", meant: "name" }, { written: "wallet" }]],
    ["a { lonely brace } and {}", []],
  ])("%s", (text, expected) => {
    expect(placeholderMistakes(text, ["name", "server"])).toEqual(expected);
  });

  it("are filled once: what a member calls themselves fills nothing", () => {
    expect(withPlaceholders("{name} is number {count}", { name: "{count}", count: 7 })).toBe("{count} is number 7");
    expect(withPlaceholders("{constructor}", { name: "Ada" })).toBe("{constructor}");
  });
});
