import { consider, defineAgent, type Effect, type EventOf, type Look, parseCustomId, propose, write } from "#core";
import { configSchema } from "./config.ts";
import { type Draft, markOf, picked, STEPS } from "./draft.ts";
import { AGENT } from "./panels.ts";
import { answer, reply, type Task } from "./answers.ts";
import { words } from "./words.ts";

type Press = EventOf<"button.pressed" | "select.chosen">;

const needs = ["MANAGE_GUILD"] as const;
const HANDED_IN_MS = 900_000;

/**
 * Five steps to a guild's policy. What is picked lies in a record, so that whoever leaves finds it again; nothing holds
 * before it was tried, and choosing is proposed like any other act, on behalf of whoever pressed the button.
 */
export default defineAgent({
  name: AGENT,
  description: "Sets the house up with whoever runs the guild, step by step.",
  listens: ["command.used", "button.pressed", "select.chosen", "policy.chosen"],
  config: configSchema,
  commands: [
    {
      ...{ name: "setup", names: words.every("command.setup"), description: words.every("command.setup.about") },
      ...{ options: [], reply: "ephemeral", needs },
    },
  ],
  buttons: (["go", "pick", "try", "put"] as const).map((name) => ({ name, reply: "update", needs })),
  verbs: ["interaction.reply"],
  priority: () => "high",
  decide(event, look) {
    if (event.kind === "command.used") return event.command === "setup" ? [later({ task: "show" })] : [];
    return event.kind === "policy.chosen" ? chosen(event, look) : pressed(event, look);
  },
  consider: (event, look, config, about) => answer(event, look, config, about as Task),
});

function later(task: Task): Effect {
  return consider(task);
}

function pressed(event: Press, look: Look): readonly Effect[] {
  const id = parseCustomId(event.customId);
  if (id?.agent !== AGENT) return [];
  const { userId } = event.by;
  const draft = look.record("setup", userId);
  if (draft === undefined) return [later({ task: "show" })];
  const [first = "", second = ""] = id.args;
  switch (id.name) {
    case "go":
      return [keep(userId, { ...draft, step: stepNumber(first) }), later({ task: "show" })];
    case "pick":
      return pick(event, draft, first);
    case "try":
      return [later({ task: "try" })];
    default:
      return put(event, draft, first, second);
  }
}

function stepNumber(text: string): number {
  const number = Number(text);
  return Number.isInteger(number) && number >= 1 && number <= STEPS.length ? number : 1;
}

function pick(event: Press, draft: Draft, field: string): readonly Effect[] {
  const picks = picked(draft.picks, field, event.kind === "select.chosen" ? event.values : []);
  if (picks === undefined) return [later({ task: "show" })];
  return [keep(event.by.userId, { ...draft, picks }), later({ task: "show" })];
}

/** Only what was tried is handed in, and only once. */
function put(event: Press, draft: Draft, mode: string, mark: string): readonly Effect[] {
  const { interaction, at } = event;
  const { userId } = event.by;
  if (mark !== markOf(draft.picks) || (mode !== "live" && mode !== "shadow"))
    return [keep(userId, { ...draft, step: STEPS.length }), later({ task: "show", note: "note.changed" })];
  if (draft.waiting !== undefined && at - draft.waiting.at < HANDED_IN_MS) {
    const text = words.say(interaction.locale, "waiting");
    const why = "the choices were handed in already";
    return [propose(reply(interaction, { text }, false), { rule: "setup-waiting", why, confidence: 1 })];
  }
  return [keep(userId, { ...draft, waiting: { interaction, at } }), later({ task: "put", mode })];
}

function keep(userId: string, value: Draft): Effect {
  return write({ write: "record.put", record: "setup", key: userId, value });
}

const FROM_DISCORD = "discord:";

/** Whether it was taken is known once it is committed: the slow half looks then. */
function chosen(event: EventOf<"policy.chosen">, look: Look): readonly Effect[] {
  if (!event.by.startsWith(FROM_DISCORD)) return [];
  const userId = event.by.slice(FROM_DISCORD.length);
  return look.record("setup", userId)?.waiting === undefined ? [] : [later({ task: "tell", userId })];
}
