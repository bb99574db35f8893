import { describe, expect, it } from "vitest";
import { patternMistake, patternOf } from "./pattern.ts";

describe("patternOf", () => {
  it.each([
    ["free\\s+nitro", "get FREE   Nitro now", "FREE   Nitro"],
    ["\\bn[i1]tro\\b", "n1tro!", "n1tro"],
    ["(?-i)NASA", "nasa", undefined],
    ["кры[сш]а", "КРЫСА", "КРЫСА"],
    ["^hello$", "well, hello", undefined],
  ])("%s in %j", (source, text, found) => {
    expect(patternMistake(source)).toBeUndefined();
    expect(patternOf(source)(text)).toBe(found);
  });

  it("takes a time that grows with the text only", () => {
    const started = performance.now();
    expect(patternOf("(a+)+b")("a".repeat(4_000))).toBeUndefined();
    expect(performance.now() - started).toBeLessThan(500);
  });
});

describe("patternMistake", () => {
  it.each([
    ["(a+)+$", "(a+)+ repeats what already repeats"],
    ["^([a-zA-Z]+)*$", "([a-zA-Z]+)*"],
    ["(?:\\w+\\s?)+!", "(?:\\w+\\s?)+"],
    ["(a|aa)+", "(a|aa)+"],
    ["(a|a?)+", "(a|a?)+"],
    ["((x+)y?)*", "((x+)y?)*"],
    ["(.*a){20}", "(.*a){20}"],
    ["x(?=y)", "(?="],
    ["(a)\\1", "\\1"],
    ["[a", "missing closing ]"],
    ["a**", "**"],
    ["x{1001}", "{1001}"],
    ["a*", "fit every text"],
    ["", "fit every text"],
    ["y".repeat(301), "at most 300 characters"],
  ])("%s: %s", (source, says) => {
    expect(patternMistake(source)).toContain(says);
  });

  it.each([
    "(\\w+\\s)+!",
    "(?:free|cheap) (nitro|robux)+",
    "[(+)]+x",
    "\\(a+\\)+",
    "(ab?c)+",
    "\\p{L}{3,}",
    "(\\d{1,3}\\.){3}",
  ])("%s is fine", (source) => {
    expect(patternMistake(source)).toBeUndefined();
  });
});
