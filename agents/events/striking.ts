import type { Effect, EventOf, Gathering, Look } from "#core";
import { cardAnew } from "./card.ts";
import type { Config } from "./config.ts";
import { over } from "./ending.ts";
import { gatheringOf, isOpen, kept, rsvpsOf } from "./keeping.ts";
import { mirrorStatus } from "./mirroring.ts";
import { roomAsked } from "./rooms.ts";
import { act, stamp, told } from "./saying.ts";
import { words } from "./words.ts";

/** Of whom it is asked, when an event begins, whether they are there already. */
const ASKED_AT_MOST = 200;

/** `start:7`, `end:7`, `remind:7:60` for all who go, `personal:7:<user>` for one. */
export function struck(event: EventOf<"clock.struck">, look: Look, config: Config): readonly Effect[] {
  const [name, number, userId = ""] = event.timer.split(":");
  const gathering = gatheringOf(Number(number), look);
  if (gathering === undefined || !isOpen(gathering)) return [];
  switch (name) {
    case "start":
      return started(gathering, look, false);
    case "end":
      return over(event, gathering, look, config);
    case "remind":
      return reminded(gathering, look);
    case "personal":
      return remindedOne(gathering, userId, look);
    default:
      return [];
  }
}

/** `byTwin`: somebody has started Discord's own event. */
export function started(gathering: Gathering, look: Look, byTwin: boolean): readonly Effect[] {
  if (gathering.status !== "planned") return [];
  const running: Gathering = { ...gathering, status: "running" };
  const rsvps = rsvpsOf(gathering.number, look);
  return [
    kept(running),
    ...(byTwin ? [] : mirrorStatus(running, "active")),
    ...roomAsked(running, [...rsvps.going, ...rsvps.maybe].slice(0, ASKED_AT_MOST), look),
    ...cardAnew(running, rsvps, look),
  ];
}

function reminderText({ title, startsAt, place }: Gathering, locale: string | undefined): string {
  const where = place.kind === "elsewhere" ? place.location : `<#${place.channelId}>`;
  return words.say(locale, "reminder", { title, time: stamp(startsAt, "R"), place: where });
}

function reminded(gathering: Gathering, look: Look): readonly Effect[] {
  const { going } = rsvpsOf(gathering.number, look);
  return told(gathering, reminderText(gathering, look.guild().locale), going, "event-reminder", look);
}

function remindedOne(gathering: Gathering, userId: string, look: Look): readonly Effect[] {
  if (rsvpsOf(gathering.number, look).reminders[userId] === undefined) return [];
  const text = reminderText(gathering, look.guild().locale);
  return [act({ verb: "member.tell", userId, words: { text } }, "event-reminder", "they asked to be reminded")];
}
