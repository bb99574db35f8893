import type { Choices } from "./choices.ts";

const MINUTE = 60_000;
const DAY_MINUTES = 1_440;

/** The end of the quiet hours that hold at this moment; undefined where people may be called. */
export function quietUntil(at: number, quietHours: Choices["quietHours"]): number | undefined {
  if (quietHours === undefined) return undefined;
  const [from, to] = [minutesOf(quietHours.from), minutesOf(quietHours.to)];
  const now = localMinutes(at, quietHours.timeZone);
  const isQuiet = from <= to ? now >= from && now < to : now >= from || now < to;
  if (!isQuiet || from === to) return undefined;
  const left = (to - now + DAY_MINUTES) % DAY_MINUTES;
  return at - (at % MINUTE) + left * MINUTE;
}

function minutesOf(time: string): number {
  const [hours = "0", minutes = "0"] = time.split(":");
  return Number(hours) * 60 + Number(minutes);
}

function localMinutes(at: number, timeZone: string): number {
  const clock = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return minutesOf(clock.format(at));
}
