import { z } from "zod";
import { isZone } from "./zones.ts";

export const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export const MINUTES_A_DAY = 1_440;

/** Minutes of a day, the last not included. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Days on which nothing is open: of one year as `2026-12-24`, of every year as `12-24`; both ends are closed, too. */
export interface ClosedDays {
  readonly from: string;
  readonly to: string;
}

const TIME = "(?:[01]\\d|2[0-3]):[0-5]\\d";
const SPAN = new RegExp(`^(${TIME})-(${TIME}|24:00)$`);
const DAY = "(?:\\d{4}-)?\\d{2}-\\d{2}";
const DAYS = new RegExp(`^(${DAY})(?:\\.\\.(${DAY}))?$`);
/** Has a 29 February, and so has every date that any year has. */
const LEAP_YEAR = "2024-";

const span = z
  .string()
  .regex(SPAN, "hours such as 09:00-17:30; until midnight is 24:00, past midnight 22:00-02:00")
  .refine((text) => !isEmpty(text), "hours that begin and end at different times; the whole day is 00:00-24:00");

const closed = z
  .string()
  .regex(DAYS, "a date such as 2026-12-24, one of every year such as 12-24, or from..to such as 12-24..01-01")
  .refine(
    (text) => closedDaysOf(text) !== undefined,
    "dates that exist, the first not after the last, both with a year or both without",
  );

const spans = z.array(span).max(10).default([]);

export const openingHoursSchema = z.strictObject({
  zone: z
    .string()
    .refine(isZone, "a time zone by the name of its city, such as Europe/Berlin, or UTC")
    .describe("By whose clocks, such as Europe/Berlin; summer time is looked after."),
  week: z
    .strictObject({ mon: spans, tue: spans, wed: spans, thu: spans, fri: spans, sat: spans, sun: spans })
    .refine((week) => WEEKDAYS.some((day) => week[day].length > 0), "some day with hours: who is never open needs none")
    .describe("The hours of each day, such as 09:00-12:30; past midnight is 22:00-02:00, all day 00:00-24:00."),
  closed: z
    .array(closed)
    .max(200)
    .default([])
    .describe("Days off: 2026-12-24, of every year 12-24, or from..to such as 12-24..01-01."),
});

export type OpeningHoursSettings = z.infer<typeof openingHoursSchema>;

/** Opening hours, read once. */
export interface OpeningHours {
  readonly zone: string;
  /** By weekday, Monday first: sorted, and none touches another. */
  readonly week: readonly (readonly Span[])[];
  readonly closed: readonly ClosedDays[];
}

const read = new WeakMap<OpeningHoursSettings, OpeningHours>();

/** What the settings say, worked out once: equal settings make equal hours. */
export function openingHours(settings: OpeningHoursSettings): OpeningHours {
  let hours = read.get(settings);
  if (hours === undefined) {
    const { zone, week, closed: off } = settings;
    hours = { zone, week: weekOf(week), closed: off.flatMap((text) => closedDaysOf(text) ?? []) };
    read.set(settings, hours);
  }
  return hours;
}

/** What goes past midnight lies on two days: so a day off closes its own part only. */
function weekOf(week: OpeningHoursSettings["week"]): readonly (readonly Span[])[] {
  const days: Span[][] = WEEKDAYS.map(() => []);
  WEEKDAYS.forEach((name, index) => {
    for (const text of week[name]) {
      const { from, to } = spanOf(text);
      if (from < to) days[index]!.push({ from, to });
      else days[index]!.push({ from, to: MINUTES_A_DAY });
      if (to < from && to > 0) days[(index + 1) % 7]!.push({ from: 0, to });
    }
  });
  return days.map(merged);
}

function merged(spans: readonly Span[]): readonly Span[] {
  const result: Span[] = [];
  for (const one of [...spans].sort((a, b) => a.from - b.from)) {
    const last = result.at(-1);
    if (last !== undefined && one.from <= last.to)
      result[result.length - 1] = { ...last, to: Math.max(last.to, one.to) };
    else result.push(one);
  }
  return result;
}

function spanOf(text: string): Span {
  const [, from = "", to = ""] = SPAN.exec(text) ?? [];
  return { from: minutesOf(from), to: minutesOf(to) };
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

function isEmpty(text: string): boolean {
  const { from, to } = spanOf(text);
  return from === to;
}

function closedDaysOf(text: string): ClosedDays | undefined {
  const [, from, to = from] = DAYS.exec(text) ?? [];
  if (from === undefined || to === undefined || from.length !== to.length) return undefined;
  if (!isDate(from) || !isDate(to)) return undefined;
  // Of every year, the range may go past its end.
  return from.length === "12-24".length || from <= to ? { from, to } : undefined;
}

function isDate(text: string): boolean {
  const iso = text.length === "12-24".length ? LEAP_YEAR + text : text;
  const at = Date.parse(`${iso}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(iso);
}

/** Whether a date, as `2026-12-24`, is a day off. */
export function isDayOff(date: string, { closed: off }: OpeningHours): boolean {
  return off.some(({ from, to }) => {
    const day = from.length === "12-24".length ? date.slice(5) : date;
    return from <= to ? from <= day && day <= to : day >= from || day <= to;
  });
}
