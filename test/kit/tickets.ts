import type { EventOf, GuildEvent, Look, Member, ProposedAction, Ticket, Verb } from "#core";
import { Permission } from "#core";
import tickets from "../../agents/tickets/index.ts";
import { hostAgent, type AgentHost } from "./agent-host.ts";
import { message } from "./guild.ts";

/** The agent `tickets` alone, with members, staff, and what they do. */
export const HOUR = 3_600_000;
export const MINUTE = 60_000;
export const DAY = 24 * HOUR;
export const STAFF_CHANNEL = "22";

export const who = (userId: string, ...roleIds: string[]): Member => ({ userId, name: `m${userId}`, roleIds });
export const ada = who("50");
export const bo = who("51");
export const helper = who("60", "31");

const roles: Readonly<Record<string, string>> = { "31": "0", "32": Permission.MANAGE_THREADS.toString(), "33": "0" };
const channels: Readonly<Record<string, { type: number }>> = { "20": { type: 0 }, [STAFF_CHANNEL]: { type: 0 } };

export const TYPES = [
  { id: "billing", label: "Billing", staffRoleIds: ["31"] },
  { id: "chiefs", label: "Chiefs", staffRoleIds: ["33"] },
];

export const openDesk = (
  config: object = {},
  guild: Partial<ReturnType<Look["guild"]>> = {},
  sight: Partial<Look> = {},
): AgentHost =>
  hostAgent(tickets, { types: TYPES, staffChannelId: STAFF_CHANNEL, ...config }, guild, {
    channel: (id) => channels[id] && { id, name: `c${id}`, overwrites: [], ...channels[id] },
    role: (id) => {
      const permissions = roles[id];
      return permissions === undefined ? undefined : { id, name: `r${id}`, position: 1, permissions };
    },
    ...sight,
  });

let sequence = 0;
const use = (at: number, by: Member, channelId: string) => {
  const id = `i:${++sequence}`;
  const interaction = { id: String(sequence), sealedToken: "sealed", locale: "en" };
  return { id, guildId: "100", at, by, byPermissions: "0", channelId, interaction };
};

export const form = (at: number, by = ada, type = "billing", fields?: object): EventOf<"modal.submitted"> => ({
  ...{ ...use(at, by, "20"), kind: "modal.submitted", customId: `v1:tickets:form:${type}` },
  fields: { subject: "Double charge", details: "Twice in May", ...fields },
});

export const command = (at: number, by: Member, name: string, options: object = {}, channelId = "701") =>
  ({ ...use(at, by, channelId), kind: "command.used", command: `ticket ${name}`, options }) as GuildEvent;

export const done = (of: GuildEvent, at: number, result: object): GuildEvent => ({
  ...{ id: `d:${++sequence}`, guildId: "100", at, kind: "action.done", orderId: `${of.id}/tickets/0#0` },
  ...{ attempt: 1, result },
});

export const says = (at: number, author: Member, channelId = "701"): GuildEvent =>
  message("hello", { at, author, channelId });

export const texts = (proposals: readonly ProposedAction[]): string =>
  proposals.map(({ action }) => ("words" in action ? action.words.text : "")).join("\n");
export const verbs = (proposals: readonly ProposedAction[]): readonly Verb[] =>
  proposals.map(({ action }) => action.verb);
export const ticketOf = (host: AgentHost, number = 1): Ticket => host.record("ticket", String(number))!;

/** A ticket whose thread and card are there at once: the thread of the first is 701. */
export function opened(host: AgentHost, at: number, by = ada, number = 1, type = "billing"): readonly ProposedAction[] {
  const asked = form(at, by, type);
  const channelId = `70${number}`;
  const first = host.bring(asked);
  const came = done(asked, at, { threadId: channelId, channelId });
  const proposals = host.bring(came);
  host.bring(done(came, at, { channelId, messageId: `90${number}` }));
  return [...first, ...proposals];
}

/** What staff were told of deadlines, and when. */
export function toldOf(host: AgentHost, rule: RegExp): readonly { readonly at: number; readonly text: string }[] {
  return host.steps.flatMap(({ event, proposals }) =>
    proposals
      .filter((proposal) => rule.test(proposal.rule) && proposal.action.verb === "message.send")
      .map((proposal) => ({ at: event.at, text: texts([proposal]) })),
  );
}
