import { describe, expect, it } from "vitest";
import type { PolicyChange } from "#core";
import { amended } from "./amend.ts";

const set = (path: string, value: unknown): PolicyChange => ({ path: path.split("."), value });
const unset = (path: string): PolicyChange => ({ path: path.split(".") });

describe("amending a guild's document", () => {
  it.each<[string, string, readonly PolicyChange[], string]>([
    ["nothing yet", "", [set("preset", "gaming")], "preset: gaming\n"],
    ["only a comment", "# ours\n", [set("locale", "de")], "# ours\n\nlocale: de\n"],
    ["a value", "locale: de # since spring\n", [set("locale", "fr")], "locale: fr # since spring\n"],
    [
      "a comment beside it",
      "# who\nlocale: de\nquota: {}\n",
      [set("preset", "gaming")],
      "# who\nlocale: de\nquota: {}\npreset: gaming\n",
    ],
    ["a block that is not there", "", [set("agents.porter.mode", "live")], "agents:\n  porter:\n    mode: live\n"],
    ["a block that is empty", "agents:\n", [set("agents.porter.mode", "live")], "agents:\n  porter:\n    mode: live\n"],
    ["a list of ids", "", [set("staffRoleIds", ["801000000000000055"])], 'staffRoleIds:\n  - "801000000000000055"\n'],
    [
      "an id somebody left unquoted",
      "noticeChannelId: 801000000000000055\n",
      [set("locale", "de")],
      'noticeChannelId: "801000000000000055"\nlocale: de\n',
    ],
    [
      "an id in the place of another",
      "noticeChannelId: 801000000000000055\n",
      [set("noticeChannelId", "801000000000000056")],
      'noticeChannelId: "801000000000000056"\n',
    ],
    ["a value that goes", "locale: de\npreset: gaming\n", [unset("preset")], "locale: de\n"],
    ["what was never there", "locale: de\n", [unset("approval.channelId"), unset("preset")], "locale: de\n"],
    ["what lies below a plain value", "approval: none\n", [unset("approval.channelId")], "approval: none\n"],
  ])("%s", (_name, before, changes, after) => {
    expect(amended(before, changes)).toBe(after);
  });

  it("says what is no YAML", () => {
    expect(() => amended("a: [", [set("preset", "gaming")])).toThrow(/policy: .*line 1, column/s);
  });
});
