import { describe, expect, it } from "vitest";
import type { Directory, EventOf, GuildEvent, GuildPolicy, Mode, PermissionName, ProposedAction, Verb } from "#core";
import { Permission, whatNoLongerWorks } from "#core";
import { hostAgent, type AgentHost } from "../../test/kit/agent-host.ts";
import { joinsOf, NOON, raidOf, saidBy } from "../../test/kit/crowds.ts";
import raids from "./index.ts";

const MINUTE = 60_000;
const FACTS = { systemChannelId: "20", verificationLevel: 1 };
const ALL = Object.values(Permission).reduce((bits, bit) => bits | bit, 0n);

const open = (config: object = {}, facts: object = {}): AgentHost => hostAgent(raids, config, { ...FACTS, ...facts });
const bringAll = (host: AgentHost, events: readonly GuildEvent[]) => events.flatMap((event) => host.bring(event));
const verbs = (proposals: readonly ProposedAction[]): readonly Verb[] => proposals.map(({ action }) => action.verb);
const stepOf = (host: AgentHost) => {
  const raid = host.record("raid", "now");
  return raid === undefined || raid.endedAt !== undefined ? undefined : raid.step;
};
const allProposals = (host: AgentHost) => host.steps.flatMap(({ proposals }) => proposals);

const directoryWith = (permissions: bigint): Directory => ({
  ...{
    guildId: "100",
    name: "The Lantern",
    ownerId: "1",
    locale: "en",
    memberCount: 3,
    botUserId: "9",
    botRoleIds: ["8"],
  },
  roles: { "8": { id: "8", name: "bot", position: 5, permissions: permissions.toString() } },
  channels: {},
});
const policyWith = (mode: Mode): GuildPolicy =>
  ({ staffRoleIds: [], agents: { raids: { mode, config: {} } } }) as unknown as GuildPolicy;

