import { describe, expect, it } from "vitest";
import { BLANK_LOOK, Permission, type GuildEvent, type Member, type ProposedAction, type Role } from "#core";
import { smallHouse } from "../../test/kit/small-house.ts";
import stickyroles from "./index.ts";

const NOON = 1_790_000_000_000;
const DAY = 86_400_000;
const role = (id: string, facts: Partial<Role> = {}): Role => ({
  id,
  name: id,
  position: 1,
  permissions: "0",
  ...facts,
});
const ROLES = [
  role("11"),
  role("12"),
  role("13", { permissions: Permission.KICK_MEMBERS.toString() }),
  role("14", { position: 9 }),
  role("15", { managed: true }),
  role("66"),
  role("77"),
];

function open(config: object = {}, roles: Role[] = ROLES) {
  return smallHouse(stickyroles, stickyroles.config.parse(config), {
    guild: () => ({ ...BLANK_LOOK.guild(), botRank: 8 }),
    role: (id) => roles.find((one) => one.id === id),
  });
}

let count = 0;
const base = (at = NOON) => ({ id: `e${++count}`, guildId: "100", at });
const ada = (...roleIds: string[]): Member => ({ userId: "7", name: "Ada", roleIds });
const has = (...roleIds: string[]): GuildEvent => ({ ...base(), kind: "member.updated", member: ada(...roleIds) });
const leaves = (): GuildEvent => ({ ...base(), kind: "member.left", userId: "7", name: "Ada" });
const joins = (daysLater = 1): GuildEvent => ({
  ...base(NOON + daysLater * DAY),
  kind: "member.joined",
  member: ada(),
});
const banned: GuildEvent = { ...base(), kind: "member.banned", userId: "7", name: "Ada" };
const audit = (action: number, targetId: string): GuildEvent => ({
  ...{ ...base(), kind: "audit.logged", entryId: "1", action, targetId, changes: [] },
});
const given = (proposed: readonly ProposedAction[]) =>
  proposed.flatMap(({ action }) => (action.verb === "role.add" ? [action.roleId] : []));

describe("whoever comes back", () => {
  it.each([
    ["gets the roles they had", {}, [has("11", "12"), leaves(), joins()], ["11", "12"]],
    ["gets those they had last", {}, [has("11", "12"), has("12"), leaves(), joins()], ["12"]],
    ["does not get what a moderator took", {}, [has("11"), has(), leaves(), joins()], []],
    ["gets no power", {}, [has("11", "13"), leaves(), joins()], ["11"]],
    ["gets nothing above the bot, and nothing of an application's", {}, [has("14", "15"), leaves(), joins()], []],
    ["gets only what is listed", { onlyRoleIds: ["12", "13"] }, [has("11", "12", "13"), leaves(), joins()], ["12"]],
    ["does not get what is excepted", { neverRoleIds: ["11"] }, [has("11", "12"), leaves(), joins()], ["12"]],
    ["gets nothing out of quarantine", { quarantineRoleIds: ["66"] }, [has("11", "66"), leaves(), joins()], []],
    [
      "after a quarantine gets theirs",
      { quarantineRoleIds: ["66"] },
      [has("66"), has("11"), leaves(), joins()],
      ["11"],
    ],
    ["gets nothing after a ban", {}, [has("11"), banned, leaves(), joins()], []],
    ["gets nothing after a kick, told of before", {}, [has("11"), audit(20, "7"), leaves(), joins()], []],
    ["gets nothing after a kick, told of afterwards", {}, [has("11"), leaves(), audit(20, "7"), joins()], []],
    ["is not meant by another's kick", {}, [has("11"), leaves(), audit(20, "8"), joins()], ["11"]],
    ["too late gets nothing", { days: 30 }, [has("11"), leaves(), joins(30)], []],
    ["just in time gets theirs", { days: 31 }, [has("11"), leaves(), joins(30)], ["11"]],
    ["gets nothing where that is off", { enabled: false }, [has("11"), leaves(), joins()], []],
    ["who was never there gets nothing", {}, [joins()], []],
    ["gets theirs each time", {}, [has("11"), leaves(), joins(), has("11"), leaves(), joins(2)], ["11", "11"]],
  ])("%s", (_what, config, events, expected) => {
    const house = open(config);
    expect(events.flatMap((event) => given(house.bring(event)))).toEqual(expected);
  });

  it("waits at the gate, is not let through it by a role of theirs, and may leave in between", () => {
    const house = open({ afterRoleId: "77" });
    house.bring(has("11", "77"));
    house.bring(leaves());
    expect(house.bring(joins())).toEqual([]);
    expect(house.bring(has())).toEqual([]);
    house.bring(leaves());
    expect(house.bring(joins(2))).toEqual([]);
    expect(given(house.bring(has("77")))).toEqual(["11"]);
    expect(house.bring(has("11", "77"))).toEqual([]);
  });

  it("does not get a role that has become powerful meanwhile, or is gone", () => {
    const roles = [...ROLES];
    const house = open({}, roles);
    house.bring(has("11", "12"));
    house.bring(leaves());
    roles.splice(0, 2, role("11", { permissions: Permission.ADMINISTRATOR.toString() }));
    expect(house.bring(joins())).toEqual([]);
  });
});

it("is forgotten after a time, and leaves nothing behind", () => {
  const house = open({ days: 30 });
  house.bring(has("11"));
  house.bring(leaves());
  const { at, payload } = house.timers.get("forget:7")!;
  expect(at).toBe(NOON + 30 * DAY);
  house.bring({ ...base(at), kind: "clock.struck", timer: "forget:7", owner: "stickyroles", payload });
  expect([house.records.size, house.timers.size]).toEqual([0, 0]);
});

it("writes nothing for a change that changes none of it", () => {
  const house = open();
  house.bring(has("11"));
  const effects = stickyroles.decide(has("11", "13") as never, house.look, stickyroles.config.parse({}));
  expect(effects).toEqual([]);
});
