import type { EventOf } from "#core";
import type { DemoGuild } from "../../simulator/index.ts";

/**
 * What the demo guild's owner has chosen, so that whoever looks round can try more than moderation. It is put down once and by the
 * same event as anybody's choice: what is changed afterwards stays changed.
 */
export function demoChoices({ guildId, channelIds, roleIds }: DemoGuild, at: number): EventOf<"policy.chosen"> {
  const channel = (name: string): string => JSON.stringify(channelIds[name]);
  const document = `# What this guild chose; all else is as default.yaml says. Change it, try it on the last day, choose.
agents:
  casework:
    config: { staffChannelId: ${channel("mod-log")} } # reports and appeals are answered in #mod-log
  faq:
    mode: live # /ask, and /faq add for what it knows
    config: { answerIn: [${channel("help")}], ticketCommand: ticket open }
  tickets:
    mode: live # /ticket open, /ticket panel
    config:
      channelId: ${channel("help")}
      staffChannelId: ${channel("mod-log")}
      types:
        - { id: help, label: Ask for help, staffRoleIds: [${JSON.stringify(roleIds["moderator"])}] }
  levels:
    mode: live # /rank, /leaderboard
  events:
    mode: live # /event create
    config: { channelId: ${channel("events")}, createRoleIds: [${JSON.stringify(roleIds["moderator"])}] }
`;
  return {
    ...{ id: "demo:choices", guildId, at, kind: "policy.chosen" },
    ...{ document, basedOn: 0, by: "demo:owner" },
  };
}
