import { propose, write, type Announced, type Announcement, type Effect, type EventOf, type Look } from "#core";
import { nextOccurrence } from "#core/calendar/recurrence";
import type { Config } from "./config.ts";
import { AGENT, announcementOf, forgotten, headOf, kept, told, wordsOf } from "./keeping.ts";
import { corrected, noted, withPost } from "./correcting.ts";
import { words } from "./words.ts";

const HOUR = 3_600_000;
/** By then every channel has answered, or was never asked. */
const SETTLED_AFTER = 90_000;
const ANNOUNCEMENT_CHANNEL = 5;

type Outcome = EventOf<"action.done" | "action.failed">;

export const settleTimer = (eventId: string): string => `settle:${eventId}`;

/**
 * To every channel that is still there. These must be the first proposals of the event, in the order that is noted: by that each
 * one's outcome is known.
 */
export function sent(
  announcement: Announcement,
  event: { readonly id: string; readonly at: number },
  look: Look,
): readonly Effect[] {
  const { number, by, locale, crosspost } = announcement;
  const isThere = (id: string): boolean => look.channel(id) !== undefined;
  const channelIds = announcement.channelIds.filter(isThere);
  const gone = announcement.channelIds.filter((id) => !isThere(id));
  const said = wordsOf(announcement);
  const value: Announced = {
    ...{ number, by, channelIds, answered: [], title: headOf(announcement) },
    ...(locale !== undefined && { locale }),
    ...(crosspost === true && { crosspost }),
    failed: gone.map((channelId) => ({ channelId, why: "gone" })),
  };
  return [
    ...channelIds.map((channelId) =>
      propose(
        { verb: "message.send", channelId, words: said },
        { rule: "announcement", why: `announcement #${number} of ${by.name}`, confidence: 1 },
      ),
    ),
    ...followed(value, event),
    ...noted(announcement, look),
  ];
}

/** Until every channel has answered, or was never asked. */
function followed(value: Announced, { id, at }: { readonly id: string; readonly at: number }): readonly Effect[] {
  return [
    write({ write: "record.put", record: "announced", key: id, value }),
    write({ write: "timer.set", timer: settleTimer(id), at: at + SETTLED_AFTER, payload: { eventId: id } }),
  ];
}

/** Other words where it is already. */
export function putRight(
  announcement: Announcement & { readonly corrects: number },
  event: { readonly id: string; readonly at: number },
  look: Look,
): readonly Effect[] {
  const { edits, announced } = corrected(announcement, look);
  return [...edits, ...followed(announced, event)];
}

/**
 * Its time has come. A timer strikes at its own time, however late the house is: who wrote it is looked at first, and by the outcome
 * it is known what time it really is.
 */
export function due(event: EventOf<"clock.struck">, look: Look): readonly Effect[] {
  const announcement = announcementOf((event.payload as { readonly number: number }).number, look);
  if (announcement?.status !== "scheduled") return [];
  const value = { number: announcement.number, at: event.at };
  return [
    propose(
      { verb: "member.look", userId: announcement.by.userId },
      { rule: "announcement-due", why: `announcement #${announcement.number} is due`, confidence: 1 },
    ),
    write({ write: "record.put", record: "announcementDue", key: event.id, value }),
  ];
}

const ORDER = new RegExp(`^(.+)/${AGENT}/(\\d+)#0$`);

/** What came of one of our own orders. */
export function outcome(event: Outcome, look: Look, config: Config): readonly Effect[] {
  const [, key, index] = ORDER.exec(event.orderId) ?? [];
  if (key === undefined) return [];
  const announced = look.record("announced", key);
  if (announced !== undefined) return answered(event, key, Number(index), announced, look);
  if (index !== "0") return [];
  const ready = look.record("announcementDue", key);
  if (ready !== undefined) return [...posted(event, ready, look, config), withoutDue(key)];
  return crossposted(event, key, look);
}

function withoutDue(key: string): Effect {
  return write({ write: "record.delete", record: "announcementDue", key });
}

