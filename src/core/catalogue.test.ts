import { describe, expect, it } from "vitest";
import { catalogue } from "./catalogue.ts";
import { languageOf } from "./language.ts";

const words = catalogue({
  en: { hello: "Hello {name}, case {case}", days: { one: "{count} day", other: "{count} days" } },
  de: { hello: "Hallo {name}, Fall {case}", days: { one: "{count} Tag", other: "{count} Tage" } },
  fr: { hello: "Bonjour {name}, dossier {case}", days: { one: "{count} jour", other: "{count} jours" } },
});

describe("say", () => {
  it.each([
    ["de", "Hallo Ada, Fall {case}"],
    ["en-GB", "Hello Ada, case {case}"],
    ["pt-BR", "Hello Ada, case {case}"],
    [undefined, "Hello Ada, case {case}"],
  ])("in %s", (locale, text) => {
    expect(words.say(locale, "hello", { name: "Ada" })).toBe(text);
  });

  it.each([
    ["en", 0, "0 days"],
    ["en", 1, "1 day"],
    ["de", 2, "2 Tage"],
    ["fr", 0, "0 jour"],
    ["fr", 1_000_000, "1000000 jours"],
    ["es", 1, "1 day"],
  ])("in %s counts %i by the language's own rules", (locale, count, text) => {
    expect(words.say(locale, "days", { count })).toBe(text);
  });

  it("takes a value that looks like a placeholder for a value", () => {
    expect(words.say("en", "hello", { name: "{case}", case: 7 })).toBe("Hello {case}, case 7");
  });
});

it("every language at once, for what Discord translates", () => {
  expect(words.every("days", { count: 1 })).toEqual({ en: "1 day", de: "1 Tag", fr: "1 jour" });
});

it.each([
  ["en-US", "en"],
  ["es-419", "es"],
  ["es-ES", "es"],
  ["pt-BR", "pt-BR"],
  ["pt-PT", "pt-BR"],
  ["DE", "de"],
  ["ja", "en"],
  ["", "en"],
])("%s is answered in %s", (locale, language) => {
  expect(languageOf(locale)).toBe(language);
});
