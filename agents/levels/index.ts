import { defineAgent } from "#core";
import { answerButton, answerCommand } from "./answers.ts";
import { BUTTONS, COMMANDS } from "./commands.ts";
import { configSchema } from "./config.ts";
import { COUNTERS, fromMessage, fromReaction, fromThread, isSampled } from "./earning.ts";
import { isFadeTimer, sweep, sweepAfter } from "./fading.ts";
import { fileRead, importLot, isImportTimer } from "./importing.ts";
import { nameless } from "./habits.ts";
import { fromVoice, roomsAnew } from "./voice.ts";

export default defineAgent({
  name: "levels",
  description: "Gives points for taking part, not for making noise, and levels and roles for points.",
  listens: [
    "message.created",
    "reaction.added",
    "thread.created",
    "voice.changed",
    "voice.left",
    "member.left",
    "guild.available",
    "command.used",
    "button.pressed",
    "clock.struck",
    "action.done",
    "action.failed",
  ],
  config: configSchema,
  counters: COUNTERS,
  commands: COMMANDS,
  buttons: BUTTONS,
  verbs: ["role.add", "role.remove", "message.send", "member.tell", "interaction.reply", "file.read"],
  priority: (event) => (event.kind === "command.used" || event.kind === "button.pressed" ? "high" : "medium"),
  // A room in voice is counted whole or not at all.
  heardInShadow(event) {
    switch (event.kind) {
      case "message.created":
      case "reaction.added":
      case "thread.created":
        return isSampled(event);
      case "voice.changed":
      case "voice.left":
      case "member.left":
      case "guild.available":
        return false;
      default:
        return true;
    }
  },
  decide(event, look, config) {
    switch (event.kind) {
      case "message.created":
        return fromMessage(event, look, config);
      case "reaction.added":
        return fromReaction(event, look, config);
      case "thread.created":
        return fromThread(event, look, config);
      case "voice.changed":
      case "voice.left":
        return fromVoice(event, look, config);
      case "member.left":
        // Where there is no page nobody is named: a crowd that leaves costs nothing.
        return config.web.enabled ? nameless(event, look) : [];
      case "guild.available":
        return [...roomsAnew(event, config), ...sweepAfter(event.at, config)];
      case "command.used":
        return answerCommand(event, look, config);
      case "button.pressed":
        return answerButton(event, look, config);
      case "clock.struck":
        if (isFadeTimer(event)) return sweep(event, look, config);
        return isImportTimer(event) ? importLot(event, look, config) : [];
      case "action.done":
      case "action.failed":
        return fileRead(event, look);
    }
  },
});
