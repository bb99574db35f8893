import { describe, expect, it } from "vitest";
import { BLANK_LOOK, Permission, type EventOf, type GuildEvent, type ProposedAction, type Role } from "#core";
import { smallHouse } from "../../test/kit/small-house.ts";
import sentry from "./index.ts";

const NOON = 1_790_000_000_000;
const ROGUE = "66";
const OWNER = "1";
const role = (id: string, position: number, permissions: bigint, managed = false): Role => ({
  ...{ id, name: `role-${id}`, position, permissions: permissions.toString() },
  ...(managed && { managed }),
});
const ROLES: readonly Role[] = [
  role("11", 1, Permission.SEND_MESSAGES),
  role("12", 3, Permission.MANAGE_CHANNELS),
  role("13", 4, Permission.BAN_MEMBERS),
  role("14", 20, Permission.ADMINISTRATOR),
  role("15", 5, Permission.MANAGE_ROLES, true),
];

function open(config: object = {}) {
  const guild = { ...BLANK_LOOK.guild(), name: "The Lantern", ownerId: OWNER, locale: "en", botRank: 10 };
  const house = smallHouse(sentry, sentry.config.parse(config), {
    guild: () => guild,
    role: (id) => ROLES.find((one) => one.id === id),
    channel: (id) => (id === "5" ? { id, name: "hall", type: 4, overwrites: [] } : undefined),
  });
  const done: ProposedAction[] = [];
  return {
    house,
    done,
    bring: (...events: readonly GuildEvent[]) => done.push(...events.flatMap((event) => house.bring(event))),
  };
}

type Entry = Partial<EventOf<"audit.logged">>;
let entries = 0;
function entry(action: number, second: number, more: Entry = {}): GuildEvent {
  const id = String(++entries);
  const base = { id: `a:${id}`, guildId: "100", at: NOON + second * 1_000, entryId: id, byUserId: ROGUE };
  return { ...base, kind: "audit.logged", action, targetId: `9${id}`, changes: [], ...more };
}
const gone = (name: string, second: number, more: Entry = {}): GuildEvent =>
  entry(12, second, {
    changes: [
      { key: "name", before: name },
      { key: "type", before: 0 },
      {
        key: "permission_overwrites",
        before: [
          { id: "12", type: 0, allow: "0", deny: "2048" },
          { id: "99", type: 0, allow: "0", deny: "1" },
        ],
      },
    ],
    ...more,
  });
const looked = (roleIds: readonly string[]): GuildEvent => ({
  ...{ id: "o:1", guildId: "100", at: NOON + 5_000, kind: "action.done", orderId: "x#0", attempt: 1 },
  result: { looked: ROGUE, name: "Rogue", roleIds },
});
const verbs = (done: readonly ProposedAction[]) => done.map(({ action }) => action.verb);
const granted = (second: number) =>
  entry(31, second, { changes: [{ key: "permissions", before: "0", after: Permission.ADMINISTRATOR.toString() }] });

describe("an account that runs wild", () => {
  it.each([
    ["deletes channels", [gone("a", 0), gone("b", 10), gone("c", 20)], 3],
    ["deletes channels and roles", [gone("a", 0), entry(32, 5), gone("c", 20)], 2],
    ["bans", Array.from({ length: 15 }, (_, index) => entry(22, index)), 0],
    ["makes webhooks", [entry(50, 0), entry(50, 1), entry(50, 2), entry(50, 3)], 0],
    ["gives power to roles", [granted(0), granted(3)], 0],
    [
      "gives roles with power",
      [0, 4].map((second) => entry(25, second, { changes: [{ key: "$add", after: [{ id: "13", name: "x" }] }] })),
      0,
    ],
  ])("%s: its roles are looked up, and what can be is made again", (_what, events, again) => {
    const { done, bring } = open();
    bring(...events);
    expect(verbs(done).filter((verb) => verb === "member.look")).toHaveLength(1);
    expect(verbs(done).filter((verb) => verb === "channel.create")).toHaveLength(again);
  });

  it("loses each role that gives power and is within reach, and the owner reads what was done and what cannot be", () => {
    const { house, done, bring } = open({ alertChannelId: "30" });
    bring(gone("a", 0), gone("b", 1), gone("c", 2), looked(["11", "12", "13", "14", "15"]));
    const taken = done.flatMap(({ action }) => (action.verb === "role.remove" ? [action.roleId] : []));
    expect(taken).toEqual(["12", "13"]);
    bring(gone("d", 8));
    bring({
      id: "t",
      guildId: "100",
      at: NOON + 32_000,
      kind: "clock.struck",
      timer: `report:${ROGUE}`,
      owner: "sentry",
      payload: {},
    });
    expect([...house.timers.keys()]).toEqual([`report:${ROGUE}`]);
    const told = done.flatMap(({ action }) => (action.verb === "member.tell" ? [action] : []));
    expect(told).toMatchObject([{ userId: OWNER }]);
    for (const part of ["4 channels deleted", "role-12, role-13", "role-14, role-15", "a, b, c, d"])
      expect(told[0]!.words.text).toContain(part);
    expect(verbs(done)).toContain("message.send");
  });

  it("what is made again has what Discord's log says, but for roles that are gone", () => {
    const { done, bring } = open();
    bring(gone("a", 0), gone("b", 1), gone("c", 2));
    expect(done.find(({ action }) => action.verb === "channel.create")?.action).toEqual({
      ...{ verb: "channel.create", name: "a", type: 0 },
      overwrites: [{ id: "12", type: "role", allow: "0", deny: "2048" }],
    });
  });
});

describe("a channel that is made again", () => {
  const deleted = (channelId: string, parentId: string, second: number): GuildEvent => ({
    ...{ id: `d:${channelId}`, guildId: "100", at: NOON + second * 1_000, kind: "directory.changed" },
    change: { change: "channel.gone", channelId, parentId },
  });
  it("lies in its category, if that is still there", () => {
    const { done, bring } = open();
    for (const [index, parentId] of ["5", "5", "6"].entries())
      bring(deleted(`7${index}`, parentId, index), gone(`c${index}`, index, { targetId: `7${index}` }));
    const parents = done.flatMap(({ action }) => (action.verb === "channel.create" ? [action.parentId] : []));
    expect(parents).toEqual(["5", "5", undefined]);
  });
});

describe("nobody is stopped", () => {
  it.each([
    ["who takes their time", [gone("a", 0), gone("b", 61), gone("c", 125)]],
    ["who is the owner", [0, 1, 2].map((second) => gone("a", second, { byUserId: OWNER }))],
    ["who is trusted", [0, 1, 2].map((second) => gone("a", second, { byUserId: "77" }))],
    ["when it was the house", [0, 1, 2].map((second) => gone("a", second, { isOurs: true }))],
    ["when three people did it", ["5", "6", "7"].map((byUserId, second) => gone("a", second, { byUserId }))],
    ["who bans a handful", Array.from({ length: 14 }, (_, index) => entry(22, index))],
    [
      "who gives harmless roles",
      [0, 1, 2].map((second) => entry(25, second, { changes: [{ key: "$add", after: [{ id: "11" }] }] })),
    ],
    [
      "who takes power away",
      [0, 1, 2].map((second) => entry(31, second, { changes: [{ key: "permissions", before: "8", after: "0" }] })),
    ],
    ["who edits channels", Array.from({ length: 9 }, (_, index) => entry(11, index))],
  ])("%s", (_what, events) => {
    const { done, bring } = open({ trustedUserIds: ["77"] });
    bring(...events, looked(["12"]));
    expect(done).toEqual([]);
  });
});
