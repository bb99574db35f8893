import { DiscordAPIError } from "@discordjs/rest";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Arrival, GuildEvent } from "#core";
import type { Caller } from "../rest.ts";
import { countsIn, usedBetween } from "./invite-counts.ts";
import { createInviteWatch } from "./invites.ts";

const NOON = 1_790_000_000_000;

describe("what two counts tell", () => {
  const maker = { inviter: { id: "7" } };
  const open = (uses: number, more: object = {}) => ({ code: "open", uses, max_uses: 0, ...maker, ...more });
  const once = { code: "once", uses: 0, max_uses: 1, ...maker };
  it.each([
    ["one that grew", [open(3)], [open(4)], 1, [{ code: "open", times: 1, byUserId: "7" }]],
    ["one made meanwhile", [], [open(2)], 2, [{ code: "open", times: 2, byUserId: "7" }]],
    ["one used up", [open(3), once], [open(3)], 1, [{ code: "once", times: 1, byUserId: "7" }]],
    ["nothing", [open(3)], [open(3)], 1, []],
    [
      "one used up is not told beside one that grew",
      [open(3), once],
      [open(4)],
      1,
      [{ code: "open", times: 1, byUserId: "7" }],
    ],
    ["one that ran out", [{ ...once, expires_at: new Date(NOON - 1).toISOString() }], [], 1, []],
    ["one with more uses left than people came", [{ ...once, max_uses: 9 }], [], 1, []],
    ["what is no invite", [], [null, 7, { uses: 4 }, { code: "", uses: 1 }], 1, []],
  ])("%s", (_name, before, after, joined, expected) => {
    expect(usedBetween(countsIn(before), countsIn(after), joined, NOON)).toEqual(expected);
  });
});

const closing = new AbortController();
afterEach(() => vi.useRealTimers());

function watch(answers: Record<string, () => unknown>) {
  vi.useFakeTimers({ now: NOON });
  const told: GuildEvent[] = [];
  const asked: string[] = [];
  const call: Caller = <T>({ route }: { readonly route: string }) => {
    const guildId = route.split("/")[2]!;
    asked.push(guildId);
    return Promise.resolve().then(() => answers[guildId]!() as T);
  };
  const invites = createInviteWatch({
    ...{ call, signal: closing.signal, clock: { now: () => Date.now() } },
    road: { arrive: ({ events }: Arrival) => void told.push(...events) },
    metrics: { count: () => undefined, observe: () => undefined },
  });
  const join = (guildId: string, userId: string, bot = false) => {
    const member = { userId, name: `n${userId}`, roleIds: [], ...(bot && { bot }) };
    invites.heard({ id: `j${userId}`, guildId, at: Date.now(), kind: "member.joined", member });
  };
  return { invites, told, asked, join, pass: (ms: number) => vi.advanceTimersByTimeAsync(ms) };
}

const listing = (uses: () => number) => () => [{ code: "open", uses: uses(), max_uses: 0 }];

describe("counting invites", () => {
  it("lists them when the guild comes, with its short address, and tells each newcomer's", async () => {
    let uses = 4;
    const { invites, told, join, pass } = watch({ "1": listing(() => uses) });
    invites.guildArrived({ id: "1", vanity_url_code: "owls" });
    await pass(1_000);
    expect(told).toMatchObject([{ kind: "invites.listed", guildId: "1", codes: ["open", "owls"] }]);
    uses += 1;
    join("1", "20");
    await pass(1_000);
    expect(told.slice(1)).toMatchObject([{ kind: "invite.used", userId: "20", codes: [{ code: "open", times: 1 }] }]);
  });

  it("knows one that is made and used up between two counts", async () => {
    const { invites, told, join, pass } = watch({ "1": () => [] });
    invites.guildArrived({ id: "1" });
    await pass(1_000);
    const made = { code: "brief", channelId: "4", byUserId: "7", maxUses: 1 };
    invites.heard({ id: "i", guildId: "1", at: NOON, kind: "invite.created", ...made });
    join("1", "20");
    await pass(1_000);
    expect(told.at(-1)).toMatchObject({ userId: "20", codes: [{ code: "brief", times: 1, byUserId: "7" }] });
  });

  it("of a flood it counts once in three seconds, and tells of all of them", async () => {
    let uses = 0;
    const { invites, told, asked, join, pass } = watch({ "1": listing(() => uses) });
    invites.guildArrived({ id: "1" });
    await pass(1_000);
    for (let second = 0; second < 20; second += 1) {
      for (let index = 0; index < 10; index += 1) join("1", String(100 + (uses += 1)));
      await pass(1_000);
    }
    await pass(10_000);
    expect(asked.length).toBeLessThanOrEqual(9);
    expect(told.filter(({ kind }) => kind === "invite.used")).toHaveLength(200);
  });

  it("many guilds are counted one after the other, whoever has newcomers first", async () => {
    const answers = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [String(index + 1), () => []]));
    const { invites, asked, join, pass } = watch(answers);
    for (let guildId = 1; guildId <= 30; guildId += 1) invites.guildArrived({ id: String(guildId) });
    await pass(500);
    join("30", "7");
    await pass(500);
    expect(asked.length).toBeLessThanOrEqual(6);
    expect(asked).toContain("30");
    await pass(30_000);
    expect(new Set(asked).size).toBe(30);
  });

  it("where the bot may not look, it asks again after an hour and not before", async () => {
    let refuse = true;
    const answer = () => {
      if (refuse) throw new DiscordAPIError({ code: 50_013, message: "no" }, 50_013, 403, "GET", "/", {});
      return [];
    };
    const { invites, asked, told, join, pass } = watch({ "1": answer });
    invites.guildArrived({ id: "1" });
    for (let minute = 0; minute < 50; minute += 1) {
      join("1", String(minute));
      await pass(60_000);
    }
    expect(asked).toHaveLength(1);
    refuse = false;
    await pass(1_200_000);
    join("1", "99");
    await pass(1_000);
    expect(asked).toHaveLength(2);
    expect(told).toMatchObject([{ kind: "invites.listed" }]);
  });

  it("bots come by no invite, and of a guild that was left nothing is asked", async () => {
    const { invites, asked, join, pass } = watch({ "1": () => [] });
    join("1", "5", true);
    invites.guildArrived({ id: "1" });
    invites.heard({ id: "g", guildId: "1", at: NOON, kind: "guild.left" });
    await pass(5_000);
    expect(asked).toEqual([]);
  });
});
