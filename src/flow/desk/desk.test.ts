import { describe, expect, it } from "vitest";
import { z } from "zod";
import { type Agent, defineAgent, type EventOf, type Mode, type Use } from "#core";
import { member, moderator } from "../../../test/kit/guild.ts";
import { createDesk, type DeskSays } from "./desk.ts";

const porter: Agent = defineAgent({
  name: "porter",
  description: "Keeps the door",
  listens: ["command.used"],
  config: z.unknown(),
  commands: [
    {
      name: "knock",
      description: "Knock",
      options: [],
      reply: "ephemeral",
      cooldown: { memberSeconds: 30, guildSeconds: 5 },
    },
    { name: "bolt", description: "Bolt", options: [], reply: "public", needs: ["MANAGE_CHANNELS"] },
    { name: "letter", description: "Write", options: [], reply: "modal", opens: "letter" },
  ],
  buttons: [{ name: "open", reply: "update" }],
  modals: [
    {
      name: "letter",
      title: "A letter",
      fields: [{ name: "text", label: "Text", field: "paragraph" }],
      reply: "public",
    },
  ],
  decide: () => [],
});

const AT = 1_790_000_000_000;
const base = {
  ...{ id: "i:1", guildId: "100", at: AT, by: member("50"), byPermissions: "0", channelId: "20" },
  interaction: { id: "1", sealedToken: "sealed", locale: "de" },
};
const command = (name: string, changes: Partial<EventOf<"command.used">> = {}): Use => ({
  ...{ ...base, kind: "command.used", command: name, options: {} },
  ...changes,
});
const press = (customId: string): Use => ({ ...base, kind: "button.pressed", customId, messageId: "9" });
const form = (customId: string): Use => ({ ...base, kind: "modal.submitted", customId, fields: {} });

interface Memory {
  readonly uses?: number;
  readonly last?: Readonly<Record<string, number>>;
  readonly mode?: Mode;
}

function says(event: Use, { uses = 0, last = {}, mode = "live" }: Memory = {}): DeskSays {
  return createDesk([porter]).says(event, {
    count: () => uses,
    last: (counter, key) => last[`${counter} ${key}`],
    mode: () => mode,
    usesPerMinute: () => 10,
  });
}

const rules = ({ effects }: DeskSays) =>
  effects.flatMap((effect) => ("propose" in effect ? [effect.propose.rule] : []));
const tallies = ({ effects }: DeskSays) =>
  effects.flatMap((effect) => ("tally" in effect ? [`${effect.tally.counter} ${effect.tally.key}`] : []));
const text = ({ effects }: DeskSays) =>
  effects.flatMap((effect) =>
    "propose" in effect && effect.propose.action.verb === "interaction.reply" ? [effect.propose.action.words.text] : [],
  );

describe("who passes", () => {
  it.each<[string, Use, Memory, readonly string[]]>([
    ["a first use", command("knock"), {}, []],
    ["a command nobody declared", command("other"), {}, []],
    ["right after the cooldown", command("knock"), { last: { "cooldown porter/knock/50": AT - 30_000 } }, []],
    [
      "too soon for the member",
      command("knock"),
      { last: { "cooldown porter/knock/50": AT - 29_999 } },
      ["refused-cooldown"],
    ],
    [
      "too soon for the guild",
      command("knock"),
      { last: { "cooldown porter/knock": AT - 4_999 } },
      ["refused-cooldown"],
    ],
    ["without the permission", command("bolt"), {}, ["refused-permission"]],
    ["with the permission", command("bolt", { byPermissions: "16" }), {}, []],
    ["an administrator", command("bolt", { byPermissions: "8" }), {}, []],
    ["of an agent that is off", command("knock"), { mode: "off" }, ["refused-off"]],
    ["in shadow, which the judge sees to", command("knock"), { mode: "shadow" }, []],
    ["the tenth in a minute", command("knock"), { uses: 9 }, []],
    ["the eleventh in a minute", command("knock"), { uses: 10 }, ["refused-hammering"]],
    ["having hammered", command("knock"), { last: { "hammering 50": AT - 599_000 } }, ["refused-hammering"]],
    ["a button", press("v1:porter:open:7"), {}, []],
    ["a button of another version", press("v0:porter:open:7"), {}, ["refused-unknown"]],
    ["a button of an agent that is gone", press("v1:butler:open:7"), {}, ["refused-unknown"]],
    ["a button the agent has no more", press("v1:porter:shut:7"), {}, ["refused-unknown"]],
    ["a form", form("v1:porter:letter"), {}, []],
    ["a form that is gone", form("v1:porter:open"), {}, ["refused-unknown"]],
  ])("%s", (_name, event, memory, refused) => {
    const said = says(event, memory);
    expect(rules(said)).toEqual(refused);
    expect(said.passes).toBe(refused.length === 0);
  });
});

it("says whose a use is, so that nobody else is asked", () => {
  expect(says(command("knock")).owner).toBe("porter");
  expect(says(press("v1:porter:open:7")).owner).toBe("porter");
  expect(says(command("other")).owner).toBeUndefined();
});

it("counts a use that passes, for the minute and for the cooldowns", () => {
  expect(tallies(says(command("knock")))).toEqual(["uses 50", "cooldown porter/knock/50", "cooldown porter/knock"]);
});

it("counts a refused use for the minute only", () => {
  expect(tallies(says(command("bolt")))).toEqual(["uses 50"]);
});

it("remembers who hammers once, and counts nothing more of them meanwhile", () => {
  expect(tallies(says(command("knock"), { uses: 10 }))).toEqual(["uses 50", "hammering 50"]);
  expect(tallies(says(command("knock"), { uses: 10, last: { "hammering 50": AT - 1 } }))).toEqual([]);
});

it("leaves a form that opens to Discord: nobody is asked and nothing is said", () => {
  expect(says(command("letter"), { last: { "hammering 50": AT } })).toEqual({ passes: false, effects: [] });
});

it("says in the member's language when again, and what is lacking", () => {
  const last = { "cooldown porter/knock/50": AT - 10_000 };
  expect(text(says(command("knock"), { last }))).toEqual([
    `Das wurde gerade erst benutzt. Es geht wieder <t:${AT / 1_000 + 20}:R>.`,
  ]);
  expect(text(says(command("bolt", { by: member("60", moderator) })))).toEqual(["Dafür brauchst du MANAGE_CHANNELS."]);
});
