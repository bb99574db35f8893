import { defineAgent } from "#core";
import { configSchema } from "./config.ts";
import { changed, forgotten, joined, kicked, left } from "./wardrobe.ts";

export default defineAgent({
  name: "stickyroles",
  description: "Gives members who come back the roles they had, unless somebody took them or sent them away.",
  listens: [
    ...(["member.joined", "member.updated", "member.left", "member.banned"] as const),
    ...(["audit.logged", "clock.struck", "member.erased"] as const),
  ],
  config: configSchema,
  verbs: ["role.add"],
  priority: () => "low",
  decide(event, look, config) {
    switch (event.kind) {
      case "member.joined":
        return joined(event, look, config);
      case "member.updated":
        return changed(event, look, config);
      case "member.left":
        return left(event, look, config);
      case "member.banned":
        return look.record("worn", event.userId) === undefined ? [] : forgotten(event.userId);
      case "audit.logged":
        return kicked(event, look);
      case "clock.struck":
        return forgotten((event.payload as { readonly userId: string }).userId);
      case "member.erased":
        return look.record("worn", event.userId) === undefined ? [] : forgotten(event.userId);
    }
  },
});
