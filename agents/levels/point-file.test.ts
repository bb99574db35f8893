import { describe, expect, it } from "vitest";
import { kindOfFile, MOST_ROWS, parsePoints } from "./point-file.ts";

const A = "123456789012345678";
const B = "223456789012345678";

describe("a file with points", () => {
  it.each<readonly [string, "csv" | "json", string, object]>([
    ["headings in any order", "csv", `xp,name,user_id\n40,Ada,${A}\n`, { rows: [{ userId: A, points: 40 }] }],
    ["an id before a name", "csv", `user,id,Total XP\nada,${A},7\n`, { rows: [{ userId: A, points: 7 }] }],
    [
      "no headings",
      "csv",
      `${A};40\n${B};2.6`,
      {
        rows: [
          { userId: A, points: 40 },
          { userId: B, points: 3 },
        ],
      },
    ],
    ["what Windows puts first", "csv", `\ufeffid,xp\r\n${A},1\r\n`, { rows: [{ userId: A, points: 1 }] }],
    [
      "rows that cannot be taken, each by its line",
      "csv",
      `id,xp\n${A},1\nada,5\n\n${B},many\n${A},9\n${B}\n${B},-1`,
      {
        rows: [{ userId: A, points: 1 }],
        mistakes: [
          { line: 3, what: "id" },
          { line: 5, what: "points" },
          { line: 6, what: "twice" },
          { line: 7, what: "short" },
          { line: 8, what: "points" },
        ],
      },
    ],
    ["no columns we know", "csv", "name,level\nada,4\n", { broken: { why: "columns", line: 1 } }],
    ["an open quote", "csv", `id,xp\n"${A},1\n`, { broken: { why: "quote", line: 2 } }],
    ["nothing", "csv", "\n\n", { broken: { why: "empty" } }],
    [
      "players, as MEE6 lists them",
      "json",
      `{"guild":{"id":"9"},"players":[{"id":"${A}","xp":40,"level":2,"username":"a: 1","detailed_xp":[1,2]}]}`,
      { rows: [{ userId: A, points: 40 }] },
    ],
    ["a bare list", "json", `[{"userId":"${A}","score":"8"}]`, { rows: [{ userId: A, points: 8 }] }],
    [
      "ids that are numbers keep their digits",
      "json",
      `[{"id":123456789012345671,"xp":1}]`,
      { rows: [{ userId: "123456789012345671", points: 1 }] },
    ],
    [
      "entries that cannot be taken, by their number",
      "json",
      `[{"id":"${A}","xp":null},7,{"id":"${A}","xp":1e99}]`,
      {
        rows: [],
        mistakes: [
          { line: 1, what: "points" },
          { line: 2, what: "short" },
          { line: 3, what: "points" },
        ],
      },
    ],
    ["no JSON", "json", `{"players": [\n  {"id": }\n]}`, { broken: { why: "json", line: 2 } }],
    ["JSON that ends", "json", `[\n\n{"id":`, { broken: { why: "json", line: 3 } }],
    [
      "a comma too many",
      "json",
      `[\n{"id": "1", "b": [{}, [], -1.5e3, true]},\n]`,
      { broken: { why: "json", line: 3 } },
    ],
    ["two values", "json", `[]\n{}`, { broken: { why: "json", line: 2 } }],
    ["brackets crossed", "json", `[{"a":\n1]}`, { broken: { why: "json", line: 2 } }],
    ["no list", "json", `{"guild": {}}`, { broken: { why: "list" } }],
    ["an empty list", "json", "[]", { broken: { why: "empty" } }],
  ])("%s", (_name, kind, text, expected) => expect(parsePoints(kind, text)).toMatchObject(expected));

  it("may hold so many and no more", () => {
    const lines = (count: number) => Array.from({ length: count }, (_, index) => `${BigInt(A) + BigInt(index)},1`);
    expect(parsePoints("csv", lines(MOST_ROWS).join("\n"))).not.toHaveProperty("broken");
    expect(parsePoints("csv", lines(MOST_ROWS + 1).join("\n"))).toEqual({ broken: { why: "too-many" } });
  });

  it("is known again by what is in it", () => {
    const digestOf = (kind: "csv" | "json", text: string) => (parsePoints(kind, text) as { digest: string }).digest;
    const table = digestOf("csv", `id,xp\n${A},40\n`);
    expect(digestOf("json", `[{"id":"${A}","xp":40}]`)).toBe(table);
    expect(digestOf("csv", `id,xp\n${A},41\n`)).not.toBe(table);
  });

  it.each([
    ["levels.CSV", "csv"],
    ["players.json", "json"],
    ["levels.xlsx", undefined],
    ["csv", undefined],
  ])("%s is %s", (name, kind) => expect(kindOfFile(name)).toBe(kind));
});
