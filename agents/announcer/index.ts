import { defineAgent, isUse, parseCustomId, type Effect, type EventOf, type Look, type Use } from "#core";
import { answered, lapsed, sendOff } from "./approving.ts";
import { BUTTONS, COMMANDS, MODALS } from "./commands.ts";
import { changed, compose, retimed, reworded } from "./composing.ts";
import { configSchema, type Config } from "./config.ts";
import { correct, unposted } from "./correcting.ts";
import { draft, drafted } from "./drafting.ts";
import { AGENT, forgotten, plannedIn } from "./keeping.ts";
import { cancel, edit, list, suggested } from "./listing.ts";
import { due, outcome, settled } from "./sending.ts";

export default defineAgent({
  name: AGENT,
  description: "Posts what the guild is to be told: drafted, looked at, approved, at its time, to several channels.",
  listens: [
    ...(["command.used", "button.pressed", "select.chosen", "modal.submitted"] as const),
    ...(["clock.struck", "action.done", "action.failed", "member.erased"] as const),
  ],
  config: configSchema,
  commands: COMMANDS,
  buttons: BUTTONS,
  modals: MODALS,
  verbs: ["message.send", "message.edit", "message.crosspost", "member.look", "member.tell", "interaction.reply"],
  priority: (event) => (isUse(event) ? "high" : "medium"),
  decide(event, look, config) {
    if (isUse(event)) return used(event, look, config);
    switch (event.kind) {
      case "clock.struck":
        return struck(event, look);
      case "action.done":
      case "action.failed":
        return outcome(event, look, config);
      case "member.erased":
        return erased(event, look);
    }
  },
  async consider(event, look, config, about) {
    return event.kind === "command.used" ? drafted(event, about, look, config) : [];
  },
  suggest: suggested,
});

function used(event: Use, look: Look, config: Config): readonly Effect[] {
  if (event.kind === "command.used") return command(event, look, config);
  const id = parseCustomId(event.customId);
  if (id?.agent !== AGENT) return [];
  if (event.kind === "modal.submitted") {
    if (id.name === "compose") return compose(event, look, config);
    return id.name === "reword" ? reworded(event, look, config) : retimed(event, look, config);
  }
  if (event.kind === "button.pressed" && id.name === "send") return sendOff(event, look, config);
  if (event.kind === "button.pressed" && (id.name === "approve" || id.name === "reject"))
    return answered(event, id.name === "approve", look);
  return changed(event, id.name, look, config);
}

function command(event: EventOf<"command.used">, look: Look, config: Config): readonly Effect[] {
  switch (event.command) {
    case "announce draft":
      return draft(event);
    case "announce list":
      return list(event, look);
    case "announce edit":
      return edit(event, look, config);
    case "announce correct":
      return correct(event, look, config);
    case "announce cancel":
      return cancel(event, look);
    default:
      return [];
  }
}

function struck(event: EventOf<"clock.struck">, look: Look): readonly Effect[] {
  if (event.timer.startsWith("post:")) return due(event, look);
  return event.timer.startsWith("settle:") ? settled(event, look) : lapsed(event, look);
}

/** What somebody planned goes with them. */
function erased({ userId }: EventOf<"member.erased">, look: Look): readonly Effect[] {
  const theirs = plannedIn(look).filter(({ by }) => by.userId === userId);
  const numbers = theirs.map(({ number }) => number);
  return [...unposted(userId, look), ...(numbers.length === 0 ? [] : forgotten(numbers, look))];
}
