import { defineAgent, tally, type Effect, type Look } from "#core";
import { configSchema, type Config } from "./config.ts";
import { measuresFor } from "./measures.ts";
import {
  blockedLink,
  blockedWord,
  copiesOf,
  COUNTERS,
  duplicateFlood,
  duplicateWave,
  mentionSpam,
  messageFlood,
  type Copies,
  type Finding,
  type MessageEvent,
  type NewMessage,
} from "./rules.ts";

export default defineAgent({
  name: "moderation",
  description: "Removes what the guild's rules forbid and holds members to them, step by step.",
  listens: ["message.created", "message.edited"],
  config: configSchema,
  counters: COUNTERS,
  verbs: ["message.delete", "member.warn", "member.timeout", "member.ban"],
  decide(event, look, config) {
    if (isExempt(event, look, config)) return [];
    return event.kind === "message.created" ? judgeNew(event, look, config) : judgeEdit(event, look, config);
  },
});

/** Every new message is counted, also one that is removed: a flood does not end by being answered. */
function judgeNew(event: NewMessage, look: Look, config: Config): readonly Effect[] {
  const copies = copiesOf(event, look, config);
  // Read before anything is decided, so that each message costs the same few reads, whatever it says.
  const flood = messageFlood(event, look, config);
  const finding = contentFinding(event, config) ?? mentionSpam(event, config) ?? spread(event, copies, config) ?? flood;
  const counted = talliesOf(event, copies);
  return finding === undefined ? counted : [...counted, ...measuresFor(event, finding, look, config)];
}

/** An edit is read again for what it says now; it is no new message, so nothing is counted. */
function judgeEdit(event: MessageEvent, look: Look, config: Config): readonly Effect[] {
  const finding = contentFinding(event, config);
  return finding === undefined ? [] : measuresFor(event, finding, look, config);
}

/** One message, one finding: the exact ones first. */
function contentFinding(event: MessageEvent, config: Config): Finding | undefined {
  return blockedLink(event, config) ?? blockedWord(event, config);
}

function spread(event: NewMessage, copies: Copies | undefined, config: Config): Finding | undefined {
  if (copies === undefined) return undefined;
  return duplicateWave(event, copies, config) ?? duplicateFlood(event, copies, config);
}

function talliesOf(event: NewMessage, copies: Copies | undefined): readonly Effect[] {
  const { userId } = event.author;
  if (copies === undefined) return [tally("messages", userId)];
  const own = [tally("messages", userId), tally("copies", `${userId}:${copies.key}`)];
  return copies.own === 1 ? [...own, tally("spreaders", copies.key)] : own;
}

function isExempt(event: MessageEvent, look: Look, config: Config): boolean {
  if (config.exemptChannelIds.length === 0) return false;
  if (config.exemptChannelIds.includes(event.channelId)) return true;
  const parentId = look.channel(event.channelId)?.parentId;
  return parentId !== undefined && config.exemptChannelIds.includes(parentId);
}
