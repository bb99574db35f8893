import { describe, expect, it } from "vitest";
import { until } from "../../discord/house.ts";
import type { ModeratedHouse } from "./house.ts";
import { shows } from "./shown.ts";

/** What members and moderators of other bots complain about most, by its name. */
export function complaintTrips(house: () => ModeratedHouse): void {
  const here = () => house().owlery;

  describe("what other bots' users complain about", () => {
    it("the bot acting on staff or on itself", async () => {
      const { say, heard, who, isThere, control, channel } = here();
      for (const name of ["mia", "hugo"]) {
        const messageId = say(who(name), "what a grumblewort");
        expect(await heard(messageId)).toEqual(["drop message.delete", "drop member.warn"]);
        expect(isThere(messageId)).toBe(true);
      }
      // Its own reports quote what is forbidden here, and stay.
      const quoted = control.messages(channel("staff")).filter(({ author }) => author.id === control.botId);
      expect(quoted.some(({ embeds, content }) => JSON.stringify([embeds, content]).includes("oddword"))).toBe(true);
    });

    it("an edited message, or its preview, that triggers a rule again", async () => {
      const { arrive, say, heard, control, channel, told, store } = here();
      const userId = arrive();
      const messageId = say(userId, "you slowpoke");
      expect(await heard(messageId)).toEqual(["member.warn kept-word"]);
      control.editMessage(channel("general"), messageId, "you slowpoke, see https://example.org");
      await heard(say(userId, "anything else"));
      await until("the one warning", () => told(userId).includes("slowpoke"));
      const cases = await store.cases({ userId, limit: 9 });
      shows("then.deletes");
      expect(cases.map(({ verb }) => verb)).toEqual(["member.warn"]);
    });

    it("autorole fighting mute: a mute is Discord's own, and no role lifts it", async () => {
      const { arrive, say, heard, control, guildId, role } = here();
      const userId = arrive();
      await heard(say(userId, "timeword"));
      const silenced = () => typeof control.member(guildId, userId)?.communication_disabled_until === "string";
      await until("a time-out", silenced);
      control.setRoles(guildId, userId, [role("regular")]);
      control.setRoles(guildId, userId, []);
      expect(silenced()).toBe(true);
      expect(() => say(userId, "I can speak")).toThrow();
    });

    it("moderators' own bans and kicks without a case, and a second case for the same ban", async () => {
      const { arrive, control, guildId, who, caseOf, store } = here();
      const [banned, kicked] = [arrive(), arrive()];
      control.banByHand(guildId, who("hugo"), banned, "by hand");
      control.kickByHand(guildId, who("hugo"), kicked, "by hand");
      for (const [userId, verb] of [
        [banned, "member.ban"],
        [kicked, "member.kick"],
      ] as const) {
        expect(await caseOf(userId)).toMatchObject({ verb, reason: "by hand", decidedBy: `user:${who("hugo")}` });
        expect(await store.cases({ userId, limit: 9 })).toHaveLength(1);
      }
    });
  });
}
