import { defineAgent, parseCustomId, type Effect, type Look } from "#core";
import { BUTTONS, MODALS, onBack, onLetters } from "./comeback.ts";
import { configSchema, type Config } from "./config.ts";
import { isHeld, removed, stopped, sweep } from "./response.ts";
import { COUNTERS, findingsOf, type Written } from "./signs.ts";

export default defineAgent({
  name: "hijacks",
  description:
    "Stops a member's account that somebody else has taken over, without a ban, and lets its owner come back.",
  listens: ["message.created", "message.edited", "clock.struck", "button.pressed", "modal.submitted"],
  config: configSchema,
  lists: ({ lists }) => lists.map((name, index) => ({ name, path: ["lists", index] })),
  counters: COUNTERS,
  buttons: BUTTONS,
  modals: MODALS,
  verbs: [
    ...(["member.timeout", "member.untimeout", "message.delete", "message.bulk-delete"] as const),
    ...(["message.send", "interaction.reply"] as const),
  ],
  priority: () => "high",
  decide(event, look, config) {
    switch (event.kind) {
      case "message.created":
      case "message.edited":
        return onMessage(event, look, config);
      case "clock.struck":
        return sweep(event, look, config);
      case "button.pressed":
        return isOurs(event, "back") ? onBack(event, look, config) : [];
      case "modal.submitted":
        return isOurs(event, "letters") ? onLetters(event, look, config) : [];
    }
  },
});

function onMessage(event: Written, look: Look, config: Config): readonly Effect[] {
  const { reason, noticed } = findingsOf(event, look, config);
  if (noticed.length === 0) return [];
  const isStopped = isHeld(look.record("hijack", event.author.userId), event.at);
  if (isStopped) return [...noticed, removed(event)];
  return reason === undefined ? noticed : [...noticed, ...stopped(event, reason, look, config)];
}

/** Every agent hears of every button and form. */
function isOurs({ customId }: { readonly customId: string }, name: string): boolean {
  const used = parseCustomId(customId);
  return used?.agent === "hijacks" && used.name === name;
}
