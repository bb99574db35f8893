import { describe, expect, it } from "vitest";
import type { APIApplicationCommand } from "discord-api-types/v10";
import type { CommandSpec } from "#core";
import { commandBodies } from "./bodies.ts";
import { changesBetween } from "./registrar.ts";

const COMMANDS: readonly CommandSpec[] = [
  {
    ...{
      name: "case view",
      names: { en: "case view", de: "fall ansehen" },
      reply: "ephemeral",
      needs: ["KICK_MEMBERS", "BAN_MEMBERS"],
    },
    description: { en: "Shows a case", es: "Muestra un caso" },
    options: [
      { name: "note", description: "A note", type: "text", maxLength: 50 },
      {
        name: "number",
        names: { en: "number", de: "nummer" },
        description: "Which",
        type: "integer",
        min: 1,
        required: true,
      },
    ],
  },
  { name: "case note add", description: "Adds a note", options: [], reply: "ephemeral", needs: ["KICK_MEMBERS"] },
  { name: "Report", on: "message", reply: "ephemeral" },
];

/** As Discord gives a command back: with an id, and with everything it fills in by itself. */
function asKnown(body: object, id: string): APIApplicationCommand {
  const filled = { default_permission: true, dm_permission: null, nsfw: false, integration_types: [0], handler: null };
  return { ...filled, ...body, id, application_id: "1", version: "9" } as unknown as APIApplicationCommand;
}
const known = () => commandBodies(COMMANDS).map((body, index) => asKnown(body, `id${index}`));

describe("what Discord is told", () => {
  it("has a noun's verbs and groups below it, each with its languages, required options first", () => {
    const [noun, report] = commandBodies(COMMANDS);
    expect(noun).toMatchObject({
      ...{ type: 1, name: "case", name_localizations: { de: "fall" }, description: "view · note" },
      default_member_permissions: "2",
      options: [
        {
          ...{ type: 1, name: "view", name_localizations: { de: "ansehen" }, description: "Shows a case" },
          description_localizations: { "es-ES": "Muestra un caso", "es-419": "Muestra un caso" },
          options: [
            { type: 4, name: "number", name_localizations: { de: "nummer" }, required: true, min_value: 1 },
            { type: 3, name: "note", name_localizations: null, max_length: 50 },
          ],
        },
        { type: 2, name: "note", description: "add", options: [{ type: 1, name: "add", description: "Adds a note" }] },
      ],
    });
    expect(report).toMatchObject({ type: 3, name: "Report", default_member_permissions: null });
  });
});

describe("what is written", () => {
  const wanted = commandBodies(COMMANDS);

  it("is nothing where nothing changed, whatever Discord adds", () => {
    expect(changesBetween(known(), wanted)).toMatchObject({ missing: [], different: [], superfluous: [] });
  });

  it.each<[string, (command: Record<string, unknown>) => void]>([
    ["a description", (command) => (command["description"] = "other")],
    ["a translation", (command) => (command["name_localizations"] = { de: "akte" })],
    ["a permission", (command) => (command["default_member_permissions"] = "8")],
    ["an option", (command) => (command["options"] = [])],
  ])("is the one command whose %s changed", (_name, change) => {
    const before = known().map((command) => structuredClone(command) as unknown as Record<string, unknown>);
    change(before[0]!);
    const changes = changesBetween(before as unknown as APIApplicationCommand[], wanted);
    expect(changes).toMatchObject({ missing: [], different: [{ id: "id0" }], superfluous: [], unchanged: ["Report"] });
  });

  it("is what Discord lacks, and what nobody declares any more goes", () => {
    const old = asKnown({ type: 1, name: "ping", description: "x" }, "old");
    const changes = changesBetween([known()[1]!, old], wanted);
    expect(changes.missing.map(({ name }) => name)).toEqual(["case"]);
    expect(changes.superfluous).toMatchObject([{ id: "old" }]);
  });

  it("keeps a menu entry apart from a command of its name", () => {
    const slash = asKnown({ type: 1, name: "Report", description: "x" }, "slash");
    expect(changesBetween([slash], wanted).missing.map(({ name }) => name)).toEqual(["case", "Report"]);
  });
});