describe("a raid", () => {
  it.each([
    ["new accounts at once", { size: 40, seconds: 30 }],
    ["one every ten seconds", { size: 12, seconds: 120 }],
    [
      "old accounts that were made on one day",
      { size: 20, seconds: 40, ageDays: (chance: number) => 450 + chance / 2, name: undefined },
    ],
    [
      "bought accounts of any age, named by one pattern",
      { size: 30, seconds: 20, ageDays: (chance: number) => 30 + chance * 900 },
    ],
    ["with a tenth of people in between", { size: 40, seconds: 30, seed: 3 }],
  ])("%s is answered before the fifth join, and paused", (_name, crowd) => {
    const host = open();
    const { name, ...rest } = { name: "kept", ...crowd } as never as { name?: string };
    const joins = raidOf(
      name === undefined
        ? ({ ...rest, name: (index: number) => `u${index}x${(index * 7919) % 97}` } as never)
        : (rest as never),
    );
    const first = joins.findIndex((join) => host.bring(join).length > 0) + 1;
    expect(first).toBeGreaterThan(0);
    expect(first).toBeLessThan(5);
    for (const join of joins.slice(first)) host.bring(join);
    expect(stepOf(host)).toBe("pause");
  });

  describe("by one invite", () => {
    const used = (at: number, index: number, code = "lantern"): GuildEvent => ({
      ...{ id: `u:${index}`, guildId: "100", at, kind: "invite.used", userId: String(index), name: `n${index}` },
      codes: [{ code, times: 1 }],
    });
    const comeBy = (host: AgentHost, ageDays: (chance: number) => number, code?: (index: number) => string) =>
      joinsOf({ size: 8, seconds: 50, seed: 31, ageDays }).flatMap((join, index) => [
        ...host.bring(join),
        ...host.bring(used(join.at + 1, index, code?.(index))),
      ]);

    it.each([
      ["young accounts: the guild is slowed down", (chance: number) => 0.2 + chance * 6, undefined, "slow"],
      ["accounts of every age: a launch", (chance: number) => 1 + 3_000 ** chance, undefined, undefined],
      [
        "each by an invite of their own",
        (chance: number) => 0.2 + chance * 6,
        (index: number) => `i${index}`,
        undefined,
      ],
    ] as const)("%s", (_name, ageDays, code, step) => {
      // A guild where that many are usual in an hour: the rush itself is no sign.
      const host = open({ usualPerHour: 2_000, related: { slow: 50, pause: 60 } });
      comeBy(host, ageDays, code);
      expect(stepOf(host)).toBe(step);
      expect(host.record("raid", "now")?.members ?? 0).toBe(0);
    });

    const calm = { usualPerHour: 2_000, related: { slow: 50, pause: 60 } };
    const young = (chance: number) => 0.2 + chance * 6;
    const grown = (size: number, startsAt: number, seconds: number) =>
      joinsOf({ size, seconds, startsAt, seed: 12, ageDays: (chance) => 100 + chance * 900 });

    it.each<[string, number, readonly GuildEvent[], string | undefined]>([
      ["by the sixth of them", 6, [], "slow"],
      ["not by the fifth", 5, [], undefined],
      ["whoever came more than a minute before", 8, grown(12, NOON - 50_000, 10), "slow"],
      ["not where grown accounts come as well", 8, grown(3, NOON + 25_000, 20), undefined],
    ])("slows the guild down, %s", (_name, size, others, step) => {
      const host = open(calm);
      const joins = joinsOf({ size, seconds: 40, seed: 31, ageDays: young, startsAt: NOON + 25_000 });
      const uses = joins.map(({ at }, index) => used(at + 1, index));
      bringAll(
        host,
        [...others, ...joins, ...uses].sort((one, other) => one.at - other.at),
      );
      expect(stepOf(host)).toBe(step);
    });

    it("is no sign where the invite was used, and hardly anybody young was seen to come", () => {
      const host = open(calm);
      bringAll(host, joinsOf({ size: 2, seconds: 5, ageDays: young }));
      const many = { ...used(NOON + 6_000, 0), codes: [{ code: "lantern", times: 9 }] };
      host.bring(many as GuildEvent);
      expect(stepOf(host)).toBeUndefined();
    });

    it("counts twice as many while a surge is planned", () => {
      const host = open({ usualPerHour: 2_000, related: { slow: 50, pause: 60 } });
      host.bring(surge());
      comeBy(host, (chance) => 0.2 + chance * 6);
      expect(stepOf(host)).toBeUndefined();
    });
  });

  it("takes those for part of it who look alike, and nobody else", () => {
    const host = open();
    const bots = raidOf({ size: 60, seconds: 60 });
    const people = joinsOf({ size: 12, seconds: 60, seed: 5 });
    bringAll(
      host,
      [...bots, ...people].sort((a, b) => a.at - b.at),
    );
    const flagged = [0, 1].flatMap((part) => host.record("cohort", `1:${part}`)?.members ?? []);
    const ids = new Set(flagged.map(({ userId }) => userId));
    expect(people.filter(({ member }) => ids.has(member.userId))).toEqual([]);
    expect(ids.size).toBeGreaterThan(55);
    expect(flagged).toHaveLength(ids.size);
  });

  it("is the mildest step first, each once, with what it changes remembered", () => {
    const host = open({ alertChannelId: "30" });
    bringAll(host, raidOf({ size: 30, seconds: 30 }));
    expect(verbs(allProposals(host))).toEqual([
      ...["guild.verification", "channel.slowmode", "message.send", "guild.pause", "message.send"],
    ]);
    expect(host.record("raid", "now")).toMatchObject({
      verification: { was: 1, set: 3 },
      channels: [{ channelId: "20", slowmode: { was: 0, set: 30 } }],
    });
    const paused = allProposals(host).find(({ action }) => action.verb === "guild.pause")!.action;
    expect(paused).toMatchObject({ invites: true, messages: true });
    expect((paused as { until: number }).until - host.record("raid", "now")!.moments[1]!.at).toBe(15 * MINUTE);
  });

  it("that outlasts its pause asks once for a longer one", () => {
    const host = open();
    for (let minute = 0; minute < 30; minute++)
      bringAll(host, raidOf({ size: 5, seconds: 20, startsAt: NOON + minute * MINUTE, seed: 50 + minute }));
    const pauses = allProposals(host).flatMap(({ action }) => (action.verb === "guild.pause" ? [action.until] : []));
    expect(pauses).toHaveLength(2);
    expect(pauses[1]! - pauses[0]!).toBeGreaterThan(40 * MINUTE);
  });

  it("is over when nothing more is seen, puts back what still stands, reports, and asks about its members", () => {
    const host = open({ alertChannelId: "30" }, { verificationLevel: 3 });
    const joins = raidOf({ size: 30, seconds: 30 });
    bringAll(host, joins);
    host.waitUntil(NOON + 10 * MINUTE);
    expect(stepOf(host)).toBeUndefined();
    const last = host.steps.at(-1)!.proposals;
    expect(verbs(last)).toEqual(["guild.resume", "members.bulk-ban", "message.send"]);
    expect(last[1]).toMatchObject({ rule: "raid-cohort", confidence: 0.99 });
    expect(host.record("raid", "1")).toMatchObject({
      ...{ number: 1, joins: 30, members: 30 },
    });
  });

  it("leaves to a human what a human has changed meanwhile", () => {
    const host = open();
    bringAll(host, raidOf({ size: 10, seconds: 10 }));
    host.waitUntil(NOON + 10 * MINUTE);
    // The guild's facts still say level 1 and no slow mode: somebody has put them back already.
    expect(verbs(host.steps.at(-1)!.proposals)).toEqual(["guild.resume", "members.bulk-ban"]);
  });

  it("where invites cannot be paused, members are quarantined one by one, and it is said why", () => {
    const host = open(
      { alertChannelId: "30", mostQuarantined: 5 },
      { botPermissions: (ALL & ~Permission.MANAGE_GUILD & ~Permission.ADMINISTRATOR).toString() },
    );
    bringAll(host, raidOf({ size: 30, seconds: 30 }));
    const done = verbs(allProposals(host));
    expect(done.filter((verb) => verb === "member.timeout")).toHaveLength(5);
    expect(done).not.toContain("guild.pause");
    expect(host.record("raid", "now")?.moments.find(({ what }) => what === "cannot")?.why).toContain("MANAGE_GUILD");
    const told = allProposals(host).flatMap(({ action }) =>
      action.verb === "message.send" ? [action.words.text] : [],
    );
    expect(told.join()).toContain("MANAGE_GUILD");
  });

  it("an erased member is found in none, and the others stay in it", () => {
    const host = open();
    const joins = raidOf({ size: 60, seconds: 60 });
    bringAll(host, joins);
    const all = () => [0, 1].flatMap((part) => host.record("cohort", `1:${part}`)?.members ?? []);
    const [gone] = all();
    const before = all().length;
    host.bring({
      id: "e",
      guildId: "100",
      at: NOON + 61_000,
      kind: "member.erased",
      userId: gone!.userId,
      by: "cli:mia",
    });
    expect(all()).toHaveLength(before - 1);
    expect(all().map(({ userId }) => userId)).not.toContain(gone!.userId);
    const last = joins.at(-1)!.member.userId;
    host.bring({ id: "e2", guildId: "100", at: NOON + 61_000, kind: "member.erased", userId: last, by: "cli:mia" });
    expect(JSON.stringify(host.record("arrivals", "recent"))).not.toContain(last);
  });

  it("somebody who comes, goes and comes again is one person", () => {
    const host = open();
    const [join] = raidOf({ size: 1, seconds: 1 });
    for (let times = 0; times < 9; times++) host.bring({ ...join!, id: `again${times}`, at: NOON + times * 3_000 });
    expect(stepOf(host)).toBeUndefined();
  });

  it("Discord's own alarm slows down; told that it was a false one, everything is put back and nobody is banned", () => {
    const host = open({}, { verificationLevel: 1 });
    const by = { userId: "5", name: "Mo", roleIds: [] };
    const noticed = (notice: EventOf<"incident.noticed">["notice"], at: number) =>
      host.bring({
        id: `n${at}`,
        guildId: "100",
        at,
        kind: "incident.noticed",
        notice,
        channelId: "20",
        messageId: "1",
        by,
      });
    expect(verbs(noticed("raid-reported", NOON))).toEqual(["guild.verification", "channel.slowmode"]);
    bringAll(host, raidOf({ size: 6, seconds: 5 }));
    expect(verbs(noticed("false-alarm", NOON + MINUTE))).toEqual(["guild.resume"]);
  });
});

