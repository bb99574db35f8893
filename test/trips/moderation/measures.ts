import { describe, expect, it } from "vitest";
import { until } from "../../discord/house.ts";
import type { ModeratedHouse } from "./house.ts";
import { shows } from "./shown.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;

export function measureTrips(house: () => ModeratedHouse): void {
  const here = () => house().owlery;

  describe("measures and the ladder", () => {
    it("a first offence is a warning: which rule, one's own words, and how to object", async () => {
      const { say, heard, arrive, told } = here();
      const userId = arrive();
      expect(await heard(say(userId, "what a grumblewort"))).toEqual(["message.delete word", "member.warn word"]);
      await until("the warning", () => told(userId).includes("You wrote: what a grumblewort"));
      for (const part of ["Kind words only", "Owlery", "says “grumblewort”", "Write to the owls."])
        expect(told(userId)).toContain(part);
      expect(told(userId)).toMatch(/case #\d+/);
      shows("about", "ladder.appeal", "ladder.steps.measure=warn", "then.atLeast=warn");
    });

    it.each([
      ["timed", "timeword", "member.timeout", "then.atLeast=timeout"],
      ["two", "twoword", "member.timeout", "ladder.steps.measure=timeout"],
      ["kicked", "kickword", "member.kick", "then.atLeast=kick"],
      ["three", "threeword", "member.kick", "ladder.steps.measure=kick"],
      ["banned", "banword", "member.ban", "then.atLeast=ban"],
      ["four", "fourword", "member.ban", "ladder.steps.measure=ban"],
    ])("%s: %s leads to %s", async (rule, text, verb, what) => {
      const { say, heard, arrive, told, control, guildId } = here();
      const userId = arrive();
      expect(await heard(say(userId, text))).toEqual([`message.delete ${rule}`, `${verb} ${rule}`]);
      const isSilenced = () => typeof control.member(guildId, userId)?.communication_disabled_until === "string";
      if (verb === "member.timeout") await until("a time-out", isSilenced);
      else await until("them to be gone", () => control.member(guildId, userId) === undefined);
      expect(control.bans(guildId).some(({ userId: id }) => id === userId)).toBe(verb === "member.ban");
      expect(told(userId)).toContain("Owlery");
      shows(what, "then.points", "ladder.steps.points");
    });

    it.each([
      ["timeword", 45, "ladder.timeoutMinutes"],
      ["twoword", 5, "ladder.steps.minutes"],
      ["longword", 90, "then.timeoutMinutes"],
    ])("%s: a time-out of %i minutes", async (text, minutes, what) => {
      const { say, heard, arrive, caseOf } = here();
      const userId = arrive();
      await heard(say(userId, text));
      const { openedAt, until: end } = await caseOf(userId);
      expect(end! - openedAt).toBe(minutes * MINUTE);
      shows(what);
    });

    it("the second offence leads to the next step", async () => {
      const { say, heard, arrive } = here();
      const userId = arrive();
      await heard(say(userId, "what a grumblewort"));
      expect(await heard(say(userId, "grumblewort again"))).toEqual(["message.delete word", "member.timeout word"]);
    });

    it("warnings that never expire: points fade from day to day, and the latest is forgotten in the end", async () => {
      const { say, heard, arrive } = here();
      const verbsAfter = async (days: number) => {
        const userId = arrive();
        // Worth four points then; with every day it counts for less.
        await heard(say(userId, "mildword", { ageMs: days * DAY }));
        return (await heard(say(userId, "what a grumblewort"))).at(-1);
      };
      expect(await verbsAfter(21)).toBe("member.warn word");
      expect(await verbsAfter(16)).toBe("member.timeout word");
      expect(await verbsAfter(11)).toBe("member.kick word");
      expect(await verbsAfter(1)).toBe("member.ban word");
      shows("ladder.forgetAfterDays");
    });

    it("a rule is no harsher than it says, however many points it adds", async () => {
      const { say, heard, arrive } = here();
      expect(await heard(say(arrive(), "mildword"))).toEqual(["message.delete bounded", "member.warn bounded"]);
      shows("then.atMost");
    });

    it("what is only reported stays, and moderators read of it; others they are told of besides", async () => {
      const { say, heard, arrive, lines, isThere } = here();
      const userId = arrive();
      const messageId = say(userId, "an oddword");
      expect(await heard(messageId)).toEqual(["message.send reported"]);
      const isTold = (text: string) => () => lines("staff").includes(userId) && lines("staff").includes(`\`${text}\``);
      await until("the report", isTold("an oddword"));
      expect(isThere(messageId)).toBe(true);
      const loud = say(userId, "a loudword");
      expect(await heard(loud)).toEqual(["message.delete told", "message.send told"]);
      await until("the line", isTold("a loudword"));
      shows("then.atLeast=report", "reportChannelId", "then.tellsModerators", "then.atLeast=delete");
    });

    it("another guild warns first, in its own words, and counts what follows at once as the same incident", async () => {
      const { say, heard, arrive, told } = house().rookery;
      const userId = arrive();
      expect(await heard(say(userId, "banword", { ageMs: 4 * MINUTE }))).toEqual([
        "message.delete banned",
        "member.warn banned",
      ]);
      expect(await heard(say(userId, "timeword", { ageMs: 3.5 * MINUTE }))).toEqual(["message.delete timed"]);
      expect(await heard(say(userId, "timeword", { ageMs: 2 * MINUTE }))).toContain("member.timeout timed");
      await until("the words", () => told(userId).includes("Quiet for 7 minutes, please."));
      expect(told(userId)).toContain("A word of warning from Rookery: No banwords.");
      const [kicked, banned] = [arrive(), arrive()];
      for (const one of [kicked, banned]) await heard(say(one, "kickword", { ageMs: 2 * MINUTE }));
      await heard(say(kicked, "kickword"));
      await heard(say(banned, "banword"));
      await until("the words", () => told(kicked).includes("Out for now: says “kickword”."));
      await until("the words", () => told(banned).includes("Farewell. You said: banword"));
      const wordings = ["warn", "timeout", "kick", "ban"].map((step) => `ladder.wording.${step}`);
      shows("ladder.firstOffenceAtMost", "ladder.sameIncidentSeconds", ...wordings);
    });
  });

  describe("exceptions", () => {
    it("a role the ladder is milder with, and one no rule applies to", async () => {
      const { say, heard, arrive } = here();
      expect(await heard(say(arrive(["regular"]), "fourword"))).toEqual(["message.delete four", "member.warn four"]);
      expect(await heard(say(arrive(["guest of honour"]), "fourword"))).toEqual([]);
      shows("ladder.exceptions.roles", "ladder.exceptions.atMost", "exemptRoleIds");
    });

    it("a rule only for new accounts without a role", async () => {
      const { say, heard, arrive } = here();
      expect(await heard(say(arrive([], DAY / 2), "hello there"))).toEqual(["message.delete newcomers"]);
      expect(await heard(say(arrive(["regular"], DAY / 2), "hello there"))).toEqual([]);
      expect(await heard(say(arrive([], 2 * DAY), "hello there"))).toEqual([]);
      shows("only.accountYoungerThanDays", "only.all", "only.not");
    });

    it("a rule only for one role, one room, either of them, or whoever has just come", async () => {
      const { say, heard, arrive, who } = here();
      const [plain, regular] = [arrive(), arrive(["regular"])];
      const met = async (userId: string, text: string, room = "general") =>
        (await heard(say(userId, text, { in: room }))).length > 0;
      expect([await met(regular, "roleword"), await met(plain, "roleword")]).toEqual([true, false]);
      expect([await met(plain, "roomword", "market"), await met(plain, "roomword")]).toEqual([true, false]);
      expect(await met(regular, "eitherword")).toBe(true);
      expect([await met(arrive(), "eitherword", "market"), await met(arrive(), "eitherword")]).toEqual([true, false]);
      expect([await met(arrive(), "newword"), await met(who("rita"), "newword")]).toEqual([true, false]);
      shows("only.roles", "only.channels", "only.any", "only.memberForLessThanDays");
    });

    it("a rule only for whoever has points, or was the matter of a case, already", async () => {
      const { say, heard, arrive, caseOf } = here();
      for (const text of ["pointword", "caseword"]) expect(await heard(say(arrive(), text))).toEqual([]);
      const userId = arrive();
      await heard(say(userId, "what a grumblewort"));
      await caseOf(userId);
      expect(await heard(say(userId, "pointword"))).toEqual(["message.delete for-offenders"]);
      expect(await heard(say(userId, "caseword"))).toEqual(["message.delete for-the-known"]);
      shows("only.pointsAtLeast", "only.casesAtLeast");
    });
  });
}
