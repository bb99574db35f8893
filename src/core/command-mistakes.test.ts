import { describe, expect, it } from "vitest";
import { commandMistakes, type Declared } from "./command-mistakes.ts";
import type { CommandSpec } from "./commands.ts";

const slash = (changes: object = {}): CommandSpec =>
  ({ name: "case view", description: "Shows a case", options: [], reply: "ephemeral", ...changes }) as CommandSpec;
const menu = (name: string, on: "member" | "message" = "member"): CommandSpec => ({ name, on, reply: "ephemeral" });
const desk = (...commands: CommandSpec[]): Declared => ({ name: "desk", commands });
const option = (changes: object) => slash({ options: [{ name: "why", description: "Why", type: "text", ...changes }] });
const many = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));

describe("what Discord takes", () => {
  it.each<[string, readonly Declared[]]>([
    ["a noun with its verbs", [desk(slash(), slash({ name: "case edit" }), slash({ name: "case note add" }))]],
    ["a name in every language", [desk(slash({ names: { en: "case view", de: "fall ansehen" } }))]],
    ["one name in two menus", [desk(menu("Report"), menu("Report", "message"))]],
    ["a menu entry with spaces and capitals", [desk(menu("Look this up"))]],
    ["choices", [desk(option({ choices: [{ name: "Spam", value: "spam" }] }))]],
    ["no commands at all", [{ name: "quiet" }]],
  ])("%s", (_name, agents) => {
    expect(commandMistakes(agents)).toEqual([]);
  });
});

describe("a mistake is found before anything starts", () => {
  it.each<[string, readonly Declared[], RegExp]>([
    [
      "two agents, one name",
      [desk(slash({ name: "warn" })), { name: "other", commands: [slash({ name: "warn" })] }],
      /"warn" of desk and "warn" of other clash: rename/,
    ],
    [
      "one name in one language only",
      [
        desk(
          slash({ names: { en: "case view", fr: "cas voir" } }),
          slash({ name: "file view", names: { en: "file view", fr: "cas voir" } }),
        ),
      ],
      /clash in fr/,
    ],
    ["a noun that is a command, too", [desk(slash(), slash({ name: "case" }))], /clash/],
    ["capitals", [desk(slash({ name: "Case" }))], /name in en, "Case", is none that Discord takes/],
    [
      "a name too long in one language",
      [desk(slash({ names: { en: "case view", de: `fall ${"x".repeat(33)}` } }))],
      /name in de/,
    ],
    [
      "a verb missing in one language",
      [desk(slash({ names: { en: "case view", es: "caso" } }))],
      /in es, "caso", must have 2 words/,
    ],
    ["four words", [desk(slash({ name: "a b c d" }))], /three words at most/],
    [
      "a description too long in one language",
      [desk(slash({ description: { en: "x", fr: "x".repeat(101) } }))],
      /description in fr must be 1 to 100/,
    ],
    [
      "26 options",
      [desk(slash({ options: many(26, (index) => ({ name: `o${index}`, description: "x", type: "boolean" })) }))],
      /26 options/,
    ],
    [
      "an option twice",
      [desk(slash({ options: many(2, () => ({ name: "who", description: "x", type: "role" })) }))],
      /two options are called "who"/,
    ],
    ["26 choices", [desk(option({ choices: many(26, (index) => ({ name: "x", value: index })) }))], /1 to 25 choices/],
    ["suggestions nobody makes", [desk(option({ autocomplete: true }))], /no suggest/],
    ["a cooldown nobody remembers", [desk(slash({ cooldown: { memberSeconds: 601 } }))], /from 1 to 600/],
    ["a form that is not there", [desk(slash({ reply: "modal", opens: "report" }))], /opens the form "report"/],
    ["a button that fits no custom id", [{ name: "desk", buttons: [{ name: "a:b", reply: "update" }] }], /custom ids/],
    [
      "a form without fields",
      [{ name: "desk", modals: [{ name: "f", title: "F", fields: [], reply: "public" }] }],
      /1 to 5 fields/,
    ],
    ["six menu entries", [desk(...many(6, (index) => menu(`Entry ${index}`)))], /6 entries in the menu of a member/],
    ["101 commands", [desk(...many(101, (index) => slash({ name: `c${index}` })))], /101 commands/],
  ])("%s", (_name, agents, says) => {
    expect(commandMistakes(agents).join("\n")).toMatch(says);
  });

  it("a text in a form's command has no room in a custom id", () => {
    const form = {
      name: "report",
      title: "R",
      fields: [{ name: "a", label: "A", field: "short" }],
      reply: "public",
    } as const;
    const command = { ...option({}), reply: "modal", opens: "report" } as CommandSpec;
    expect(commandMistakes([{ name: "desk", commands: [command], modals: [form] }])).toEqual([
      'desk: "case view": opens a form, so its option "why" cannot be a text: ask for it in the form',
    ]);
  });
});
