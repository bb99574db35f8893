import { describe, expect, it } from "vitest";
import type { EventOf } from "#core";
import type { HouseLook } from "../decide/look.ts";
import { banSeen, byHand, ownMarks, unseen } from "./by-hand.ts";

const AT = Date.UTC(2026, 0, 1);
const ENTRY: EventOf<"audit.logged"> = {
  ...{ id: "a:77", guildId: "1", at: AT, kind: "audit.logged", entryId: "77", action: 22 },
  ...{ byUserId: "5", targetId: "9", targetName: "Robin", reason: "spam", changes: [] },
};
const until = (after: unknown) => [{ key: "communication_disabled_until", after }];

/** What was counted so far, by counter and key. */
const lookWith = (...counted: readonly string[]) =>
  ({ count: (counter: string, key: string) => (counted.includes(`${counter} ${key}`) ? 1 : 0) }) as HouseLook;

describe("what a moderator does by hand", () => {
  it.each([
    ["a kick", { action: 20 }, "member.kick"],
    ["a ban", {}, "member.ban"],
    ["an unban", { action: 23 }, "member.unban"],
    ["a time-out", { action: 24, changes: until(new Date(AT + 60_000).toISOString()) }, "member.timeout"],
    ["a time-out lifted", { action: 24, changes: [{ key: "communication_disabled_until" }] }, "member.untimeout"],
    [
      "a time-out set into the past",
      { action: 24, changes: until(new Date(AT - 1).toISOString()) },
      "member.untimeout",
    ],
  ])("%s becomes a case", (_name, changes, verb) => {
    const said = byHand({ ...ENTRY, ...changes }, lookWith());
    expect(said.house).toEqual([
      {
        write: "case.open",
        draft: {
          ...{ proposalId: "a:77/by-hand", eventId: "a:77", verb, userId: "9", userName: "Robin" },
          ...{ decidedBy: "user:5", rule: "by-hand", reason: "spam", openedAt: AT, outcome: "done" },
        },
      },
    ]);
    expect(said.tallies).toContainEqual({ counter: "told", key: `${verb}/9` });
  });

  it.each([
    ["our own", { isOurs: true }],
    ["a nickname", { action: 24, changes: [{ key: "nick", after: "x" }] }],
    ["a role that was given", { action: 25 }],
    ["a channel that was made", { action: 10 }],
    ["nobody's", { targetId: undefined }],
  ])("%s becomes none", (_name, changes) => {
    expect(byHand({ ...ENTRY, ...changes } as typeof ENTRY, lookWith()).house).toEqual([]);
  });

  it("without reason or author it is a case all the same", () => {
    const { byUserId: _by, reason: _reason, targetName: _name, ...bare } = ENTRY;
    const [opened] = byHand(bare, lookWith()).house;
    expect(opened).toMatchObject({ draft: { decidedBy: "unknown", reason: "", userName: "9" } });
  });

  it("written twice by Discord, under two ids, it is one", () => {
    const first = byHand(ENTRY, lookWith());
    const counted = first.tallies.map(({ counter, key }) => `${counter} ${key}`);
    expect(byHand({ ...ENTRY, id: "a:78", entryId: "78" }, lookWith(...counted)).house).toEqual([]);
    expect(byHand({ ...ENTRY, id: "a:79", targetId: "10" }, lookWith(...counted)).house).toHaveLength(1);
  });

  it("calls off the wait for its explanation", () => {
    expect(byHand(ENTRY, lookWith()).writes).toEqual([{ write: "timer.clear", timer: "by-hand:member.ban:9" }]);
    expect(byHand({ ...ENTRY, isOurs: true }, lookWith()).writes).toHaveLength(1);
  });
});

describe("a ban that is only seen", () => {
  const seen: EventOf<"member.banned"> = {
    ...{ id: "s:1", guildId: "1", at: AT, kind: "member.banned", userId: "9", name: "Robin" },
  };
  const payload = { verb: "member.ban", userId: "9", name: "Robin" };
  const struck: EventOf<"clock.struck"> = {
    ...{ id: "t:1", guildId: "1", at: AT + 10_000, kind: "clock.struck", owner: "house" },
    ...{ timer: "by-hand:member.ban:9", payload },
  };

  it("waits for its explanation, unless that came first", () => {
    const timer = { write: "timer.set", timer: "by-hand:member.ban:9", at: AT + 10_000, payload };
    expect(banSeen(seen, lookWith())).toEqual([timer]);
    expect(banSeen(seen, lookWith("told member.ban/9"))).toEqual([]);
    expect(banSeen(seen, lookWith("told member.unban/9"))).toEqual([timer]);
  });

  it.each([
    ["nobody explained it", [], 1],
    ["it was explained", ["told member.ban/9"], 0],
    ["it was ours", ["own member.ban/9"], 0],
  ])("%s", (_name, counted, cases) => {
    const said = unseen(struck, lookWith(...counted));
    expect(said.house).toHaveLength(cases);
    for (const opened of said.house)
      expect(opened).toMatchObject({ draft: { decidedBy: "unknown", userName: "Robin" } });
  });

  it("knows our own by what was ordered", () => {
    const member = (userId: string) => ({ userId, name: userId, roleIds: [] });
    const counted = (keys: readonly string[]) => keys.map((key) => ({ counter: "own", key }));
    expect(ownMarks({ verb: "member.ban", member: member("9"), deleteSeconds: 0 })).toEqual(counted(["member.ban/9"]));
    expect(ownMarks({ verb: "member.unban", userId: "9" })).toEqual(counted(["member.unban/9"]));
  });
});
