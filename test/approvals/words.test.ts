import { describe, expect, it } from "vitest";
import { type Action, type Approval, decisionTimes, type GuildEvent } from "#core";
import { choicesOf } from "../../src/flow/approvals/choices.ts";
import { refusal } from "../../src/flow/approvals/eligible.ts";
import { modified, optionsFor, readModification } from "../../src/flow/approvals/modify.ts";
import { quietUntil } from "../../src/flow/approvals/quiet.ts";
import { overtaken, situationOf } from "../../src/flow/approvals/situation.ts";
import { whyAsked } from "../../src/flow/judge/asking.ts";
import { directory, GUILD, member, moderator, policy, regular } from "../kit/guild.ts";

const AT = Date.UTC(2026, 10, 21, 12);
const HOUR = 3_600_000;
const target = member("50", regular);
const ban: Action = { verb: "member.ban", member: target, deleteSeconds: 0 };
const timeout: Action = { verb: "member.timeout", member: target, until: AT + 2 * HOUR };

describe("what may be done instead", () => {
  it.each([
    ["ban", ban, ["Kick", "Time out 7 days", "Time out 1 day", "Time out 1 hour", "Time out 10 minutes", "Warn"]],
    ["a time-out of 2 hours", timeout, ["Time out 1 hour", "Time out 10 minutes", "Warn"]],
    ["a role", { verb: "role.add", member: target, roleId: "1" } satisfies Action, []],
  ])("of %s", (_name, action, labels) => {
    expect(optionsFor(action, AT).map(({ label }) => label)).toEqual(labels);
  });

  it.each([
    ["harsher", timeout, { verb: "member.ban" as const }, "harsher"],
    ["longer", timeout, { minutes: 600 }, "from 1 to 120 minutes"],
    ["the same", ban, {}, "asked already"],
  ])("is refused where it is %s", (_name, action, change, words) => {
    const result = modified({ action, why: "loud", at: AT }, change, AT);
    expect("refused" in result && result.refused).toContain(words);
  });

  it("says what would be different", () => {
    const change = { verb: "member.timeout" as const, minutes: 120, reason: "once" };
    expect(modified({ action: ban, why: "loud", at: AT }, change, AT)).toMatchObject({
      action: { verb: "member.timeout", until: AT + 2 * HOUR },
      difference: "ban → time out for 2 hours; reason “loud” → “once”",
    });
  });

  it.each([
    ["timeout 2h only once", { verb: "member.timeout", minutes: 120, reason: "only once" }],
    ["30m", { minutes: 30 }],
    ["kick", { verb: "member.kick" }],
    ["reason: be nice", { reason: "be nice" }],
    ["thank you all", undefined],
  ])("reads %j", (text, expected) => {
    expect(readModification(text)).toEqual(expected);
  });
});

describe("who is asked", () => {
  const proposal = (action: Action, confidence = 1) => ({ action, rule: "r", why: "w", confidence });
  const chosen = policy().approval;
  const power: Action = { verb: "role.add", member: target, roleId: moderator.id };
  const pause = (minutes: number): Action => ({
    verb: "guild.pause",
    invites: true,
    messages: false,
    until: AT + minutes * 60_000,
  });
  const lock = (minutes: number): Action => ({
    verb: "channel.lock",
    channelId: "20",
    until: AT + minutes * 60_000,
  });
  const gate = { ...chosen, atOnce: { seconds: 3_600, agents: ["gate"] } };
  const strict = { ...chosen, verbs: ["channel.lock" as const] };
  const ownLock = { ...proposal(lock(5)), onBehalfOf: "60" };
  const trusted = { ...chosen, rules: [{ agents: ["sure"], confidenceBelow: 1.1, ruling: "run" as const }] };
  const crowd = { ...chosen, verbs: [], rules: [{ targetsAtLeast: 1, ruling: "ask" as const }] };
  it.each([
    ["a ban", proposal(ban), "any", chosen, true],
    ["a time-out", proposal(timeout), "any", chosen, false],
    ["a ban by an agent the guild trusts", proposal(ban), "sure", trusted, false],
    ["a ban by another", proposal(ban), "other", trusted, true],
    ["anything with a target", proposal(timeout), "any", crowd, true],
    ["a role with power", proposal(power), "any", chosen, true],
    ["a role without", proposal({ ...power, roleId: regular.id }), "any", chosen, false],
    ["closing the doors for 15 minutes", proposal(pause(15)), "raids", chosen, false],
    ["closing them for an hour", proposal(pause(60)), "raids", chosen, true],
    ["closing them by another agent", proposal(pause(15)), "any", chosen, true],
    ["locking a channel for 15 minutes", proposal(lock(15)), "raids", chosen, false],
    ["locking it for 16", proposal(lock(16)), "raids", chosen, true],
    ["locking it without an end", proposal({ verb: "channel.lock", channelId: "20" }), "raids", chosen, true],
    ["locking it by another agent", proposal(lock(15)), "any", chosen, true],
    ["locking it by one the guild named", proposal(lock(60)), "gate", gate, false],
    ["a moderator's own lock", { ...proposal(lock(60)), onBehalfOf: "60" }, "any", chosen, false],
    ["a moderator's own lock, where the guild names the verb", ownLock, "any", strict, true],
    ["a moderator's own hour", { ...proposal(pause(60)), onBehalfOf: "60" }, "any", chosen, false],
  ])("about %s", (_name, given, agent, choices, isAsked) => {
    expect(whyAsked(given, agent, choices, directory, AT) !== undefined).toBe(isAsked);
  });
});

