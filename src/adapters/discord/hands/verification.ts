import { type APIGuild, AuditLogEvent, Routes } from "discord-api-types/v10";
import { auditReason } from "../marker.ts";
import { found, type Hand } from "./hand.ts";
import { absentUnlessContradicted, lookAt } from "./looking.ts";

export const setVerification: Hand<"guild.verification"> = {
  perform: async ({ order, action: { level }, signal }, reach) => {
    const body = { verification_level: level };
    const reason = auditReason(order.reason, order.id);
    await reach.call({ method: "PATCH", route: Routes.guild(order.guildId), body, reason, signal });
    return { level };
  },
  reconcile: async (task, reach) => {
    const { guildId } = task.order;
    const guild = await lookAt<Partial<APIGuild>>(reach, Routes.guild(guildId), task.signal);
    if (guild?.verification_level === task.action.level) return found({ level: task.action.level });
    return absentUnlessContradicted(task, reach, AuditLogEvent.GuildUpdate, guildId);
  },
};
