import { describe, expect, it } from "vitest";
import { readerOf } from "./compounds.ts";
import { questionMatcher, stemsOf } from "./index.ts";

const BANK = ["Welche Zeichen hat die Krankheit?", "Der Mond ist gelb", "Wo parken Busse am Stadion?"];
const stem = (word: string): string => stemsOf(word)[0]!.stem;

describe("readerOf", () => {
  const read = readerOf(BANK);
  it.each([
    ["Krankheitszeichen", ["krank", "zeich"]],
    ["Mondkrankheit", ["mond", "krank"]],
    ["Krankenfahrkarte", []],
    ["Mond", []],
  ])("parts %s by the bank's words", (word, parts) => {
    expect(read(stem(word)).parts).toEqual(parts);
  });

  it.each([
    ["geparkt", "park"],
    ["angesteckt", "ansteck"],
    ["gelb", "gelb"],
    ["gewürzt", stem("gewürzt")],
  ])("reads %s as %s", (word, expected) => {
    expect(read(stem(word)).stem).toBe(expected);
  });
});

describe("questionMatcher, words of one meaning", () => {
  const match = questionMatcher([
    { id: "pay", questions: ["What does the membership cost?"] },
    { id: "lohn", questions: ["Bekomme ich Entgelt in der Quarantäne?"] },
    { id: "zeichen", questions: ["Welche Krankheitszeichen gibt es?"] },
    { id: "parken", questions: ["Wo kann ich parken?"] },
  ]);
  it.each([
    ["is the price of it high", "pay"],
    ["werde ich bezahlt", "lohn"],
    ["Symptome?", "zeichen"],
    ["wo wird geparkt", "parken"],
  ])("%j is about %s", (question, id) => {
    expect(match(question).ranked[0]?.id).toBe(id);
  });
});

describe("questionMatcher, a word that stands in every answer", () => {
  it("counts for little, though only one question has it", () => {
    const match = questionMatcher([
      { id: "forum", questions: ["What is the forum?"], answer: "The forum is for members of the forum." },
      { id: "join", questions: ["How is joining done?"], answer: "Open the forum and press the green button." },
      { id: "avatar", questions: ["Where is my avatar changed?"], answer: "On the forum, behind your name." },
    ]);
    expect(match("how to join the forum").ranked[0]?.id).toBe("join");
  });
});
