import { describe, expect, it } from "vitest";
import { createSigner } from "./signed.ts";

const UNTIL = 1_790_000_000_000;
const signer = createSigner("a house's secret", "transcripts");
const signed = signer.sign(["801", 42, "50"], UNTIL);

describe("what the house signed", () => {
  it("says what it said, until its time is over", () => {
    expect(signer.read(signed, UNTIL - 1)).toEqual({ facts: ["801", 42, "50"] });
    expect(signer.read(signed, UNTIL)).toEqual({ wrong: "expired" });
    expect(signed).toMatch(/^[\w-]+\.[\w-]+$/);
  });

  it("is not believed once any one character is another", () => {
    for (let index = 0; index < signed.length; index += 1) {
      const other = signed[index] === "A" ? "B" : "A";
      const changed = signed.slice(0, index) + other + signed.slice(index + 1);
      expect(signer.read(changed, 0), changed).toEqual({ wrong: "forged" });
    }
  });

  it.each<readonly [string, string]>([
    ["nothing", ""],
    ["its facts alone", signed.split(".")[0]!],
    ["its mark alone", `.${signed.split(".")[1]!}`],
    ["something behind it", `${signed}.`],
    ["another house's", createSigner("another secret", "transcripts").sign(["801", 42, "50"], UNTIL)],
    ["what was signed for something else", createSigner("a house's secret", "appeals").sign(["801", 42, "50"], UNTIL)],
  ])("is not %s", (_name, text) => {
    expect(signer.read(text, 0)).toEqual({ wrong: "forged" });
  });
});
