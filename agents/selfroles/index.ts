import { defineAgent, parseCustomId, type Effect, type EventOf, type Look } from "#core";
import { BUTTONS, COMMANDS, MODALS } from "./commands.ts";
import { change } from "./changing.ts";
import { type Config, configSchema } from "./config.ts";
import { used } from "./handing-out.ts";
import { AGENT } from "./panel.ts";
import { channelGone, deleted, outcome, reacted } from "./reacting.ts";
import { list, remove, setUp, suggested } from "./setting-up.ts";

export default defineAgent({
  name: "selfroles",
  description: "Lets members choose roles for themselves, from panels that hand out no power.",
  listens: [
    ...(["command.used", "modal.submitted", "button.pressed", "select.chosen"] as const),
    ...(["reaction.added", "reaction.removed", "message.deleted", "directory.changed"] as const),
    ...(["action.done", "action.failed"] as const),
  ],
  config: configSchema,
  commands: COMMANDS,
  buttons: BUTTONS,
  modals: MODALS,
  verbs: [
    ...(["role.add", "role.remove", "member.look", "message.send", "message.edit", "message.delete"] as const),
    ...(["reaction.add", "reaction.remove", "interaction.reply"] as const),
  ],
  decide(event, look, config) {
    switch (event.kind) {
      case "command.used":
        return command(event, look);
      case "modal.submitted":
        return isOurs(event) ? form(event, look, config) : [];
      case "button.pressed":
      case "select.chosen":
        return isOurs(event) ? used(event, look) : [];
      case "reaction.added":
      case "reaction.removed":
        return reacted(event, look);
      case "message.deleted":
        return deleted(event, look);
      case "directory.changed":
        return channelGone(event, look);
      case "action.done":
      case "action.failed":
        return outcome(event, look);
    }
  },
  suggest: suggested,
});

function isOurs({ customId }: { readonly customId: string }): boolean {
  return parseCustomId(customId)?.agent === AGENT;
}

function form(event: EventOf<"modal.submitted">, look: Look, config: Config): readonly Effect[] {
  return parseCustomId(event.customId)?.name === "change" ? change(event, look, config) : setUp(event, look, config);
}

function command(event: EventOf<"command.used">, look: Look): readonly Effect[] {
  if (event.command === "selfroles list") return list(event, look);
  return event.command === "selfroles remove" ? remove(event, look) : [];
}
