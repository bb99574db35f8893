import {
  customId,
  type Button,
  type Effect,
  type EventPlace,
  type Gathering,
  type Look,
  type Row,
  type Rsvps,
  type Words,
} from "#core";
import { excerpt, plain } from "#core/text/index";
import { isOpen } from "./keeping.ts";
import { act, repeatText, span, stamp } from "./saying.ts";
import { words } from "./words.ts";

export const AGENT = "events";
const NAMED_AT_MOST = 30;

export const button = (
  name: string,
  label: string,
  style: Button["style"],
  ...args: readonly (string | number)[]
): Button => ({
  ...{ component: "button", customId: customId(AGENT, name, ...args.map(String)), label },
  ...(style !== undefined && { style }),
});

/** Reactions that answer like the buttons. */
export const REACTIONS = { going: "✅", maybe: "❔", no: "❌" } as const;

export function placeText(place: EventPlace): string {
  return place.kind === "elsewhere" ? plain(place.location) : `<#${place.channelId}>`;
}

/** The announcement, for everybody in the guild's language and by everybody's own clock. */
export function cardOf(gathering: Gathering, rsvps: Rsvps, locale: string): Words {
  const { status, title } = gathering;
  const heading = status === "cancelled" || status === "over" ? words.say(locale, `card.${status}`, { title }) : title;
  return {
    title: excerpt(heading, 250),
    text: lines(gathering, rsvps, locale).join("\n"),
    components: rows(gathering, locale),
  };
}

function lines(gathering: Gathering, rsvps: Rsvps, locale: string): readonly string[] {
  const { about, startsAt, endsAt, place, hostId, cohostIds, rule, number } = gathering;
  const hosts = [hostId, ...cohostIds].map((id) => `<@${id}>`).join(", ");
  return [
    ...(about === undefined ? [] : [plain(about), ""]),
    words.say(locale, "card.when", { span: span(startsAt, endsAt), left: stamp(startsAt, "R") }),
    words.say(locale, "card.where", { place: placeText(place) }),
    words.say(locale, "card.host", { hosts }),
    ...(rule === undefined ? [] : [words.say(locale, "card.repeats", { rule: repeatText(rule, locale) })]),
    "",
    ...people(gathering, rsvps, locale),
    `-# #${number}`,
  ];
}

function people({ capacity }: Gathering, rsvps: Rsvps, locale: string): readonly string[] {
  const count = capacity === undefined ? `${rsvps.going.length}` : `${rsvps.going.length}/${capacity}`;
  const line = (key: "going" | "waiting" | "maybe", number: string): readonly string[] =>
    rsvps[key].length === 0 && key !== "going"
      ? []
      : [`**${words.say(locale, `answer.${key}`)} (${number})** ${named(rsvps[key])}`];
  return [
    ...line("going", count),
    ...line("waiting", String(rsvps.waiting.length)),
    ...line("maybe", String(rsvps.maybe.length)),
    ...(rsvps.no.length === 0 ? [] : [`**${words.say(locale, "answer.no")} (${rsvps.no.length})**`]),
  ];
}

export function named(ids: readonly string[]): string {
  const shown = ids.slice(0, NAMED_AT_MOST).map((id) => `<@${id}>`);
  return [...shown, ...(ids.length > NAMED_AT_MOST ? ["…"] : [])].join(" ");
}

function rows(gathering: Gathering, locale: string): readonly Row[] {
  const { number } = gathering;
  if (!isOpen(gathering)) return [];
  return [
    [
      button("going", words.say(locale, "answer.going"), "success", number),
      button("maybe", words.say(locale, "answer.maybe"), "secondary", number),
      button("no", words.say(locale, "answer.no"), "secondary", number),
      button("file", words.say(locale, "card.file"), "secondary", number),
    ],
  ];
}

/** The announcement as it should be now, where it was posted and its channel is still there. */
export function cardAnew(gathering: Gathering, rsvps: Rsvps, look: Look): readonly Effect[] {
  const { messageId, channelId } = gathering;
  if (messageId === undefined || look.channel(channelId) === undefined) return [];
  const said = cardOf(gathering, rsvps, look.guild().locale);
  return [
    act({ verb: "message.edit", channelId, messageId, words: said }, "event-card", "the announcement shows what holds"),
  ];
}
