import { InvalidArgumentError } from "commander";

/** `2026-03-01T18:30:05+01:00`: local, and never ambiguous. */
export function localIso(at: number): string {
  const date = new Date(at);
  const offset = -date.getTimezoneOffset();
  const two = (number: number): string => String(Math.trunc(Math.abs(number))).padStart(2, "0");
  const local = new Date(at + offset * 60_000).toISOString().slice(0, 19);
  return `${local}${offset < 0 ? "-" : "+"}${two(offset / 60)}:${two(offset % 60)}`;
}

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** A moment (`2026-03-01`, `2026-03-01T18:30`, with or without a zone) or how long ago it was (`90m`, `2h`, `7d`). */
export function moment(text: string, now: number): number {
  const ago = /^(\d+)([mhd])$/.exec(text);
  if (ago !== null) return now - Number(ago[1]) * (UNITS[ago[2] ?? ""] ?? 0);
  const at = Date.parse(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00` : text);
  if (Number.isNaN(at) || !/^\d{4}-\d\d-\d\d/.test(text)) {
    throw new InvalidArgumentError(
      "Give a date (2026-03-01), a time (2026-03-01T18:30) or how long ago (90m, 2h, 7d).",
    );
  }
  return at;
}
