import {
  propose,
  type ButtonSpec,
  type Effect,
  type EventOf,
  type Look,
  type Member,
  type ModalSpec,
  type OptionValue,
  type SlashCommand,
} from "#core";
import type { Config } from "./config.ts";
import { answer, button, forgotten } from "./gate.ts";
import { words } from "./words.ts";

type Used = EventOf<"command.used">;

const spoken = (verb: "panel" | "admit") => ({
  name: `gate ${verb}`,
  names: words.every(`command.${verb}`),
  description: words.every(`command.${verb}.about`),
  reply: "ephemeral" as const,
});

export const COMMANDS: readonly SlashCommand[] = [
  { ...spoken("panel"), options: [], needs: ["MANAGE_GUILD"] },
  {
    ...spoken("admit"),
    options: [
      {
        ...{ name: "member", names: words.every("option.member"), description: words.every("option.member.about") },
        ...{ type: "member", required: true },
      },
    ],
    needs: ["MODERATE_MEMBERS"],
  },
];

/** Whoever presses in a row is no reader: the picture costs the house some milliseconds. */
const cooldown = { memberSeconds: 3 };

export const BUTTONS: readonly ButtonSpec[] = [
  { name: "enter", reply: "ephemeral", cooldown },
  { name: "type", reply: "modal", opens: "letters" },
  { name: "reply", reply: "modal", opens: "question" },
];

const field = { name: "given", field: "short", required: true } as const;

export const MODALS: readonly ModalSpec[] = [
  {
    ...{ name: "letters", title: words.every("letters.form"), reply: "ephemeral" },
    fields: [{ ...field, label: words.every("letters.field"), maxLength: 20 }],
  },
  {
    ...{ name: "question", title: words.every("question.form"), reply: "ephemeral" },
    fields: [{ ...field, label: words.every("question.field"), maxLength: 100 }],
  },
];

export function onCommand(event: Used, look: Look, config: Config): readonly Effect[] {
  if (event.command === "gate panel") return panel(event, look, config);
  return event.command === "gate admit" ? admit(event, config) : [];
}

function panel(event: Used, look: Look, config: Config): readonly Effect[] {
  const { locale } = look.guild();
  if (config.roleId === undefined) return [answer(event, words.say(event.interaction.locale, "refuse.none"))];
  const say = {
    title: words.say(locale, "panel.title", { guild: look.guild().name }),
    text: words.say(locale, "panel.text"),
    components: [button("enter", words.say(locale, "panel.button"))],
  };
  return [
    propose(
      { verb: "message.send", channelId: event.channelId, words: say },
      { rule: "gate-panel", why: "was asked for", confidence: 1, onBehalfOf: event.by.userId },
    ),
  ];
}

/** Staff know better: no age, no wait, no question. */
function admit(event: Used, config: Config): readonly Effect[] {
  const { locale } = event.interaction;
  const member = event.options["member"];
  if (config.roleId === undefined) return [answer(event, words.say(locale, "refuse.none"))];
  if (!isMember(member)) return [answer(event, words.say(locale, "wrong.member"))];
  return [
    propose(
      { verb: "role.add", member, roleId: config.roleId },
      { rule: "gate-admit", why: "staff let them in", confidence: 1 },
    ),
    ...forgotten(member.userId),
  ];
}

function isMember(value: OptionValue | undefined): value is Member {
  return typeof value === "object" && "userId" in value;
}
