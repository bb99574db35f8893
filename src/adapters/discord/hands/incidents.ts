import { type APIGuild, AuditLogEvent, Routes } from "discord-api-types/v10";
import { auditReason } from "../marker.ts";
import { found, type Hand } from "./hand.ts";
import { absentUnlessContradicted, lookAt } from "./looking.ts";

/** A field left out is cleared, so both are always sent. */
export const setIncidents: Hand<"guild.incidents"> = {
  perform: async ({ order, action, signal }, reach) => {
    const { invitesOffUntil, messagesOffUntil } = action;
    const body = { invites_disabled_until: iso(invitesOffUntil), dms_disabled_until: iso(messagesOffUntil) };
    const route = Routes.guildIncidentActions(order.guildId);
    await reach.call({ method: "PUT", route, body, reason: auditReason(order.reason, order.id), signal });
    return { invitesOffUntil, messagesOffUntil };
  },
  reconcile: async (task, reach) => {
    const { invitesOffUntil, messagesOffUntil } = task.action;
    const { guildId } = task.order;
    const guild = await lookAt<Partial<APIGuild>>(reach, Routes.guild(guildId), task.signal);
    const now = guild?.incidents_data;
    const holds =
      guild !== undefined &&
      isSame(now?.invites_disabled_until, invitesOffUntil, reach.clock.now()) &&
      isSame(now?.dms_disabled_until, messagesOffUntil, reach.clock.now());
    if (holds) return found({ invitesOffUntil, messagesOffUntil });
    return absentUnlessContradicted(task, reach, AuditLogEvent.GuildUpdate, guildId);
  },
};

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());

/** What has run out is off, whether or not Discord still tells it. */
function isSame(told: string | null | undefined, wished: number | null, now: number): boolean {
  const until = typeof told === "string" ? Date.parse(told) : null;
  const lasting = until !== null && until > now ? until : null;
  return lasting === (wished !== null && wished > now ? wished : null);
}
