import { propose, type Effect, type EventOf, type Look, type Words } from "#core";
import type { Config } from "./config.ts";
import { wordsFor, type Occasion } from "./saying.ts";
import { words } from "./words.ts";

type Used = EventOf<"command.used">;

/** As it would look, for whoever asks, as if they had just come; and what keeps it from being said. */
export function preview(event: Used, look: Look, config: Config): readonly Effect[] {
  const asked = event.options["what"];
  const occasion: Occasion = asked === "leave" || asked === "direct" ? asked : "welcome";
  const { locale } = event.interaction;
  const said = wordsFor(occasion, textsOf(occasion, config), { eventId: event.id, member: event.by }, look);
  if (said === undefined) return [answer(event, { text: words.say(locale, "preview.none") })];
  const { pingUserIds: _pings, ...shown } = said;
  return [answer(event, { ...shown, text: `${shown.text}\n\n-# ${noteOn(occasion, locale, look, config)}` })];
}

function textsOf(occasion: Occasion, { welcome, leave }: Config): readonly string[] {
  if (occasion === "direct") return welcome.direct;
  return occasion === "welcome" ? welcome.texts : leave.texts;
}

/** Where it is said, or why it is not. */
function noteOn(occasion: Occasion, locale: string | undefined, look: Look, config: Config): string {
  if (occasion === "direct") return words.say(locale, "preview.direct");
  const { channelId } = occasion === "welcome" ? config.welcome : config.leave;
  if (channelId === undefined) return words.say(locale, "preview.nowhere");
  const channel = `<#${channelId}>`;
  if (look.channel(channelId) === undefined) return words.say(locale, "preview.gone", { id: channelId });
  const { roleId, screening } = config.after;
  if (occasion === "welcome" && roleId !== undefined)
    return words.say(locale, "preview.after-role", { channel, role: `<@&${roleId}>` });
  return occasion === "welcome" && screening
    ? words.say(locale, "preview.after-screening", { channel })
    : words.say(locale, "preview.where", { channel });
}

function answer(event: Used, said: Words): Effect {
  return propose(
    { verb: "interaction.reply", interaction: event.interaction, words: said, ephemeral: true },
    { rule: "welcome-preview", why: "was asked for", confidence: 1 },
  );
}