describe("who may answer", () => {
  const asked = {
    verdict: { proposal: { action: ban } },
    progress: { asker: { userId: "60" } },
  } as unknown as Approval;
  const people = [{ name: "Mia", telegramUserId: "7", discordUserId: "60" }];
  const choices = choicesOf(
    policy({ approval: { verbs: [], expireAfterSeconds: 60, people, telegram: { userIds: ["8"] } } }),
  );
  const who = (by: string, more: object = {}) => refusal({ by, name: "x", ...more }, asked, choices, undefined);
  it.each([
    ["the owner on the page", who("dashboard:owner"), false],
    ["who asked", who("discord:60", { permissions: "8" }), true],
    ["who asked, on another face", who("telegram:7"), true],
    ["whom it is about", who("discord:50", { permissions: "8" }), true],
    ["somebody on the list", who("telegram:8"), false],
    ["a stranger", who("telegram:9"), true],
    ["a moderator who may ban", who("discord:61", { permissions: "4" }), false],
    ["a member who may not", who("discord:62", { permissions: "0" }), true],
  ])("%s", (_name, refused, isRefused) => {
    expect(refused !== undefined).toBe(isRefused);
  });
});

describe("the clock and the member", () => {
  const night = { from: "22:00", to: "08:00", timeZone: "UTC" };
  it.each([
    ["in the evening", Date.UTC(2026, 0, 5, 23), Date.UTC(2026, 0, 6, 8)],
    ["early in the morning", Date.UTC(2026, 0, 6, 7, 59), Date.UTC(2026, 0, 6, 8)],
    ["by day", Date.UTC(2026, 0, 6, 12), undefined],
    ["the very moment it ends", Date.UTC(2026, 0, 6, 8), undefined],
  ])("is quiet %s until", (_name, at, until) => {
    expect(quietUntil(at, night)).toBe(until);
  });

  const event = (kind: string, more: object = {}): GuildEvent =>
    ({ id: kind, guildId: GUILD, at: AT, kind, userId: "50", name: "x", ...more }) as unknown as GuildEvent;
  it.each([
    ["nothing", [], undefined],
    ["left", [event("member.left")], "gone.left"],
    ["left and came back", [event("member.left"), event("member.joined", { member: target })], undefined],
    ["banned", [event("member.banned"), event("member.left")], "gone.banned"],
    [
      "banned and let in again",
      [event("member.banned"), event("member.unbanned"), event("member.joined", { member: target })],
      undefined,
    ],
  ])("after %s", (_name, events, why) => {
    expect(overtaken(situationOf(events))).toBe(why);
  });

  it("takes the median, which one forgotten weekend does not move", () => {
    const took = (ms: number) => ({ status: "approved", askedAt: 0, answeredAt: ms, answeredBy: "telegram:1" });
    const times = decisionTimes([took(10), took(20), took(900_000), { status: "pending", askedAt: 0 }]);
    expect(times).toEqual({ waiting: 1, answered: 3, expired: 0, medianMs: 20, byFace: { telegram: 3 } });
  });
});