describe("a permission that is missing is known beforehand, and the next best is done and said", () => {
  const granted = (missing: PermissionName) => ALL & ~Permission[missing] & ~Permission.ADMINISTRATOR;
  const whole = raidOf({ size: 12, seconds: 12 });
  const attack = whole
    .slice(0, 6)
    .map(({ member }, index) =>
      saidBy(member, "free coins at https://coins.example", NOON + 13_000 + index * 300, { channelId: "21" }),
    );

  it.each<[PermissionName, readonly Verb[], readonly Verb[], string]>([
    [
      "MANAGE_GUILD",
      ["guild.pause", "guild.verification", "members.bulk-ban"],
      ["channel.slowmode", "member.timeout", "channel.lock"],
      "cannot pause invites",
    ],
    [
      "MANAGE_ROLES",
      ["channel.lock"],
      ["guild.pause", "channel.slowmode", "member.timeout", "message.delete"],
      "cannot lock channels",
    ],
    [
      "MANAGE_CHANNELS",
      ["channel.slowmode"],
      ["guild.verification", "guild.pause", "channel.lock"],
      "cannot slow channels down",
    ],
    [
      "MODERATE_MEMBERS",
      ["member.timeout"],
      ["guild.pause", "channel.lock", "message.delete"],
      "cannot time attackers out",
    ],
    ["BAN_MEMBERS", ["members.bulk-ban"], ["guild.pause", "channel.lock", "member.timeout"], "to be banned by hand"],
  ])("%s", (missing, never, instead, said) => {
    const found = whatNoLongerWorks(directoryWith(granted(missing)), policyWith("live"), [raids], NOON);
    expect(found).toContainEqual(expect.objectContaining({ key: `guild:${missing}`, agents: ["raids"] }));
    const host = open({ alertChannelId: "30" }, { botPermissions: granted(missing).toString() });
    bringAll(host, [...whole, ...attack]);
    host.waitUntil(NOON + 10 * MINUTE);
    const done = verbs(allProposals(host));
    for (const verb of never) expect(done).not.toContain(verb);
    for (const verb of instead) expect(done).toContain(verb);
    const told = allProposals(host).flatMap(({ action }) =>
      action.verb === "message.send" ? [action.words.text] : [],
    );
    expect(told.join("\n")).toContain(said);
  });
});

