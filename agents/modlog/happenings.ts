import { voiceBefore, type EventOf, type LogLine, type LogWhat, type Look } from "#core";
import { auditLines } from "./audit.ts";
import { caseLines, newsLines } from "./cases.ts";
import { logChannel, logChannels, type Category, type Config } from "./config.ts";

export type Happening = EventOf<
  | "message.edited"
  | "message.deleted"
  | "member.joined"
  | "member.left"
  | "voice.changed"
  | "voice.left"
  | "invite.created"
  | "invite.deleted"
  | "invite.used"
  | "audit.logged"
  | "action.done"
  | "action.failed"
  | "case.amended"
>;

const CATEGORY_OF: Readonly<Record<LogWhat, Category>> = {
  ...{ edited: "messages", deleted: "messages", purged: "messages", joined: "members", left: "members" },
  ...{ "roles-added": "profiles", "roles-removed": "profiles", nickname: "profiles" },
  ...{ "voice-joined": "voice", "voice-left": "voice", "voice-moved": "voice" },
  ...{ "voice-muted": "voice", "voice-unmuted": "voice", "voice-deafened": "voice", "voice-undeafened": "voice" },
  ...{ "invite-made": "invites", "invite-used": "invites", "invite-gone": "invites" },
  ...{ case: "cases", "case-grown": "cases" },
};

export const logOf = ({ what }: LogLine, config: Config): string | undefined => logChannel(config, CATEGORY_OF[what]);

/** What is worth a line. Nothing is read for what has no log; an order's outcome costs one read of the store. */
export function linesOf(event: Happening, look: Look, config: Config): readonly LogLine[] {
  const isLogged = (category: Category) => logChannel(config, category) !== undefined;
  switch (event.kind) {
    case "message.edited":
      return isLogged("messages") ? edited(event, look, config) : [];
    case "message.deleted":
      return isLogged("messages") ? deleted(event, look, config) : [];
    case "member.joined": {
      const { userId, name } = event.member;
      return [{ what: "joined", at: event.at, userId, name }];
    }
    case "member.left":
      return [{ what: "left", at: event.at, userId: event.userId, name: event.name }];
    case "voice.changed":
    case "voice.left":
      return isLogged("voice") ? moved(event, look, config) : [];
    case "invite.created":
    case "invite.deleted":
      return invited(event);
    case "invite.used":
      return cameBy(event);
    case "audit.logged":
      return auditLines(event, look).filter((line) => isTold(line.channelId, look, config));
    case "action.done":
    case "action.failed":
      return isLogged("cases") ? [...caseLines(event, look), ...newsLines(event, look)] : [];
    case "case.amended":
      return [{ what: "case-grown", at: event.at, number: event.number }];
  }
}

/** The logs would log themselves for ever. A thread lies in a channel, and that in a category. */
function isTold(channelId: string | undefined, look: Look, config: Config): boolean {
  const silent = [...logChannels(config), ...config.ignoreChannelIds];
  let place = channelId;
  for (let depth = 0; place !== undefined && depth < 3; depth += 1) {
    if (silent.includes(place)) return false;
    place = look.channel(place)?.parentId;
  }
  return true;
}

function edited(event: EventOf<"message.edited">, look: Look, config: Config): readonly LogLine[] {
  const { at, author, channelId, messageId, text } = event;
  if (author.bot === true || !isTold(channelId, look, config)) return [];
  return [{ what: "edited", at, userId: author.userId, name: author.name, channelId, messageId, text }];
}

/** Many at once are one line, without their words. */
function deleted(event: EventOf<"message.deleted">, look: Look, config: Config): readonly LogLine[] {
  const { at, channelId, messageIds } = event;
  if (!isTold(channelId, look, config)) return [];
  const [messageId = ""] = messageIds;
  if (messageIds.length > 1) return [{ what: "purged", at, channelId, count: messageIds.length }];
  return [{ what: "deleted", at, channelId, messageId }];
}

function moved(event: EventOf<"voice.changed" | "voice.left">, look: Look, config: Config): readonly LogLine[] {
  const { userId, channelId } = event.kind === "voice.left" ? { ...event, channelId: undefined } : event.state;
  const from = voiceBefore(look, userId)?.channelId;
  if (from === channelId || !isTold(channelId ?? from, look, config)) return [];
  const line = { at: event.at, userId, ...(from !== undefined && { was: { channelId: from } }) };
  if (channelId === undefined) return [{ ...line, what: "voice-left" }];
  return [{ ...line, what: from === undefined ? "voice-joined" : "voice-moved", channelId }];
}

function invited(event: EventOf<"invite.created" | "invite.deleted">): readonly LogLine[] {
  const { at, channelId, code } = event;
  if (event.kind === "invite.deleted") return [{ what: "invite-gone", at, channelId, code }];
  const by = event.byUserId === undefined ? {} : { byUserId: event.byUserId };
  return [{ what: "invite-made", at, channelId, code, ...by }];
}

/** Several codes where several people came at once, each by one of them. */
function cameBy({ at, userId, name, codes }: EventOf<"invite.used">): readonly LogLine[] {
  const by = codes.length === 1 ? codes[0]!.byUserId : undefined;
  const line = { at, userId, name, code: codes.map(({ code }) => code).join(" / ") };
  return [{ what: "invite-used", ...line, ...(by !== undefined && { byUserId: by }) }];
}
