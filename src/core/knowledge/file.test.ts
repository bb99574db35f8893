import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LONGEST_TEXT, MOST_PASSAGES, parseFile, type RowMistake } from "./file.ts";

const said = (kind: "csv" | "markdown", text: string) => {
  const { passages, mistakes } = parseFile(kind, text);
  return {
    passages: passages.map(({ asks, text: answer }) => [asks.join(" | "), answer]),
    mistakes: mistakes.map(({ line, what }) => `${line} ${what}`),
  };
};

describe("a CSV file", () => {
  it.each<readonly [string, string, readonly (readonly string[])[], readonly string[]]>([
    ["with headings, in any order", "answer,question\nAt eight,When?\n", [["When?", "At eight"]], []],
    ["without headings", "When?,At eight\nWho?,We", [["When?", "At eight"], ["Who?", "We"]], []], // prettier-ignore
    ["with semicolons", "Frage;Antwort\nWann?;Um acht, meistens\n", [["Wann?", "Um acht, meistens"]], []],
    [
      "with tabs and a mark of its encoding",
      "\ufeffquestion\tanswer\r\nWhen?\tAt eight\r\n",
      [["When?", "At eight"]],
      [],
    ],
    [
      "with quotes, doubled quotes and line breaks in them",
      'question,answer\n"When, on ""Fridays""?","At\neight"\nWho?,We\nlost\n',
      [['When, on "Fridays"?', "At\neight"], ["Who?", "We"]],
      ["5 columns"],
    ], // prettier-ignore
    [
      "with other ways of asking",
      "question,answer,also\nWhen?,At eight,what time|which hour\n",
      [["When? | what time | which hour", "At eight"]],
      [],
    ],
    [
      "with rows that cannot be taken",
      `question,answer\nWhen?,At eight\nWho?,\n,We\nalone\nLong?,${"x".repeat(LONGEST_TEXT + 1)}\nWhere?,Here\n`,
      [["When?", "At eight"], ["Where?", "Here"]],
      ["3 no-answer", "4 no-question", "5 columns", "6 too-long"],
    ], // prettier-ignore
    [
      "with a quote that is never closed",
      'question,answer\nWhen?,At eight\n"Who?,We\nWhere?,Here\n',
      [["When?", "At eight"], ["Where?", "Here"]],
      ["3 quote"],
    ], // prettier-ignore
    ["with nothing in it", "\n\n", [], ["1 nothing"]],
  ])("%s", (_name, text, passages, mistakes) => {
    expect(said("csv", text)).toEqual({ passages, mistakes });
  });

  it("stops at the most an import takes, and says where", () => {
    const rows = Array.from({ length: MOST_PASSAGES + 3 }, (_, index) => `Why ${index}?,Because`);
    const { passages, mistakes } = parseFile("csv", rows.join("\n"));
    expect(passages).toHaveLength(MOST_PASSAGES);
    expect(mistakes).toEqual([{ line: MOST_PASSAGES + 1, what: "too-many" }]);
  });

  it("gives back every row that was written by the rules, whatever is in it", () => {
    const cell = fc
      .string({ minLength: 1, maxLength: 40, unit: "grapheme" })
      .map((text) => `x${text.replace(/[\r\0]/g, "")}x`);
    const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 }), (rows) => {
        const text = ["question,answer", ...rows.map((row) => row.map(quoted).join(","))].join("\n");
        const expected = rows.map(([ask, answer]) => [ask, answer]);
        const { passages, mistakes } = parseFile("csv", text);
        expect(mistakes).toEqual([] satisfies RowMistake[]);
        expect(passages.map(({ asks, text: answer }) => [asks[0], answer])).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });
});

describe("a Markdown file", () => {
  it.each<readonly [string, string, readonly (readonly string[])[], readonly string[]]>([
    [
      "with chapters and questions",
      "Hello all.\n\n# Account\n\n## How do I reset it?\nOpen it.\n\n- and click\n\n## Who may see it? ##\nNobody.\n",
      [["", "Hello all."], ["How do I reset it?", "Open it.\n\n- and click"], ["Who may see it?", "Nobody."]],
      [],
    ], // prettier-ignore
    [
      "with a question nobody answered",
      "# When?\n# Who?\nWe.\n# Why?\n\n",
      [["Who?", "We."]],
      ["1 no-answer", "4 no-answer"],
    ],
    ["with code that looks like a heading", "# How?\n```\n# a comment\n```\n", [["How?", "```\n# a comment\n```"]], []],
    [
      "as questions and answers",
      "**Q:** When?\nA: At eight.\n\nFrage: Wer?\nAntwort: Wir.\n",
      [
        ["When?", "At eight."],
        ["Wer?", "Wir."],
      ],
      [],
    ],
  ])("%s", (_name, text, passages, mistakes) => {
    expect(said("markdown", text)).toEqual({ passages, mistakes });
  });

  it("knows its language where there is enough of it", () => {
    const text = "# Wie setze ich mein Passwort zurück?\nÖffne dein Konto und wähle „vergessen“ aus der Liste.";
    expect(parseFile("markdown", text).passages[0]?.language).toBe("de");
  });
});
