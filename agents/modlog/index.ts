import { defineAgent } from "#core";
import { REMEMBERED_SECONDS } from "./cases.ts";
import { configSchema } from "./config.ts";
import { linesOf } from "./happenings.ts";
import { forget, note, post } from "./waiting.ts";

export default defineAgent({
  name: "modlog",
  description:
    "Keeps a log for moderators: what was changed and deleted, who came and went, and which cases there are.",
  listens: [
    ...(["message.edited", "message.deleted", "member.joined", "member.left", "voice.changed", "voice.left"] as const),
    ...(["invite.created", "invite.deleted", "invite.used", "audit.logged", "action.done", "action.failed"] as const),
    ...(["case.amended", "clock.struck", "member.erased"] as const),
  ],
  config: configSchema,
  counters: { cases: { windowSeconds: REMEMBERED_SECONDS }, entries: { windowSeconds: REMEMBERED_SECONDS } },
  verbs: ["message.send"],
  priority: () => "low",
  decide(event, look, config) {
    if (event.kind === "clock.struck") return post(event, look, config);
    if (event.kind === "member.erased") return forget(event.userId, look, config);
    return note(linesOf(event, look, config), event.at, look, config);
  },
});
