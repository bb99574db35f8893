import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Action, type Directory, type Overwrite, Permission, snowflakeAt } from "#core";
import { botRole, directory, everyone, GUILD, member, moderator, regular } from "../../../test/kit/guild.ts";
import { followOf } from "./follow.ts";
import { type BeforeLock, beforeLock, lockKey } from "./lock.ts";
import { beforePause } from "./pause.ts";
import { LONGEST_TIMEOUT, stepsOf } from "./plan.ts";
import type { PlanView } from "./view.ts";

const NOW = 1_760_000_000_000;
const DAY = 86_400_000;
const view = (changes: Partial<PlanView> = {}): PlanView => ({
  ...{ directory, at: NOW, staffRoleIds: [], remembered: () => undefined },
  ...changes,
});
const actions = (action: Action, at: PlanView = view()) => stepsOf(action, at).map((step) => step.action);
const ids = (count: number, age = 0) => Array.from({ length: count }, (_, index) => snowflakeAt(NOW - age, index));
const removal = (messageIds: readonly string[]): Action => ({
  verb: "message.bulk-delete",
  channelId: "20",
  messageIds,
});
const sizes = (action: Action) =>
  actions(action).map((step) => (step.verb === "message.bulk-delete" ? step.messageIds.length : step.verb));

describe("messages are removed", () => {
  it.each([
    ["two together", ids(2), [2]],
    ["one alone", ids(1), ["message.delete"]],
    ["none not at all", [], []],
    ["a hundred at once", ids(100), [100]],
    ["one more by itself", ids(101), [100, "message.delete"]],
    ["each once, however often it is named", [...ids(2), ...ids(2)], [2]],
    ["those older than Discord takes one by one", [...ids(3), ...ids(1, 14 * DAY - 200_000)], [3, "message.delete"]],
    ["those a little younger with the rest", [...ids(3), ...ids(1, 14 * DAY - 400_000)], [4]],
  ])("%s", (_name, messageIds, expected) => {
    expect(sizes(removal(messageIds))).toEqual(expected);
  });

  it("independently of each other", () => {
    expect(stepsOf(removal(ids(250)), view()).map(({ onFailure }) => onFailure)).toEqual(Array(3).fill("continue"));
  });
});

it("a cohort is banned two hundred at a time, each of it once", () => {
  const members = [...Array.from({ length: 450 }, (_, index) => member(String(1_000 + index))), member("1000")];
  const steps = actions({ verb: "members.bulk-ban", members, deleteSeconds: 0 });
  expect(steps.map((step) => step.verb === "members.bulk-ban" && step.members.length)).toEqual([200, 200, 50]);
});

describe("a time-out", () => {
  const timeout = (until: number): Action => ({ verb: "member.timeout", member: member("50"), until });

  it("that Discord allows is ordered as it is, and goes on with nothing", () => {
    const [step] = actions(timeout(NOW + 27 * DAY));
    expect(step).toEqual(timeout(NOW + 27 * DAY));
    expect(followOf({ action: step!, proposalId: "p" })).toBeUndefined();
  });

  it("that is longer is ordered in parts, each before the one before has ended", () => {
    let at = NOW;
    let next: Action = timeout(NOW + 60 * DAY);
    const parts: number[] = [];
    for (let part = 0; part < 5; part += 1) {
      const [step] = actions(next, view({ at }));
      if (step?.verb !== "member.timeout") throw new Error("no time-out");
      parts.push(step.until);
      expect(step.until).toBeLessThanOrEqual(at + LONGEST_TIMEOUT);
      const follow = followOf({ action: step, proposalId: "p" });
      if (follow === undefined) break;
      expect(follow.at).toBeLessThan(step.until);
      ({ at, action: next } = follow);
    }
    expect(parts).toHaveLength(3);
    expect(parts.at(-1)).toBe(NOW + 60 * DAY);
  });
});

