import { propose, withPlaceholders, type Effect, type Look, type Member, type Words } from "#core";
import { fingerprint, plain } from "#core/text/index";
import { words } from "./words.ts";

export type Occasion = "welcome" | "direct" | "leave";

export interface About {
  /** Chooses among several texts: the same event always the same one. */
  readonly eventId: string;
  readonly member: Pick<Member, "userId" | "name">;
}

/** What is said of somebody; undefined where nothing is. Direct messages have no words of the house's own. */
export function wordsFor(occasion: Occasion, texts: readonly string[], about: About, look: Look): Words | undefined {
  const { name, locale, memberCount } = look.guild();
  const { userId } = about.member;
  const chosen = chosenOf(texts, about.eventId) ?? ownWords(occasion, locale);
  if (chosen === undefined) return undefined;
  const text = withPlaceholders(chosen, {
    name: plain(about.member.name),
    mention: `<@${userId}>`,
    server: plain(name),
    count: memberCount,
  });
  return { text, ...(occasion === "welcome" && chosen.includes("{mention}") && { pingUserIds: [userId] }) };
}

function ownWords(occasion: Occasion, locale: string): string | undefined {
  if (occasion === "direct") return undefined;
  return occasion === "welcome" ? words.say(locale, "welcome") : words.say(locale, "leave");
}

/** By chance, as far as anybody can tell, and the same again when it is replayed. */
function chosenOf(texts: readonly string[], eventId: string): string | undefined {
  return texts[Number.parseInt(fingerprint(eventId), 36) % Math.max(1, texts.length)];
}

export function post(channelId: string, said: Words, rule: string, why: string): Effect {
  return propose({ verb: "message.send", channelId, words: said }, { rule, why, confidence: 1 });
}
