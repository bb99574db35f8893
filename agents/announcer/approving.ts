import { parseCustomId, propose, type Announcement, type Effect, type EventOf, type Look, type Use } from "#core";
import { plain } from "#core/text/index";
import { mistakesIn } from "./checking.ts";
import { draftFor, isRefused } from "./composing.ts";
import type { Config } from "./config.ts";
import { announcementOf, forgotten, headOf, kept, plannedIn, told, shownOf } from "./keeping.ts";
import { answer, card, detailsOf } from "./preview.ts";
import { putRight, sent } from "./sending.ts";
import { timestamp } from "./when.ts";
import { words } from "./words.ts";

type Pressed = EventOf<"button.pressed">;

/** The author sends it off: to its channels, to its time, or to whoever else has to approve it. */
export function sendOff(event: Pressed, look: Look, config: Config): readonly Effect[] {
  const found = draftFor(event, look);
  if (isRefused(found)) return found;
  const { locale } = event.interaction;
  const mistakes = [
    ...mistakesIn(found, { guildId: event.guildId, by: event.by, locale, look, config }),
    ...timeMistake(found, event, locale),
    ...roomMistake(found, locale, look, config),
  ];
  if (mistakes.length > 0) return [answer(event, { text: mistakes.join("\n") }, "announcement-refused")];
  if (config.approval === "author") return confirmed(found, event, look, locale);
  return asked(found, event, look, config);
}

function timeMistake({ at }: Announcement, event: Use, locale: string | undefined): readonly string[] {
  return at !== undefined && at <= event.at ? [words.say(locale, "time.past", { when: timestamp(at) })] : [];
}

function roomMistake(found: Announcement, locale: string | undefined, look: Look, config: Config): readonly string[] {
  const waiting = plannedIn(look).filter(({ status, number }) => status !== "draft" && number !== found.replaces);
  return waiting.length < config.mostPlanned ? [] : [words.say(locale, "wrong.many", { count: config.mostPlanned })];
}

/** Nothing stands against it any more. The posts come first: by their place their outcomes are known. */
function confirmed(
  announcement: Announcement,
  event: Pressed,
  look: Look,
  locale: string | undefined,
): readonly Effect[] {
  const { number, replaces, corrects, at } = announcement;
  if (corrects !== undefined) {
    const text = words.say(locale, "corrected", { number: corrects, channels: namesOf(announcement) });
    return [
      ...putRight({ ...announcement, corrects }, event, look),
      ...forgotten([number], look),
      answer(event, done(announcement, text, locale), "announcement-corrected", true),
    ];
  }
  const old = replaces === undefined ? [] : [replaces];
  if (at === undefined) {
    const text = words.say(locale, "sent", { number, channels: namesOf(announcement) });
    return [
      ...sent(announcement, event, look),
      ...forgotten([number, ...old], look),
      answer(event, done(announcement, text, locale), "announcement-sent", true),
    ];
  }
  const { replaces: _replaces, ...planned } = announcement;
  const text = words.say(locale, "scheduled", { number, when: timestamp(at) });
  return [
    ...(old.length === 0 ? [] : forgotten(old, look)),
    ...kept({ ...planned, status: "scheduled" }, event.at),
    answer(event, done(announcement, text, locale), "announcement-scheduled", true),
  ];
}

const namesOf = ({ channelIds }: Announcement): string => channelIds.map((id) => `<#${id}>`).join(" ");

/** What was decided about stays to be read, with what became of it and nothing left to press. */
function done(announcement: Announcement, outcome: string, locale: string | undefined) {
  const shown = shownOf(announcement);
  const lines = [outcome, ...detailsOf(announcement, locale)].map((line) => `-# ${line}`);
  return { ...shown, text: `${shown.text}\n\n────────\n${lines.join("\n")}`, components: [] };
}

/** Four eyes: shown where others who may announce see it. */
function asked(found: Announcement, event: Pressed, look: Look, config: Config): readonly Effect[] {
  const { locale } = event.interaction;
  const { approvalChannelId } = config;
  if (approvalChannelId === undefined || look.channel(approvalChannelId) === undefined)
    return [answer(event, { text: words.say(locale, "wrong.approval-channel") }, "announcement-refused")];
  const waiting: Announcement = { ...found, status: "waiting" };
  const text = words.say(locale, "asked", { number: found.number, channel: `<#${approvalChannelId}>` });
  return [
    propose(
      { verb: "message.send", channelId: approvalChannelId, words: card(waiting, look.guild().locale) },
      { rule: "announcement-asks", why: "another person has to approve it", confidence: 1 },
    ),
    ...kept(waiting, event.at),
    answer(event, done(found, text, locale), "announcement-asks", true),
  ];
}

/** Another person has looked at it. */
export function answered(event: Pressed, isApproved: boolean, look: Look): readonly Effect[] {
  const { locale } = event.interaction;
  const found = announcementOf(parseCustomId(event.customId)?.args[0], look);
  const refused = (key: "wrong.gone-draft" | "wrong.own") => [
    answer(event, { text: words.say(locale, key) }, "announcement-refused"),
  ];
  if (found?.status !== "waiting") return refused("wrong.gone-draft");
  if (found.by.userId === event.by.userId && isApproved) return refused("wrong.own");
  const values = { what: headOf(found), name: `<@${event.by.userId}>` };
  if (!isApproved) return rejected(found, event, values, look);
  const guildLocale = look.guild().locale;
  const late = timeMistake(found, event, locale);
  const gone = found.channelIds.every((id) => look.channel(id) === undefined);
  if (late.length > 0 || gone) {
    const text = late[0] ?? words.say(locale, "wrong.no-channel");
    return [answer(event, { text }, "announcement-refused")];
  }
  return [
    ...confirmed(found, event, look, guildLocale),
    told(found.by.userId, words.say(found.locale, "told.approved", values), "announcement-approved", "was approved"),
  ];
}

function rejected(
  found: Announcement,
  event: Pressed,
  values: { readonly what: string; readonly name: string },
  look: Look,
): readonly Effect[] {
  const guildLocale = look.guild().locale;
  const text = words.say(guildLocale, "rejected", { name: values.name });
  return [
    ...forgotten([found.number], look),
    answer(event, done(found, text, guildLocale), "announcement-rejected", true),
    told(found.by.userId, words.say(found.locale, "told.rejected", values), "announcement-rejected", "was turned down"),
  ];
}

/** A draft nobody sent off goes without a word; of one that nobody approved its author hears. */
export function lapsed(event: EventOf<"clock.struck">, look: Look): readonly Effect[] {
  const found = announcementOf((event.payload as { readonly number: number }).number, look);
  if (found === undefined || found.status === "scheduled") return [];
  const text = words.say(found.locale, "told.lapsed", { what: plain(headOf(found)) });
  return [
    ...(found.status === "waiting"
      ? [told(found.by.userId, text, "announcement-lapsed", "nobody approved it in time")]
      : []),
    ...forgotten([found.number], look),
  ];
}
