import { describe, expect, it } from "vitest";
import { botRole, directory, everyone, policy, regular, patron } from "../../test/kit/guild.ts";
import { Permission, type PermissionName } from "./permissions.ts";
import type { Directory, Role } from "./directory.ts";
import { permissionTitle, whatNoLongerWorks } from "./standing.ts";

const warden = { name: "warden", verbs: ["message.delete", "member.ban", "interaction.reply"] as const };
const AT = 1_000;

function withRoles(...roles: Role[]): Directory {
  return { ...directory, channels: { "20": directory.channels["20"]! }, roles: { ...directory.roles, ...byId(roles) } };
}
const byId = (roles: readonly Role[]) => Object.fromEntries(roles.map((role) => [role.id, role]));
const having = (role: Role, ...names: PermissionName[]): Role => ({
  ...role,
  permissions: names.reduce((bits, name) => bits | Permission[name], 0n).toString(),
});

const ALL: readonly PermissionName[] = ["VIEW_AUDIT_LOG", "MANAGE_GUILD", "MANAGE_MESSAGES", "BAN_MEMBERS"];
/** Everything is as the guild wants it: nobody but staff stands above the bot. */
const fine = withRoles(having(botRole, ...ALL), { ...patron, position: 2 });
const mode = (of: "off" | "shadow" | "live", config: unknown = {}) =>
  policy({ agents: { warden: { mode: of, config, hash: "test" } } });
const keys = (of: Directory, chosen = mode("live")) =>
  whatNoLongerWorks(of, chosen, [warden], AT).map(({ key }) => key);

describe("what no longer works", () => {
  it("is nothing where everything is granted", () => {
    expect(keys(fine)).toEqual([]);
  });

  it.each([
    ["a permission is gone", having(botRole, ...ALL.slice(0, 3)), ["guild:BAN_MEMBERS"]],
    ["the house itself sees less", having(botRole, ...ALL.slice(2)), ["house:VIEW_AUDIT_LOG", "house:MANAGE_GUILD"]],
    ["an administrator lacks nothing", having(botRole, "ADMINISTRATOR"), []],
  ])("%s", (_name, role, expected) => {
    expect(keys({ ...fine, roles: { ...fine.roles, [role.id]: role } })).toEqual(expected);
  });

  it.each([["off" as const], ["shadow" as const]])("an agent that is %s needs nothing", (of) => {
    const bare = { ...fine, roles: { ...fine.roles, [botRole.id]: having(botRole, ...ALL.slice(0, 2)) } };
    expect(keys(bare, mode(of))).toEqual([]);
  });

  it("names the channels where an overwrite stands against it, and not those that are hidden", () => {
    const deny = (name: PermissionName) => [
      { id: botRole.id, type: "role" as const, allow: "0", deny: Permission[name].toString() },
    ];
    const channels = {
      "21": { id: "21", name: "attic", type: 0, overwrites: deny("MANAGE_MESSAGES") },
      "22": { id: "22", name: "staff", type: 0, overwrites: deny("VIEW_CHANNEL") },
      "23": { id: "23", name: "rooms", type: 4, overwrites: deny("MANAGE_MESSAGES") },
    };
    const found = whatNoLongerWorks(
      { ...fine, channels: { ...fine.channels, ...channels } },
      mode("live"),
      [warden],
      AT,
    );
    expect(found).toEqual([
      {
        level: "broken",
        key: "channels:MANAGE_MESSAGES",
        agents: ["warden"],
        what: 'warden cannot do all it should in #attic: the bot lacks "Manage Messages" there.',
        fix: 'Allow "Manage Messages" to the bot\'s role in the settings of these channels or of their category.',
        about: { kind: "channels", permission: "MANAGE_MESSAGES", channelIds: ["21"] },
      },
    ]);
  });

  it.each([
    ["members above the bot", { ...regular, position: 9 }, ["role-order"]],
    ["staff above the bot is as it should be", having({ ...regular, position: 9 }, "BAN_MEMBERS"), []],
    ["another bot's own role is no member's", { ...regular, position: 9, managed: true }, []],
    ["everyone is no rank", { ...everyone, position: 9 }, []],
  ])("%s", (_name, role, expected) => {
    expect(keys({ ...fine, roles: { ...fine.roles, [role.id]: role } })).toEqual(expected);
  });

  it("a channel or role of the settings that is gone", () => {
    const config = { logChannelId: "999", deep: { giveRoleIds: [regular.id, "998"] }, words: ["997"] };
    const chosen = { ...mode("live", config), staffRoleIds: ["996"], noticeChannelId: "20" };
    expect(keys(fine, chosen)).toEqual([
      "staffRoleIds:996",
      "agents.warden.config.logChannelId:999",
      "agents.warden.config.deep.giveRoleIds:998",
    ]);
  });

  it("a bot in time-out can do nothing, until it is over", () => {
    expect(keys({ ...fine, botTimeoutUntil: AT + 1 })).toEqual(["timed-out"]);
    expect(keys({ ...fine, botTimeoutUntil: AT })).toEqual([]);
  });
});

it("calls permissions what Discord's settings call them", () => {
  expect(permissionTitle("BAN_MEMBERS")).toBe("Ban Members");
  expect(permissionTitle("MODERATE_MEMBERS")).toBe("Timeout Members");
});
