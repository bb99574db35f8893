import {
  customId,
  type Announcement,
  type Button,
  type Effect,
  type Look,
  propose,
  type Row,
  type Use,
  type Words,
} from "#core";
import { nextOccurrence } from "#core/calendar/recurrence";
import type { Config } from "./config.ts";
import { AGENT, shownOf } from "./keeping.ts";
import { timestamp } from "./when.ts";
import { words } from "./words.ts";

const TEXT_CHANNEL = 0;
const ANNOUNCEMENT_CHANNEL = 5;
const SHOWN_DATES = 3;

/** As it will look, and below a line where, when and what else; with everything that can still be changed. */
export function preview(
  announcement: Announcement,
  locale: string | undefined,
  look: Look,
  config: Config,
  notes: readonly string[] = [],
): Words {
  const shown = shownOf(announcement);
  const lines = [...detailsOf(announcement, locale), ...notes].map((line) => `-# ${line}`);
  return {
    ...shown,
    text: `${shown.text}\n\n────────\n${lines.join("\n")}`,
    components: rowsOf(announcement, locale, look, config),
  };
}

/** For whoever else has to decide about it. */
export function card(announcement: Announcement, locale: string | undefined): Words {
  const shown = shownOf(announcement);
  const { by, number } = announcement;
  const head = words.say(locale, "card.asks", { author: `<@${by.userId}>`, number });
  const lines = [head, ...detailsOf(announcement, locale)].map((line) => `-# ${line}`);
  const id = (name: string) => customId(AGENT, name, String(number));
  const buttons: Row = [
    { component: "button", customId: id("approve"), label: words.say(locale, "button.approve"), style: "success" },
    { component: "button", customId: id("reject"), label: words.say(locale, "button.reject"), style: "danger" },
  ];
  return { ...shown, text: `${shown.text}\n\n────────\n${lines.join("\n")}`, components: [buttons] };
}

export function detailsOf(announcement: Announcement, locale: string | undefined): readonly string[] {
  const { channelIds, pingRoleId, pingEveryone, crosspost, corrects, at, repeat } = announcement;
  const channels = channelIds.map((id) => `<#${id}>`).join(" ");
  if (corrects !== undefined) return [words.say(locale, "detail.corrects", { channels, number: corrects })];
  return [
    channels === "" ? words.say(locale, "detail.nowhere") : words.say(locale, "detail.channels", { channels }),
    ...(pingRoleId === undefined ? [] : [words.say(locale, "detail.calls", { role: `<@&${pingRoleId}>` })]),
    ...(pingEveryone === true ? [words.say(locale, "detail.calls", { role: "**@everyone**" })] : []),
    ...(crosspost === true ? [words.say(locale, "detail.crosspost")] : []),
    at === undefined ? words.say(locale, "detail.now") : words.say(locale, "detail.when", { when: timestamp(at) }),
    ...(repeat === undefined
      ? []
      : [words.say(locale, "detail.repeats", { rule: repeat.rule, dates: nextDates(repeat, at!).join(", ") })]),
  ];
}

function nextDates(repeat: NonNullable<Announcement["repeat"]>, from: number): readonly string[] {
  const dates: number[] = [];
  for (let at: number | undefined = from; dates.length < SHOWN_DATES;) {
    at = nextOccurrence(repeat, at);
    if (at === undefined) break;
    dates.push(at);
  }
  return dates.map((at) => `<t:${Math.floor(at / 1_000)}:f>`);
}

function rowsOf(
  { number, channelIds, at, crosspost, corrects }: Announcement,
  locale: string | undefined,
  look: Look,
  config: Config,
): readonly Row[] {
  const id = (name: string) => customId(AGENT, name, String(number));
  const canCrosspost = channelIds.some((one) => look.channel(one)?.type === ANNOUNCEMENT_CHANNEL);
  // Discord refuses a list in which something is chosen that it does not offer.
  const offered = (one: string): boolean =>
    [TEXT_CHANNEL, ANNOUNCEMENT_CHANNEL].includes(look.channel(one)?.type ?? -1);
  const chosenIds = channelIds.filter(offered).slice(0, config.mostChannels);
  const button = (name: string, label: string, style: Button["style"] = "secondary"): Button => ({
    ...{ component: "button", customId: id(name), label, style },
  });
  const now = corrects !== undefined ? "button.correct" : at === undefined ? "button.send" : "button.schedule";
  const send = config.approval === "second" ? "button.ask" : now;
  const reword = button("reword", words.say(locale, "button.reword"));
  const discard = button("discard", words.say(locale, "button.discard"), "danger");
  if (corrects !== undefined) return [[button("send", words.say(locale, send), "success"), reword, discard]];
  return [
    [
      {
        ...{ component: "select", of: "channel", customId: id("pick"), chosenIds },
        ...{ channels: ["text", "announcement"], placeholder: words.say(locale, "pick.channels") },
        ...{ atLeast: 1, atMost: config.mostChannels },
      },
    ],
    [
      button("send", words.say(locale, send), "success"),
      reword,
      button("retime", words.say(locale, "button.retime")),
      ...(canCrosspost
        ? [button("cross", words.say(locale, crosspost === true ? "button.no-crosspost" : "button.crosspost"))]
        : []),
      discard,
    ],
  ];
}

/** For whoever asked, alone; with `update` instead of what they pressed in. */
export function answer(event: Pick<Use, "interaction">, said: Words, rule: string, update = false): Effect {
  const { interaction } = event;
  return propose(
    { verb: "interaction.reply", interaction, words: said, ephemeral: true, ...(update && { update }) },
    { rule, why: "was asked for", confidence: 1 },
  );
}
