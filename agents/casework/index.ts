import { defineAgent } from "#core";
import { answerCommand, COMMANDS, suggestMinutes } from "./commands.ts";
import { configSchema } from "./config.ts";

export default defineAgent({
  name: "casework",
  description: "Carries out what moderators ask for by command, and keeps the cases.",
  listens: ["command.used"],
  config: configSchema,
  commands: COMMANDS,
  verbs: ["member.warn", "member.timeout", "member.ban", "interaction.reply"],
  priority: () => "high",
  suggest: (_look, { option, partial }) => (option === "minutes" ? suggestMinutes(partial) : []),
  decide: (event, look, config) => answerCommand(event, look, config),
});
