/** Zones, recurrences, calendar files: pure, and right where clocks change. Agents import `#core/calendar/index`, never a library. */
export * from "./zones.ts";
export * from "./opening-hours.ts";
export * from "./open-time.ts";
export * from "./recurrence.ts";
export * from "./ics.ts";
export { minutesWritten } from "./wordings.ts";