describe("a pause, as Discord tells it", () => {
  const told = (at: number, invitesOffUntil: number | undefined): GuildEvent => ({
    ...{ id: `f:${at}`, guildId: "100", at, kind: "directory.changed" },
    change: {
      ...{ change: "guild.facts", name: "The Lantern", ownerId: "1", locale: "en" },
      incidents: invitesOffUntil === undefined ? {} : { invitesOffUntil },
    },
  });
  const paused = () => {
    const host = open();
    bringAll(host, raidOf({ size: 10, seconds: 10 }));
    return { host, until: host.record("raid", "now")!.pausedUntil! };
  };
  const resumed = (host: AgentHost): boolean => verbs(allProposals(host)).includes("guild.resume");

  it.each<[string, (until: number) => readonly GuildEvent[], boolean]>([
    ["as the house set it is ended when all is calm", (until) => [told(NOON + 12_000, until)], true],
    ["on its way is no human's doing", () => [told(NOON + 11_000, undefined)], true],
    [
      "that a human prolongs is left to them",
      (until) => [told(NOON + 12_000, until), told(NOON + 30_000, until + 60 * MINUTE)],
      false,
    ],
    [
      "that a human ends is not touched again",
      (until) => [told(NOON + 12_000, until), told(NOON + 30_000, undefined)],
      false,
    ],
  ])("%s", (_name, events, expected) => {
    const { host, until } = paused();
    bringAll(host, events(until));
    host.waitUntil(NOON + 20 * MINUTE);
    expect(stepOf(host)).toBeUndefined();
    expect(resumed(host)).toBe(expected);
  });

  it("that a human allowed when asked is known to last, asked for no more, and ended when all is calm", () => {
    const { host, until } = paused();
    host.bring(told(NOON + 12_000, until));
    const wave = (minute: number) =>
      bringAll(host, raidOf({ size: 5, seconds: 20, startsAt: NOON + minute * MINUTE, seed: 50 + minute }));
    for (let minute = 1; minute <= 13; minute++) wave(minute);
    const asked = host.record("raid", "now")!.askedUntil!;
    expect(asked).toBeGreaterThan(until);
    expect(host.record("raid", "now")!.pausedUntil).toBe(until);
    host.bring(told(NOON + 14 * MINUTE, asked + MINUTE));
    expect(host.record("raid", "now")!.pausedUntil).toBe(asked + MINUTE);
    for (let minute = 15; minute <= 80; minute++) wave(minute);
    expect(verbs(allProposals(host)).filter((verb) => verb === "guild.pause")).toHaveLength(2);
    host.waitUntil(NOON + 100 * MINUTE);
    expect(resumed(host)).toBe(true);
    expect(host.record("raid", "1")!.moments).toContainEqual(
      expect.objectContaining({ what: "by-hand", why: "a human allowed a longer pause" }),
    );
  });
});