/** Not hours after its time; and what repeats comes next when it is really next, however many times were missed. */
function posted(
  event: Outcome,
  { number, at }: { readonly number: number; readonly at: number },
  look: Look,
  config: Config,
): readonly Effect[] {
  const announcement = announcementOf(number, look);
  if (announcement?.status !== "scheduled" || announcement.at !== at) return [];
  const isTooLate = event.at > at + config.latestHours * HOUR;
  const { by, locale, repeat } = announcement;
  const late = words.say(locale, "told.late", { what: headOf(announcement), when: `<t:${Math.floor(at / 1_000)}:F>` });
  const doing = isTooLate
    ? [told(by.userId, late, "announcement-late", "the house was away when it was due")]
    : sent(announcement, event, look);
  const next = repeat === undefined ? undefined : nextOccurrence(repeat, Math.max(at, event.at));
  return [
    ...doing,
    ...(next === undefined ? forgotten([number], look) : kept({ ...announcement, at: next }, event.at)),
  ];
}

/** One channel has it, or has not. */
function answered(event: Outcome, key: string, index: number, announced: Announced, look: Look): readonly Effect[] {
  const channelId = announced.channelIds[index];
  if (channelId === undefined || announced.answered.includes(channelId)) return [];
  const why = event.kind === "action.done" ? undefined : whyOf(event);
  const value: Announced = {
    ...announced,
    answered: [...announced.answered, channelId],
    failed: why === undefined ? announced.failed : [...announced.failed, { channelId, why }],
  };
  const isPosted = event.kind === "action.done" && announced.corrects !== true;
  return [
    ...(isPosted ? spread(event, channelId, announced, look) : []),
    ...(isPosted ? withPost(announced.number, channelId, messageIdOf(event), look) : []),
    write({ write: "record.put", record: "announced", key, value }),
  ];
}

const UNKNOWN_MESSAGE = "10008";

function whyOf({ outcome: came, code }: EventOf<"action.failed">): Announced["failed"][number]["why"] {
  if (came === "unknown") return "unknown";
  return code === UNKNOWN_MESSAGE ? "deleted" : "refused";
}

const messageIdOf = ({ result }: EventOf<"action.done">): unknown =>
  (result as { readonly messageId?: unknown } | undefined)?.messageId;

/** To the servers that follow the channel. */
function spread(event: EventOf<"action.done">, channelId: string, announced: Announced, look: Look): readonly Effect[] {
  const { crosspost, by, locale, title } = announced;
  if (crosspost !== true) return [];
  if (look.channel(channelId)?.type !== ANNOUNCEMENT_CHANNEL) return [];
  const messageId = messageIdOf(event);
  if (typeof messageId !== "string") return [];
  const value = { channelId, userId: by.userId, title, ...(locale !== undefined && { locale }) };
  return [
    propose(
      { verb: "message.crosspost", channelId, messageId },
      { rule: "announcement-crosspost", why: `announcement #${announced.number} of ${by.name}`, confidence: 1 },
    ),
    write({ write: "record.put", record: "crossposting", key: event.id, value }),
  ];
}

function crossposted(event: Outcome, key: string, look: Look): readonly Effect[] {
  const known = look.record("crossposting", key);
  if (known === undefined) return [];
  const done = write({ write: "record.delete", record: "crossposting", key });
  if (event.kind === "action.done") return [done];
  const text = words.say(known.locale, "told.not-crossposted", { what: known.title, channel: `<#${known.channelId}>` });
  return [told(known.userId, text, "announcement-failed", "it could not be cross-posted"), done];
}

/** The author hears in one message where it is not; the others have it. */
export function settled(event: EventOf<"clock.struck">, look: Look): readonly Effect[] {
  const { eventId } = event.payload as { readonly eventId: string };
  const announced = look.record("announced", eventId);
  if (announced === undefined) return [];
  const { channelIds, answered: heard, by, locale, title } = announced;
  const silent = channelIds.filter((id) => !heard.includes(id));
  const failed = [...announced.failed, ...silent.map((channelId) => ({ channelId, why: "not-ordered" as const }))];
  const done = write({ write: "record.delete", record: "announced", key: eventId });
  if (failed.length === 0) return [done];
  const lines = failed.map(
    ({ channelId, why }) => `• <#${channelId}> (${channelId}): ${words.say(locale, `why.${why}`)}`,
  );
  const reached = heard.length - failed.filter(({ why }) => ["refused", "unknown", "deleted"].includes(why)).length;
  const key = announced.corrects === true ? "told.not-corrected" : "told.failed";
  const text = [words.say(locale, key, { what: title, count: reached }), ...lines].join("\n");
  return [told(by.userId, text, "announcement-failed", "it did not reach every channel"), done];
}
