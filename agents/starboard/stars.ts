import { snowflakeTime, write, writtenIn, type Effect, type EventOf, type Look, type Starred } from "#core";
import { forgetTimer, kept, settled, settleTimer } from "./board.ts";
import type { Config } from "./config.ts";
import { isSameEmoji, isShownFrom } from "./places.ts";

const DAY = 86_400_000;
/** Beyond this nobody counts: a list of everybody would be written anew with each star. */
export const MOST_STARS = 500;

/** One more star, if it is one that counts. */
export function added(event: EventOf<"reaction.added">, look: Look, config: Config): readonly Effect[] {
  if (config.channelId === undefined || event.byBot === true) return [];
  if (!isSameEmoji(event.emoji, config.emoji)) return [];
  const { messageId, channelId, userId, at } = event;
  const until = snowflakeTime(messageId) + config.days * DAY;
  if (at >= until || !isShownFrom(channelId, event.guildId, look, config)) return [];
  const before = look.record("starred", messageId);
  const authorId = event.authorId ?? before?.authorId ?? look.said(writtenIn(messageId))?.author.userId;
  if (authorId === userId && !config.selfStar) return [];
  if (authorId !== undefined && authorId === look.guild().botUserId) return [];
  const userIds = before?.userIds ?? [];
  if (userIds.includes(userId) || userIds.length >= MOST_STARS) return [];
  const base: Starred = before ?? { channelId, userIds };
  const starred: Starred = { ...base, ...(authorId !== undefined && { authorId }), userIds: [...userIds, userId] };
  const scene = { event, messageId, look, config };
  if (before !== undefined) return settled(starred, scene);
  return [
    ...settled(starred, scene),
    write({ write: "timer.set", timer: forgetTimer(messageId), at: until, payload: { messageId } }),
  ];
}

export function removed(event: EventOf<"reaction.removed">, look: Look, config: Config): readonly Effect[] {
  if (config.channelId === undefined || !isSameEmoji(event.emoji, config.emoji)) return [];
  const before = look.record("starred", event.messageId);
  if (before?.userIds.includes(event.userId) !== true) return [];
  const userIds = before.userIds.filter((one) => one !== event.userId);
  return fewer({ ...before, userIds }, event, look, config);
}

/** All reactions were taken off, or all stars. */
export function cleared(event: EventOf<"reaction.cleared">, look: Look, config: Config): readonly Effect[] {
  if (config.channelId === undefined) return [];
  if (event.emoji !== undefined && !isSameEmoji(event.emoji, config.emoji)) return [];
  const before = look.record("starred", event.messageId);
  return before === undefined ? [] : fewer({ ...before, userIds: [] }, event, look, config);
}

type Fewer = EventOf<"reaction.removed" | "reaction.cleared">;

function fewer(starred: Starred, event: Fewer, look: Look, config: Config): readonly Effect[] {
  const { messageId } = event;
  const isNothing = starred.userIds.length === 0 && starred.post === undefined && starred.closed === undefined;
  if (!isNothing) return settled(starred, { event, messageId, look, config });
  return [
    write({ write: "record.delete", record: "starred", key: messageId }),
    write({ write: "timer.clear", timer: forgetTimer(messageId) }),
    write({ write: "timer.clear", timer: settleTimer(messageId) }),
  ];
}

/** What was edited is not quoted as it was. */
export function edited(event: EventOf<"message.edited">, look: Look, config: Config): readonly Effect[] {
  if (config.channelId === undefined) return [];
  const before = look.record("starred", event.messageId);
  if (before === undefined) return [];
  const { text, attachments, messageId } = event;
  const starred: Starred = { ...before, edited: { text, attachments } };
  if (starred.post === undefined) return [kept(messageId, starred)];
  // What is shown is not what is said any more, however many stars there are.
  const post = { ...starred.post, shown: -1 };
  return settled({ ...starred, post }, { event, messageId, look, config });
}
