/** Zones, dates people write, recurrences: pure, and right where clocks change. Agents import `#core/calendar/index`, never a library. */
export * from "./zones.ts";
export * from "./opening-hours.ts";
export * from "./open-time.ts";
