import { propose, type Effect, type RoleHindrance, type Use } from "#core";
import { words } from "./words.ts";

export function answer(event: Pick<Use, "interaction">, text: string, rule: string): Effect {
  return propose(
    { verb: "interaction.reply", interaction: event.interaction, words: { text }, ephemeral: true },
    { rule, why: "was asked for", confidence: 1 },
  );
}

/** Why a role is not handed out, with what to do about it. */
export function hindranceText(
  hindrance: RoleHindrance,
  role: string,
  powers: string,
  locale: string | undefined,
): string {
  const key = {
    gone: "role.gone",
    everyone: "role.everyone",
    managed: "role.managed",
    powerful: "role.powerful",
    "above-bot": "role.above-bot",
  } as const;
  return words.say(locale, key[hindrance], { role, powers });
}
