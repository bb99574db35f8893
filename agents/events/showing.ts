import {
  calendarEntriesOf,
  write,
  type AttachedFile,
  type Effect,
  type EventOf,
  type Gathering,
  type Look,
  type Use,
} from "#core";
import { plain } from "#core/text/index";
import { cardOf } from "./card.ts";
import { mayChange } from "./changing.ts";
import { gatheringOf, MINUTE, openGatherings, rsvpsOf, seriesOf } from "./keeping.ts";
import { may } from "./planning.ts";
import { turnoutAt } from "./rooms.ts";
import { answer, refusal, stamp } from "./saying.ts";
import { words } from "./words.ts";

type Used = EventOf<"command.used">;
const LISTED = 20;

export function list(event: Used, look: Look): readonly Effect[] {
  const { locale } = event.interaction;
  const open = openGatherings(look);
  const lines = open.slice(0, LISTED).map(({ number, title, startsAt, capacity }) => {
    const going = `${rsvpsOf(number, look).going.length}${capacity === undefined ? "" : `/${capacity}`}`;
    return words.say(locale, "list.line", { number, title: plain(title), time: stamp(startsAt, "F"), going });
  });
  const rest = open.length - LISTED;
  const text = [...lines, ...(rest > 0 ? [words.say(locale, "list.more", { count: rest })] : [])].join("\n");
  const said = {
    title: words.say(locale, "list.title"),
    text: open.length === 0 ? words.say(locale, "list.none") : text,
  };
  return [answer(event, said, "event-list", "somebody asks what is planned")];
}

export function show(event: Used, gathering: Gathering, look: Look): readonly Effect[] {
  const { locale } = event.interaction;
  const said = cardOf(gathering, rsvpsOf(gathering.number, look), locale ?? look.guild().locale);
  const failed = gathering.mirror?.failed;
  const text = failed === undefined ? said.text : `${said.text}\n${words.say(locale, "mirror.why", { why: failed })}`;
  return [
    answer(event, { ...said, text, attached: [fileOf(gathering, look)] }, "event-show", "somebody asks about it"),
  ];
}

/** The event as a file that any calendar opens. */
export function file(event: Use, number: number, look: Look): readonly Effect[] {
  const { locale } = event.interaction;
  const gathering = gatheringOf(number, look);
  if (gathering === undefined) return refusal(event, words.say(locale, "wrong.event"));
  const text = words.say(locale, "file.done");
  return [
    answer(event, { text, attached: [fileOf(gathering, look)] }, "event-file", "somebody wants it in their calendar"),
  ];
}

function fileOf(gathering: Gathering, look: Look): AttachedFile {
  const channel = gathering.place.kind === "elsewhere" ? undefined : look.channel(gathering.place.channelId);
  const series = seriesOf(gathering, look);
  const entries = calendarEntriesOf([gathering], series === undefined ? [] : [series], () => channel?.name);
  return { attached: "calendar", name: look.guild().name, entries };
}

export function attendance(event: Used, gathering: Gathering, look: Look): readonly Effect[] {
  const { locale } = event.interaction;
  if (!mayChange(event, gathering)) return refusal(event, words.say(locale, "wrong.not-yours"));
  if (gathering.place.kind === "elsewhere") return refusal(event, words.say(locale, "attendance.elsewhere"));
  const there = Object.entries(turnoutAt(gathering, event.at, look)).sort(([, a], [, b]) => b - a);
  const lines = there.slice(0, 50).map(([userId, seconds]) => {
    return words.say(locale, "attendance.line", { member: `<@${userId}>`, count: Math.floor(seconds / 60) });
  });
  const { going } = rsvpsOf(gathering.number, look);
  const missing = going.filter((userId) => there.every(([id]) => id !== userId)).length;
  const text = [
    words.say(locale, "attendance.summary", { there: there.length, going: going.length, missing }),
    ...lines,
  ].join("\n");
  return [answer(event, { title: gathering.title, text }, "event-attendance", "the host asks who came")];
}

/** Who answered what and who came, for any spreadsheet. */
export function exported(event: Used, gathering: Gathering, look: Look): readonly Effect[] {
  const { locale } = event.interaction;
  if (!mayChange(event, gathering)) return refusal(event, words.say(locale, "wrong.not-yours"));
  const { number } = gathering;
  const rsvps = rsvpsOf(number, look);
  const seconds = turnoutAt(gathering, event.at, look);
  const lists = ["going", "waiting", "maybe", "no"] as const;
  const answered = lists.flatMap((list) => rsvps[list].map((userId) => [userId, list] as const));
  const strangers = Object.keys(seconds).filter((userId) => answered.every(([id]) => id !== userId));
  const rows = [...answered, ...strangers.map((userId) => [userId, ""] as const)].map(([userId, said]) => [
    ...[userId, said, String(Math.floor(((seconds[userId] ?? 0) * 1_000) / MINUTE))],
  ]);
  const table = {
    attached: "table",
    name: `event-${number}`,
    rows: [["user_id", "answer", "minutes"], ...rows],
  } as const;
  const text = words.say(locale, "export.done", { number });
  return [answer(event, { text, attached: [table] }, "event-export", "the host wants the list")];
}

/** A link that shows a calendar to whoever has it, and to nobody after a reset. */
export function calendar(event: Used, look: Look): readonly Effect[] {
  const { locale } = event.interaction;
  const isGuilds = event.options["whose"] === "guild";
  const resets = event.options["reset"] === true;
  if (isGuilds && resets && !may(event, "MANAGE_EVENTS")) return refusal(event, words.say(locale, "wrong.rights"));
  const { userId } = event.by;
  const key = isGuilds ? "guild" : userId;
  const before = look.record("calendarKey", key)?.number ?? 0;
  const number = before === 0 || resets ? before + 1 : before;
  const text = [
    words.say(locale, resets ? "calendar.reset" : isGuilds ? "calendar.guild" : "calendar.mine"),
    "`{calendar}`",
    words.say(locale, "calendar.secret"),
  ].join("\n");
  return [
    ...(number === before ? [] : [write({ write: "record.put", record: "calendarKey", key, value: { number } })]),
    answer(
      event,
      { text, calendarKey: { number, ...(!isGuilds && { userId }) } },
      "event-calendar",
      "somebody wants to subscribe",
    ),
  ];
}
