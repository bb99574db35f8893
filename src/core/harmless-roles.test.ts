import { describe, expect, it } from "vitest";
import type { Role } from "./directory.ts";
import { powersOf, roleHindrance } from "./harmless-roles.ts";
import { Permission } from "./permissions.ts";

const role = (facts: Partial<Role> = {}): Role => ({
  id: "11",
  name: "painter",
  position: 3,
  permissions: "0",
  ...facts,
});
const may = (...bits: bigint[]): string => bits.reduce((all, bit) => all | bit, 0n).toString();

describe("a role that is handed out by itself", () => {
  it.each([
    ["a plain one", role(), undefined],
    ["one that may only write", role({ permissions: may(Permission.SEND_MESSAGES) }), undefined],
    ["none", undefined, "gone"],
    ["everybody's", role({ id: "100" }), "everyone"],
    ["an application's", role({ managed: true }), "managed"],
    ["at the bot's own height", role({ position: 8 }), "above-bot"],
    ["an administrator's", role({ permissions: may(Permission.ADMINISTRATOR) }), "powerful"],
    ["one that calls everybody", role({ permissions: may(Permission.MENTION_EVERYONE) }), "powerful"],
  ])("%s", (_what, given, expected) => {
    expect(roleHindrance(given, "100", { botRank: 8 })).toBe(expected);
  });

  it("is none while nobody knows where the bot stands", () => {
    expect(roleHindrance(role(), "100", {})).toBe("above-bot");
  });

  it("names its powers", () => {
    expect(powersOf(role({ permissions: may(Permission.KICK_MEMBERS, Permission.SEND_MESSAGES) }))).toEqual([
      "KICK_MEMBERS",
    ]);
  });
});
