import { describe, expect, it } from "vitest";
import { cutToFit, directionOf, initialsOf, readable, writableName } from "./names.ts";

/** As if there were fonts for Latin letters, Arabic and one emoji. */
const canWrite = (sign: string) => /[\p{Script=Latin}\p{Script=Arabic}\p{N}\p{P}🦊]/u.test(sign);

describe("the name on a card", () => {
  it.each<readonly [string, string, string | undefined, string]>([
    ["a plain one", "Ada Lovelace", "ada", "Ada Lovelace"],
    ["an emoji we have", "Ada 🦊", "ada", "Ada 🦊"],
    ["one we have not is left out", "Ada 🦖 L", "ada", "Ada L"],
    ["letters we have not: the account's", "日本語", "nihongo_99", "nihongo_99"],
    ["a single one is enough", "Ada 日", "ada", "ada"],
    ["nor has the account any", "日本語", "日本", "4711"],
    ["nothing but what cannot be seen", "\u200b\u2800\u202e", undefined, "4711"],
    ["direction signs are taken off", "\u202eAda\u202c", "x", "Ada"],
    ["spaces are one", "  Ada \n  L ", "x", "Ada L"],
  ])("%s", (_what, name, username, expected) => {
    const card = { userId: "4711", name, ...(username !== undefined && { username }) };
    expect(writableName(card, canWrite)).toBe(expected);
  });

  it("has no more than three marks on a letter", () => {
    expect([...readable(`Z${"\u0322".repeat(20)}a`)].length).toBe(5);
  });

  it.each([
    ["Ada Lovelace", 20, "Ada Lovelace"],
    ["Ada Lovelace", 8, "Ada Lov…"],
    ["Ada Lovelace", 5, "Ada…"],
    ["👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 24, "👩‍👩‍👧‍👦👩‍👩‍👧‍👦…"],
    ["Ada", 0, "…"],
  ])("%j is cut to %i as %j", (name, room, expected) => {
    expect(cutToFit(name, (text) => text.length <= room)).toBe(expected);
  });

  it.each([
    ["Ada", "ltr"],
    ["42 שלום", "rtl"],
    ["محمد Ada", "rtl"],
    ["Ada محمد", "ltr"],
    ["🦊", "ltr"],
  ])("%j runs %s", (name, expected) => expect(directionOf(name)).toBe(expected));

  it.each([
    ["Ada Lovelace King", "AL"],
    ["ada", "A"],
    ["[x] ada", "XA"],
    ["محمد علي", "م"],
    ["🦊", "🦊"],
  ])("the initials of %j are %j", (name, expected) => expect(initialsOf(name)).toBe(expected));
});
