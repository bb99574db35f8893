import { defineAgent, tally, type SlashCommand } from "#core";
import { configSchema } from "./config.ts";
import { admitted, COUNTERS, joined, left } from "./greeting.ts";
import { preview } from "./preview.ts";
import { words } from "./words.ts";

const PREVIEW: SlashCommand = {
  name: "welcome preview",
  names: words.every("command.preview"),
  description: words.every("command.preview.about"),
  options: [
    {
      ...{ type: "text", name: "what", names: words.every("option.what") },
      description: words.every("option.what.about"),
      choices: (["welcome", "direct", "leave"] as const).map((value) => ({
        name: words.every(`what.${value}`),
        value,
      })),
    },
  ],
  needs: ["MANAGE_GUILD"],
  reply: "ephemeral",
};

export default defineAgent({
  name: "greeter",
  description: "Welcomes newcomers once they are let in, says who left, and stays quiet when many come or go at once.",
  listens: ["member.joined", "member.updated", "member.left", "member.banned", "command.used"],
  config: configSchema,
  counters: COUNTERS,
  commands: [PREVIEW],
  verbs: ["message.send", "member.tell", "interaction.reply"],
  priority: () => "low",
  decide(event, look, config) {
    switch (event.kind) {
      case "member.joined":
        return joined(event, look, config);
      case "member.updated":
        return admitted(event, look, config);
      case "member.left":
        return left(event, look, config);
      case "member.banned":
        return config.leave.channelId === undefined ? [] : [tally("banned", event.userId)];
      case "command.used":
        return event.command === PREVIEW.name ? preview(event, look, config) : [];
    }
  },
});
