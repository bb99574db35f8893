import * as en from "chrono-node/en";
import { describe, expect, it } from "vitest";
import { wallClockAt } from "./zones.ts";
import { SLOW, whenWritten } from "./written.ts";

/** A Saturday, 17:00 in Berlin. */
const NOW = Date.parse("2026-11-21T16:00:00Z");
const BERLIN = "Europe/Berlin";

const inBerlin = (text: string, locale = "en", at = NOW, zone = BERLIN) => whenWritten(text, { at, zone, locale });
const shown = (at: number, zone = BERLIN): string => {
  const { year, month, day, hour, minute } = wallClockAt(at, zone);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${year}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}`;
};

it("leaves out the two patterns of the library that are slow to be made", () => {
  const names = en.casual.parsers.map((parser) => parser.constructor.name);
  expect(names.filter((name) => SLOW.has(name))).toHaveLength(2);
});

describe("a time in words", () => {
  it.each([
    ["en", "next friday at 7pm", "2026-11-27 19:00"],
    ["en", "friday 7pm", "2026-11-27 19:00"],
    ["en", "tomorrow at 18:30", "2026-11-22 18:30"],
    ["en", "in 2 hours", "2026-11-21 19:00"],
    ["en", "2 hours from now", "2026-11-21 19:00"],
    ["en", "2 days later at 6pm", "2026-11-23 18:00"],
    ["en", "9pm", "2026-11-21 21:00"],
    ["en", "3pm", "2026-11-22 15:00"],
    ["en", "2026-12-24 18:30", "2026-12-24 18:30"],
    ["en", "on December 24 at 6pm", "2026-12-24 18:00"],
    ["en", "12/24 6pm", "2026-12-24 18:00"],
    ["en", "2 January at noon", "2027-01-02 12:00"],
    ["de", "nächsten Freitag um 19 Uhr", "2026-11-27 19:00"],
    ["de", "Freitag 19:30 Uhr", "2026-11-27 19:30"],
    ["de", "morgen um 20 Uhr 15", "2026-11-22 20:15"],
    ["de", "24. Dezember 18 Uhr", "2026-12-24 18:00"],
    ["de", "am 24.12. um 18 Uhr", "2026-12-24 18:00"],
    ["de", "02.01. 20:00", "2027-01-02 20:00"],
    ["de", "in 2 Stunden", "2026-11-21 19:00"],
    ["fr", "vendredi prochain à 19h", "2026-11-27 19:00"],
    ["fr", "demain à 20h30", "2026-11-22 20:30"],
    ["fr", "le 24 décembre à 18h", "2026-12-24 18:00"],
    ["fr", "24/12 à 18h", "2026-12-24 18:00"],
    ["fr", "dans 2 heures", "2026-11-21 19:00"],
    ["es", "próximo viernes a las 7pm", "2026-11-27 19:00"],
    ["es", "el viernes a las 19:00", "2026-11-27 19:00"],
    ["es", "mañana a las 20:30", "2026-11-22 20:30"],
    ["es", "el 24 de diciembre a las 18:00", "2026-12-24 18:00"],
    ["es", "en 2 horas", "2026-11-21 19:00"],
    ["pt-BR", "próxima sexta-feira às 19h", "2026-11-27 19:00"],
    ["pt-BR", "sexta às 19h30", "2026-11-27 19:30"],
    ["pt-BR", "sexta-feira que vem às 19:00", "2026-11-27 19:00"],
    ["pt-BR", "amanhã às 20:30", "2026-11-22 20:30"],
    ["pt-BR", "24 de dezembro às 18h", "2026-12-24 18:00"],
    ["pt-BR", "em 2 horas", "2026-11-21 19:00"],
    ["pt-BR", "24/12 às 18h", "2026-12-24 18:00"],
    ["de", "next friday at 7pm", "2026-11-27 19:00"],
    ["en", "tomorrow at nine", "2026-11-22 09:00"],
    ["en", "friday at Eleven pm", "2026-11-27 23:00"],
    ["de", "morgen um neun", "2026-11-22 09:00"],
    ["de", "morgen um zwölf Uhr", "2026-11-22 12:00"],
    ["es", "mañana a las nueve", "2026-11-22 09:00"],
    ["es", "mañana a la una", "2026-11-22 01:00"],
    ["fr", "demain à neuf heures", "2026-11-22 09:00"],
    ["pt-BR", "amanhã às nove", "2026-11-22 09:00"],
  ])("%s: %s", (locale, text, expected) => {
    const found = inBerlin(text, locale);
    expect("at" in found ? shown(found.at) : found).toBe(expected);
    expect(found).not.toHaveProperty("mistake");
  });

  it("is by the clocks of whoever says it", () => {
    for (const [zone, expected] of [
      ["America/New_York", "2026-11-28T00:00:00.000Z"],
      ["Australia/Lord_Howe", "2026-11-27T08:00:00.000Z"],
      ["Asia/Kathmandu", "2026-11-27T13:15:00.000Z"],
    ] as const) {
      const found = inBerlin("next friday at 7pm", "en", NOW, zone);
      expect("at" in found && new Date(found.at).toISOString(), zone).toBe(expected);
    }
  });

  it("counts hours that pass, and days that clocks change, as people do", () => {
    const evening = Date.parse("2027-03-27T19:00:00Z");
    const hours = inBerlin("in 12 hours", "en", evening);
    const tomorrow = inBerlin("tomorrow at 20:00", "en", evening);
    expect("at" in hours && hours.at - evening).toBe(12 * 3_600_000);
    expect("at" in tomorrow && tomorrow.at - evening).toBe(23 * 3_600_000);
  });

  it("may say when it ends, and another zone", () => {
    const range = inBerlin("friday 7pm to 9pm");
    expect("endsAt" in range && shown(range.endsAt!)).toBe("2026-11-27 21:00");
    const zoned = inBerlin("friday 7pm EST");
    expect("at" in zoned && new Date(zoned.at).toISOString()).toBe("2026-11-28T00:00:00.000Z");
  });

  it.each([
    ["29 March 2027 at 2:30", undefined],
    ["28 March 2027 at 2:30", "skipped"],
    ["31 October 2027 at 2:30", "twice"],
  ])("says what clocks do to it: %s", (text, odd) => {
    const found = inBerlin(text);
    expect("odd" in found ? found.odd : undefined).toBe(odd);
    if (odd === "skipped") expect("at" in found && shown(found.at)).toBe("2027-03-28 03:30");
  });
});

describe("what is no time", () => {
  it.each([
    ["en", "31 feb 2027 at 7pm", "unreadable"],
    ["en", "Feb 31 at 7pm", "unreadable"],
    ["en", "2027-02-31 19:00", "unreadable"],
    ["de", "31.02.2027 19:00", "unreadable"],
    ["de", "31.2. um 19 Uhr", "unreadable"],
    ["de", "am 31. Februar um 19 Uhr", "unreadable"],
    ["fr", "31 février à 19h", "unreadable"],
    ["fr", "31/02/2027 à 19h", "unreadable"],
    ["es", "31 de febrero a las 19:00", "unreadable"],
    ["pt-BR", "31 de fevereiro às 19h", "unreadable"],
    ["en", "nonsense", "unreadable"],
    ["en", "", "unreadable"],
    ["en", "friday at 7pm when everybody had dinner", "unreadable"],
    ["en", "friday at 7pm and monday at 8pm", "unreadable"],
    ["en", "friday at 25:00", "unreadable"],
    ["en", "tomorrow", "no-time"],
    ["de", "nächsten Freitag", "no-time"],
    ["pt-BR", "sexta-feira", "no-time"],
    ["en", "yesterday at 5pm", "past"],
    ["en", "2020-01-01 10:00", "past"],
  ])("%s: %j is %s", (locale, text, mistake) => expect(inBerlin(text, locale)).toMatchObject({ mistake }));
});
