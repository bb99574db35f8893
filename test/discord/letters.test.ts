import { inflateSync } from "node:zlib";
import { expect, it } from "vitest";
import { lettersFrom } from "#core";
import { GLYPHS } from "../../src/adapters/discord/drawing/glyphs.ts";
import { drawLetters } from "../../src/adapters/discord/drawing/letters.ts";

/** The pixels of a grey PNG without filters, as drawn. */
function pixelsOf(png: Buffer): Buffer {
  const at = png.indexOf("IDAT");
  return inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)));
}

it("letters become a picture with ink on it, each time another one", () => {
  const [one, other] = [drawLetters("KW7AX"), drawLetters("KW7AX")];
  expect(one.subarray(1, 4).toString()).toBe("PNG");
  expect(one.equals(other)).toBe(false);
  const dark = pixelsOf(one).filter((pixel) => pixel > 30 && pixel < 100).length;
  expect(dark).toBeGreaterThan(1_500);
  expect(dark).toBeLessThan(12_000);
});

it("every letter that is ever asked for can be drawn", () => {
  const asked = new Set(Array.from({ length: 400 }, (_, index) => [...lettersFrom(`t${index}`)]).flat());
  expect([...asked].filter((letter) => GLYPHS[letter] === undefined)).toEqual([]);
  expect([...asked].sort()).toEqual(Object.keys(GLYPHS).sort());
});
