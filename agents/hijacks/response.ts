import { customId, propose, write, type Effect, type EventOf, type Look, type Records, type Row } from "#core";
import type { Config } from "./config.ts";
import { saidOf, type Written, type Reason } from "./signs.ts";
import { words } from "./words.ts";

export type Hijack = Records["hijack"];

export const RULE = "hijacked-account";
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Messages that were under way when the account was stopped have arrived by then. */
const SWEEPS = { first: 3_000, again: 20_000 } as const;
const TIMER = "sweep:";

/** The account may not write, what it wrote goes, its owner is told how to come back, and staff what was done. */
export function stopped(event: Written, reason: Reason, look: Look, config: Config): readonly Effect[] {
  const { at, author } = event;
  const { userId, name } = author;
  const before = look.record("hijack", userId);
  const until = at + config.timeoutHours * HOUR;
  const cameBack = before?.cameBackAt === undefined ? {} : { cameBackAt: before.cameBackAt };
  const reasons = { rule: RULE, why: saidOf(reason), confidence: reason.confidence };
  const notice = noticeOf(event.guildId, reason, until, look, config);
  return [
    propose({ verb: "member.timeout", member: author, until, ...notice }, reasons),
    removed(event),
    kept(userId, { name, at, until, ...cameBack }),
    sweepAt(userId, at + SWEEPS.first, { channelId: event.channelId, messageId: event.messageId, reason }),
  ];
}

export function removed({ channelId, messageId, author }: Written): Effect {
  const why = "was posted from an account somebody else seems to use";
  return propose(
    { verb: "message.delete", channelId, messageId, author },
    { rule: "hijack-message", why, confidence: 0.95 },
  );
}

export const kept = (userId: string, value: Hijack): Effect =>
  write({ write: "record.put", record: "hijack", key: userId, value });

/** Stopped, and neither over nor ended by its owner. */
export function isHeld(hijack: Hijack | undefined, at: number): hijack is Hijack {
  return hijack !== undefined && hijack.until > at && (hijack.cameBackAt ?? 0) < hijack.at;
}

/** What staff are told once it is known what could be done. */
interface Told {
  readonly channelId: string;
  /** The message that gave the account away: it was taken down at once. */
  readonly messageId: string;
  readonly reason: Reason;
}

const sweepAt = (userId: string, at: number, payload?: Told): Effect =>
  write({ write: "timer.set", timer: `${TIMER}${userId}`, at, payload });

/** What the journal knows of the last hour's messages, channel by channel; once more for those that came late. */
export function sweep(event: EventOf<"clock.struck">, look: Look, config: Config): readonly Effect[] {
  const userId = event.timer.slice(TIMER.length);
  const hijack = look.record("hijack", userId);
  if (!event.timer.startsWith(TIMER) || !isHeld(hijack, event.at)) return [];
  const isFirst = hijack.sweptTo === undefined;
  const told = event.payload as Told | undefined;
  const since = hijack.sweptTo ?? hijack.at - config.deleteMinutes * MINUTE;
  const written = look.wrote(userId, since + (isFirst ? 0 : 1));
  const channels = new Map<string, string[]>();
  for (const { channelId, messageId } of written.filter((one) => one.messageId !== told?.messageId))
    channels.set(channelId, [...(channels.get(channelId) ?? []), messageId]);
  const author = { userId, name: hijack.name, roleIds: written[0]?.author.roleIds ?? [] };
  const why = "were posted from an account somebody else seems to use";
  return [
    ...[...channels].map(([channelId, messageIds]) =>
      propose(
        { verb: "message.bulk-delete", channelId, messageIds, author },
        { rule: "hijack-messages", why, confidence: 0.95 },
      ),
    ),
    ...(told === undefined ? [] : alert(userId, told, hijack.at, look, config)),
    ...(isFirst
      ? [kept(userId, { ...hijack, sweptTo: written[0]?.at ?? hijack.at }), sweepAt(userId, hijack.at + SWEEPS.again)]
      : []),
  ];
}

function noticeOf(guildId: string, reason: Reason, until: number, look: Look, config: Config) {
  const { locale, name: guild } = look.guild();
  const when = `<t:${Math.floor(until / 1_000)}:f>`;
  const isOpen = config.comeBack === "letters";
  const notice = [
    words.say(locale, "notice.what", { guild, why: saidOf(reason, locale), until: when }),
    words.say(locale, "notice.do"),
    words.say(locale, isOpen ? "notice.letters" : "notice.staff"),
  ].join("\n\n");
  return { notice, ...(isOpen && { noticeRows: [backButton(guildId, locale)] }) };
}

/** A direct message belongs to no guild: the button says itself which one it is about. */
function backButton(guildId: string, locale: string): Row {
  return [
    { component: "button", customId: customId("hijacks", "back", guildId), label: words.say(locale, "button.back") },
  ];
}

/** Staff's own accounts are nobody's to stop but theirs, and are the most dangerous of all: then it is said that nothing was done. */
function alert(userId: string, { channelId: where, reason }: Told, at: number, look: Look, config: Config) {
  const { alertChannelId: channelId } = config;
  if (channelId === undefined) return [];
  const { locale } = look.guild();
  const isStopped = look.cases({ userId }).some(({ rule, openedAt }) => rule === RULE && openedAt >= at);
  const values = { who: `<@${userId}>`, where: `<#${where}>`, why: saidOf(reason, locale) };
  const text = words.say(locale, isStopped ? "alert.stopped" : "alert.untouched", values);
  const title = words.say(locale, "alert.title");
  return [
    propose(
      { verb: "message.send", channelId, words: { title, text } },
      { rule: "hijack-alert", why: "staff should know", confidence: 1 },
    ),
  ];
}