describe("what moderators press", () => {
  const pressed = (customId: string): GuildEvent => ({ ...surge(), id: customId, kind: "button.pressed", customId, messageId: "5", at: NOON + MINUTE }) as never; // prettier-ignore

  it("ends the raid, or reports it; other agents' buttons are none of its business", () => {
    const host = open();
    bringAll(host, raidOf({ size: 10, seconds: 10 }));
    expect(host.bring(pressed("v1:setup:off"))).toEqual([]);
    const [report] = host.bring(pressed("v1:raids:report"));
    expect(report?.action).toMatchObject({ verb: "interaction.reply", words: { title: "Report on raid 1" } });
    expect(verbs(host.bring(pressed("v1:raids:off")))).toContain("guild.resume");
    expect(stepOf(host)).toBeUndefined();
  });

  it("/raid on pauses on the moderator's own rank, and lasts as long as they say", () => {
    const host = open();
    const done = host.bring({ ...surge(), command: "raid on", options: { minutes: 60 } });
    expect(done.find(({ action }) => action.verb === "guild.pause")).toMatchObject({ onBehalfOf: "5" });
    host.waitUntil(NOON + 50 * MINUTE);
    expect(stepOf(host)).toBe("pause");
    host.waitUntil(NOON + 61 * MINUTE);
    expect(stepOf(host)).toBeUndefined();
  });

  it("/raid on by somebody who may not changes nothing that is remembered", () => {
    const host = open();
    host.bring({ ...surge(), command: "raid on", byPermissions: "0" });
    expect(host.record("raid", "now")).toBeUndefined();
  });
});

describe("attackers", () => {
  function attack(text: (index: number) => string, size = 6, host = open({ alertChannelId: "30" })) {
    const joins = raidOf({ size: 10, seconds: 10 });
    bringAll(host, joins);
    const said = joins
      .slice(0, size)
      .map(({ member }, index) => saidBy(member, text(index), NOON + 20_000 + index * 1_000));
    return { host, done: bringAll(host, said) };
  }

  it("that post the same lock the channel they do it in, for a while, and are quarantined", () => {
    const { host, done } = attack(() => "come and win at https://prizes.example now");
    expect(stepOf(host)).toBe("lock");
    const locks = done.flatMap(({ action }) => (action.verb === "channel.lock" ? [action] : []));
    expect(locks).toEqual([{ verb: "channel.lock", channelId: "20", until: expect.any(Number) }]);
    expect(locks[0]!.until! - NOON).toBeLessThanOrEqual(16 * MINUTE);
    expect(verbs(done).filter((verb) => verb === "member.timeout")).toHaveLength(6);
    expect(verbs(done).filter((verb) => verb === "message.delete")).toHaveLength(6);
    host.waitUntil(NOON + 20 * MINUTE);
    expect(verbs(host.steps.at(-1)!.proposals)).toContain("channel.unlock");
  });

  it("get the quarantine role where there is one", () => {
    const host = open({ quarantineRoleId: "77" });
    const { done } = attack(() => "join https://x.example", 4, host);
    expect(verbs(done).filter((verb) => verb === "role.add")).toHaveLength(4);
  });

  it("that came one by one and post one link lock it too", () => {
    const host = open();
    const people = joinsOf({ size: 4, seconds: 500 });
    bringAll(host, people);
    const at = people.at(-1)!.at + 5_000;
    const done = bringAll(
      host,
      people.map(({ member }, index) =>
        saidBy(
          { ...member, joinedAt: at - 90_000 },
          "free stuff at https://prizes.example for all",
          at + index * 2_000,
        ),
      ),
    );
    expect(verbs(done)).toContain("channel.lock");
  });

  it("where channels cannot be locked, they are slowed down", () => {
    const { host, done } = attack(
      () => "join https://x.example",
      6,
      open(
        {},
        {
          systemChannelId: undefined,
          botPermissions: (Permission.MANAGE_CHANNELS | Permission.MANAGE_GUILD).toString(),
        },
      ),
    );
    expect(verbs(done)).toContain("channel.slowmode");
    expect(verbs(done)).not.toContain("channel.lock");
    expect(
      host.record("raid", "now")?.moments.some(({ what, why }) => what === "cannot" && why.includes("MANAGE_ROLES")),
    ).toBe(true);
  });

  it.each([
    ["greet alike", "hello everyone, glad to be here"],
    ["answer a giveaway alike", "!enter the giveaway please"],
  ])("are not people who %s", (_what, text) => {
    const host = open();
    const people = joinsOf({ size: 30, seconds: 60 });
    bringAll(host, people);
    const done = bringAll(
      host,
      people.map(({ member }, index) => saidBy(member, text, people.at(-1)!.at + 1_000 + index * 500)),
    );
    expect(verbs(done)).toEqual([]);
  });
});