/** What the guild looks like once the steps are done. */
function after(now: Directory, steps: readonly Action[]): Directory {
  return steps.reduce((known, step) => {
    if (!("channelId" in step)) return known;
    const channel = known.channels[step.channelId]!;
    const id =
      step.verb === "channel.overwrite"
        ? step.overwrite.id
        : step.verb === "channel.overwrite-clear"
          ? step.overwriteId
          : "";
    const rest = channel.overwrites.filter((one) => one.id !== id);
    const overwrites = step.verb === "channel.overwrite" ? [...rest, step.overwrite] : rest;
    return { ...known, channels: { ...known.channels, [channel.id]: { ...channel, overwrites } } };
  }, now);
}

const withOverwrites = (overwrites: readonly Overwrite[]): Directory => ({
  ...directory,
  channels: { "20": { ...directory.channels["20"]!, overwrites } },
});
const byId = (known: Directory) => Object.fromEntries(known.channels["20"]!.overwrites.map((one) => [one.id, one]));
const bits = fc
  .subarray(["SEND_MESSAGES", "ADD_REACTIONS", "MANAGE_MESSAGES", "EMBED_LINKS"] as const)
  .map((names) => names.reduce((all, name) => all | Permission[name], 0n));
const overwrites = fc
  .subarray([
    { id: GUILD, type: "role" as const },
    { id: regular.id, type: "role" as const },
    { id: moderator.id, type: "role" as const },
    { id: botRole.id, type: "role" as const },
    { id: directory.botUserId, type: "member" as const },
    { id: "50", type: "member" as const },
  ])
  .chain((those) =>
    fc.tuple(
      ...those.map((one) =>
        fc.tuple(bits, bits).map(([allow, deny]): Overwrite => {
          return { ...one, allow: allow.toString(), deny: (deny & ~allow).toString() };
        }),
      ),
    ),
  );

describe("a locked channel", () => {
  const lock = { verb: "channel.lock", channelId: "20" } as const;
  const unlock: Action = { verb: "channel.unlock", channelId: "20" };
  const locked = (now: Directory, remembered: PlanView["remembered"] = () => undefined) => ({
    now: after(now, actions(lock, view({ directory: now, remembered }))),
    memory: (key: string) =>
      key === lockKey("20") ? beforeLock(lock, view({ directory: now, remembered })) : undefined,
  });

  it("is closed to everybody and to roles let in by name, and open to staff and the house", () => {
    const allow = Permission.SEND_MESSAGES.toString();
    const { now } = locked(
      withOverwrites([regular, moderator].map(({ id }) => ({ id, type: "role", allow, deny: "0" }))),
    );
    expect(byId(now)).toMatchObject({
      [everyone.id]: { deny: allow },
      [regular.id]: { allow: "0" },
      [moderator.id]: { allow },
      [directory.botUserId]: { allow },
    });
  });

  it("is exactly what it was once it is unlocked, whatever that was, also when it was locked twice", () => {
    fc.assert(
      fc.property(overwrites, fc.boolean(), (those, twice) => {
        const before = withOverwrites(those);
        const once = locked(before);
        const { now, memory } = twice ? locked(once.now, once.memory) : once;
        expect(byId(after(now, actions(unlock, view({ directory: now, remembered: memory }))))).toEqual(byId(before));
      }),
    );
  });

  it.each([
    ["a shorter one", NOW + 60, NOW + 90, NOW + 90],
    ["a longer one", NOW + 90, NOW + 60, NOW + 90],
    ["one without an end", undefined, NOW + 60, undefined],
    ["one that had run out", NOW - 1, NOW + 60, NOW + 60],
    ["a short one, locked for good", NOW + 60, undefined, undefined],
  ])("after %s ends when the later of both does", (_name, before, next, end) => {
    const known: BeforeLock = { overwrites: [], ...(before !== undefined && { until: before }) };
    const again = { ...lock, ...(next !== undefined && { until: next }) };
    expect(beforeLock(again, view({ remembered: () => known })).until).toBe(end);
  });

  it("keeps what somebody else has changed in it meanwhile", () => {
    const { now, memory } = locked(withOverwrites([]));
    const changed = after(now, [
      {
        ...{ verb: "channel.overwrite", channelId: "20" },
        overwrite: { ...byId(now)[GUILD]!, allow: Permission.EMBED_LINKS.toString() },
      },
    ]);
    const open = after(changed, actions(unlock, view({ directory: changed, remembered: memory })));
    expect(byId(open)).toEqual({
      [GUILD]: { id: GUILD, type: "role", allow: Permission.EMBED_LINKS.toString(), deny: "0" },
    });
  });

  it("that was never locked is left alone", () => {
    expect(actions(unlock)).toEqual([]);
  });
});

