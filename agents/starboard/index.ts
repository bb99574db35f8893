import { defineAgent } from "#core";
import { gathered } from "./board.ts";
import { configSchema } from "./config.ts";
import { deleted, erased, outcome, tooOld } from "./following.ts";
import { added, cleared, edited, removed } from "./stars.ts";

export default defineAgent({
  name: "starboard",
  description: "Shows the messages that members star most, once each.",
  listens: [
    ...(["reaction.added", "reaction.removed", "reaction.cleared", "message.edited", "message.deleted"] as const),
    ...(["clock.struck", "action.done", "action.failed", "member.erased"] as const),
  ],
  config: configSchema,
  verbs: ["message.send", "message.edit", "message.delete"],
  priority: () => "low",
  decide(event, look, config) {
    switch (event.kind) {
      case "reaction.added":
        return added(event, look, config);
      case "reaction.removed":
        return removed(event, look, config);
      case "reaction.cleared":
        return cleared(event, look, config);
      case "message.edited":
        return edited(event, look, config);
      case "message.deleted":
        return config.channelId === undefined ? [] : deleted(event, look, config);
      case "clock.struck":
        return event.timer.startsWith("settle:") ? gathered(event, look, config) : tooOld(event, look);
      case "action.done":
      case "action.failed":
        return outcome(event, look, config);
      case "member.erased":
        return erased(event, look, config);
    }
  },
});