/** Many people at once, each of another kind: whatever happens, no channel is locked, no invite paused, nobody is taken for a raid's. */
describe("a harmless spike", () => {
  const young = (share: number) => (chance: number) => (chance < share ? 0.5 + chance * 20 : 30 + chance * 2_500);
  it.each([
    ["a launch", { size: 120, seconds: 60 }],
    ["a launch that half an hour lasts", { size: 600, seconds: 1_800 }],
    ["an event starts", { size: 40, seconds: 60 }],
    ["a small event starts", { size: 8, seconds: 30 }],
    ["shared by a streamer", { size: 80, seconds: 30 }],
    ["shared by a big streamer", { size: 400, seconds: 90 }],
    ["shared in a newsletter", { size: 60, seconds: 600 }],
    ["back after an outage, all at once", { size: 50, seconds: 2 }],
    ["back after a long outage", { size: 200, seconds: 10 }],
    ["a mass role sync: the same people again", { size: 30, seconds: 20, again: 3 }],
    [
      "a class of one school, accounts of the last weeks",
      { size: 25, seconds: 300, ageDays: (chance: number) => 2 + chance * 60 },
    ],
    ["a game's release with many new accounts", { size: 60, seconds: 120, ageDays: young(0.2) }],
    ["listed in a directory of servers", { size: 30, seconds: 900 }],
    ["a partner's announcement", { size: 45, seconds: 45 }],
    ["friends in voice", { size: 5, seconds: 8 }],
    ["nobody wears a picture", { size: 40, seconds: 60, faceless: () => true }],
    [
      "all names are one pattern of letters",
      {
        size: 40,
        seconds: 60,
        name: (index: number) => `p${"abcdefghij"[index % 10]}${"klmnopqrst"[Math.floor(index / 10) % 10]}ya`,
      },
    ],
    ["old accounts only", { size: 60, seconds: 60, ageDays: (chance: number) => 1_000 + chance * 2_000 }],
    ["a sale begins", { size: 150, seconds: 120 }],
    ["a surge that was planned", { size: 500, seconds: 60, planned: true }],
  ])(
    "%s",
    (
      _name,
      { again = 1, planned = false, ...crowd }: Parameters<typeof joinsOf>[0] & { again?: number; planned?: boolean },
    ) => {
      for (const seed of [7, 19, 83]) {
        const host = open({ alertChannelId: "30" });
        if (planned) host.bring(surge());
        for (let round = 0; round < again; round++)
          bringAll(
            host,
            joinsOf({ seed, startsAt: NOON + round * 30_000, ...crowd }).map((join) => ({
              ...join,
              id: `${join.id}:${round}`,
            })),
          );
        const felt = verbs(allProposals(host)).filter(
          (verb) => !["message.send", "guild.verification", "channel.slowmode", "interaction.reply"].includes(verb),
        );
        expect(felt).toEqual([]);
        expect(host.record("raid", "now")?.members ?? 0).toBe(0);
        if (planned) expect(host.record("raid", "now")).toBeUndefined();
      }
    },
  );

  it("is usual where it comes every week at that hour", () => {
    const host = open();
    const WEEK = 7 * 86_400_000;
    const weekly = (week: number) =>
      joinsOf({ size: 240, seconds: 3_000, startsAt: NOON + week * WEEK, seed: 100 + week });
    bringAll(host, weekly(0));
    expect(host.record("raid", "now")).toBeDefined();
    for (let week = 1; week < 6; week++) bringAll(host, weekly(week));
    const alarmed = host.record("raid", "now")!.number;
    bringAll(host, weekly(6));
    expect(host.record("raid", "now")!.number).toBe(alarmed);
  });
});

const surge = (): EventOf<"command.used"> => ({
  ...{ id: "c1", guildId: "100", at: NOON - 1, kind: "command.used", command: "raid surge", options: {} },
  ...{ by: { userId: "5", name: "Mo", roleIds: [] }, byPermissions: ALL.toString(), channelId: "20" },
  interaction: { id: "c1", sealedToken: "sealed" },
});