describe("a pause", () => {
  const pause = (until: number, messages = false): Action => ({ verb: "guild.pause", invites: true, messages, until });
  const off = (invitesOffUntil?: number, messagesOffUntil?: number): Directory => ({
    ...directory,
    incidents: {
      ...(invitesOffUntil !== undefined && { invitesOffUntil }),
      ...(messagesOffUntil !== undefined && { messagesOffUntil }),
    },
  });

  it.each([
    ["says both, whatever it is about", pause(NOW + 1_000), directory, NOW + 1_000, null],
    [
      "leaves what somebody else has switched off",
      pause(NOW + 1_000),
      off(undefined, NOW + 9_000),
      NOW + 1_000,
      NOW + 9_000,
    ],
    ["shortens nobody else's", pause(NOW + 1_000, true), off(NOW + 9_000), NOW + 9_000, NOW + 1_000],
    ["does not keep what has run out", pause(NOW + 1_000), off(undefined, NOW - 1), NOW + 1_000, null],
  ] as const)("%s", (_name, action, known, invitesOffUntil, messagesOffUntil) => {
    expect(actions(action, view({ directory: known }))).toEqual([
      { verb: "guild.incidents", invitesOffUntil, messagesOffUntil },
    ]);
  });

  it("longer than a day is renewed before the day is over", () => {
    const [step] = actions(pause(NOW + 3 * DAY));
    const follow = followOf({ action: step!, proposalId: "p" });
    expect(follow).toMatchObject({ action: pause(NOW + 3 * DAY) });
    expect(follow!.at).toBeLessThan(NOW + DAY);
  });

  it("ended early restores what was off before, where that would still last", () => {
    const remembered = () => ({ invitesOffUntil: NOW + 9_000, messagesOffUntil: NOW - 1 });
    expect(actions({ verb: "guild.resume" }, view({ remembered }))).toEqual([
      { verb: "guild.incidents", invitesOffUntil: NOW + 9_000, messagesOffUntil: null },
    ]);
  });

  it("on top of a pause remembers what was off before the first, and forgets it once all is on again", () => {
    const first = beforePause(
      { verb: "guild.pause", invites: true, messages: false, until: NOW + 5_000 },
      view({ directory: off(NOW + 9_000) }),
    );
    expect(first).toEqual({ invitesOffUntil: NOW + 9_000, until: NOW + 5_000 });
    const paused = view({ directory: off(NOW + 9_000, NOW + 5_000), remembered: () => first });
    const second = beforePause({ verb: "guild.pause", invites: false, messages: true, until: NOW + 7_000 }, paused);
    expect(second).toEqual({ invitesOffUntil: NOW + 9_000, until: NOW + 7_000 });
    const resumed = beforePause({ verb: "guild.resume" }, view({ remembered: () => second }));
    const later = view({ directory: off(undefined, NOW + 8_000), remembered: () => resumed });
    const third = beforePause({ verb: "guild.pause", invites: true, messages: true, until: NOW + 9_000 }, later);
    expect(third).toEqual({ messagesOffUntil: NOW + 8_000, until: NOW + 9_000 });
  });
});
