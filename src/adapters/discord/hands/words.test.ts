import { describe, expect, it } from "vitest";
import type { Words } from "#core";
import { messageBody } from "./words.ts";

describe("who is called by a message", () => {
  it.each<readonly [string, Partial<Words>, string, object]>([
    ["nobody, whatever the text holds", {}, "", { parse: [], users: [] }],
    ["these members", { pingUserIds: ["1"] }, "<@1>", { parse: [], users: ["1"] }],
    ["this role", { pingRoleIds: ["2"] }, "<@&2>", { parse: [], users: [], roles: ["2"] }],
    ["everybody", { pingEveryone: true }, "@everyone", { parse: ["everyone"], users: [] }],
  ])("%s", (_who, called, content, allowed) => {
    const body = messageBody({ text: "@everyone <@3> <@&4>", ...called }, "order");
    expect(body).toMatchObject({ content, embeds: [{ description: "@everyone <@3> <@&4>" }] });
    expect(body.allowed_mentions).toEqual(allowed);
  });
});
