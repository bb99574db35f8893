import { propose, type Effect, type Look, type Ticket, type Use, type Words } from "#core";
import type { Config } from "./config.ts";
import { words } from "./words.ts";

interface Reasons {
  /** Named like a rule. */
  readonly rule: string;
  readonly why: string;
  /** Changes the message whose button was pressed. */
  readonly update?: true;
}

/** An answer for whoever asked, in words of our own. */
export function answer(event: Pick<Use, "interaction">, said: Words, { rule, why, update }: Reasons): Effect {
  const { interaction } = event;
  return propose(
    { verb: "interaction.reply", interaction, words: said, ephemeral: true, ...(update && { update }) },
    { rule, why, confidence: 1 },
  );
}

export function refusal(event: Use, text: string): readonly Effect[] {
  return [answer(event, { text }, { rule: "ticket-refused", why: "what was asked for cannot be done like this" })];
}

export function post(channelId: string, said: Words, rule: string, why: string): Effect {
  return propose({ verb: "message.send", channelId, words: said }, { rule, why, confidence: 1 });
}

interface Pings {
  readonly pingUserIds?: readonly string[];
  readonly pingRoleIds?: readonly string[];
}

/** Calls staff about a ticket: in their channel where there is one, in the thread otherwise, where the member reads it, too. */
export function tellStaff(
  { threadId, number }: Ticket,
  said: string,
  pings: Pings,
  { rule, why }: Pick<Reasons, "rule" | "why">,
  look: Look,
  { staffChannelId }: Config,
): readonly Effect[] {
  const isThere = staffChannelId !== undefined && look.channel(staffChannelId) !== undefined;
  const channelId = isThere ? staffChannelId : threadId;
  if (channelId === undefined) return [];
  const link = threadId === undefined ? `#${number}` : `<#${threadId}>`;
  return [post(channelId, { text: isThere ? `${said} ${link}` : said, ...pings }, rule, why)];
}

type StaffLine =
  | "staff.opened"
  | "staff.closed"
  | "staff.silence"
  | "staff.gone"
  | "staff.failed"
  | "staff.full-category"
  | "staff.full-server";

/** A line in the channel of staff's, where the guild has one that is still there. */
export function toStaff(key: StaffLine, ticket: Ticket, look: Look, config: Config): readonly Effect[] {
  const { staffChannelId } = config;
  if (staffChannelId === undefined || look.channel(staffChannelId) === undefined) return [];
  const { number, threadId, userId } = ticket;
  const link = threadId === undefined ? `#${number}` : `<#${threadId}>`;
  const text = words.say(look.guild().locale, key, { number, link, member: `<@${userId}>` });
  return [post(staffChannelId, { text }, key.replace("staff.", "ticket-"), "staff follow what becomes of tickets")];
}
