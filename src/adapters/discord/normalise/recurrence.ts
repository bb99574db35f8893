import { asObject, timeIn, type Raw } from "./raw.ts";

const FREQUENCIES = ["YEARLY", "MONTHLY", "WEEKLY", "DAILY"] as const;
const DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;

/** Discord's rule of repetition in the calendars' words (RFC 5545), without "RRULE:"; undefined for what is none. */
export function ruleFrom(data: unknown): string | undefined {
  const rule = asObject(data);
  if (rule === undefined) return undefined;
  const frequency = FREQUENCIES[Number(rule["frequency"])];
  if (frequency === undefined) return undefined;
  const interval = numberIn(rule["interval"], 1, 366) ?? 1;
  const weekdays = listIn(rule["by_weekday"]).flatMap((day) => DAYS[Number(day)] ?? []);
  const nth = listIn(rule["by_n_weekday"]).flatMap(nthDay);
  const days = [...weekdays, ...nth];
  const months = numbersIn(rule["by_month"], 12);
  const monthDays = numbersIn(rule["by_month_day"], 31);
  const count = numberIn(rule["count"], 1, 100_000);
  const until = timeIn(rule["end"]);
  return [
    `FREQ=${frequency}`,
    ...(interval === 1 ? [] : [`INTERVAL=${interval}`]),
    ...(months.length === 0 ? [] : [`BYMONTH=${months.join(",")}`]),
    ...(monthDays.length === 0 ? [] : [`BYMONTHDAY=${monthDays.join(",")}`]),
    ...(days.length === 0 ? [] : [`BYDAY=${days.join(",")}`]),
    ...(count === undefined ? [] : [`COUNT=${count}`]),
    ...(until === undefined ? [] : [`UNTIL=${new Date(until).toISOString().replace(/[-:]|\.\d+/g, "")}`]),
  ].join(";");
}

function nthDay(data: unknown): readonly string[] {
  const { n, day } = asObject(data) ?? ({} as Raw);
  const week = numberIn(n, 1, 5);
  const name = DAYS[Number(day)];
  return week === undefined || name === undefined ? [] : [`${week}${name}`];
}

const listIn = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value.slice(0, 31) : []);

const numbersIn = (value: unknown, most: number): readonly number[] =>
  listIn(value).flatMap((each) => numberIn(each, 1, most) ?? []);

function numberIn(value: unknown, least: number, most: number): number | undefined {
  return typeof value === "number" && Number.isInteger(value) && value >= least && value <= most ? value : undefined;
}
