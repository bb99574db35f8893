import {
  customId,
  type Effect,
  type EventOf,
  type Look,
  type Member,
  parseCustomId,
  propose,
  type Records,
  write,
} from "#core";
import { type Scene, sceneOf } from "./mending.ts";
import { tell } from "./replies.ts";
import { withdrawSource } from "./sources.ts";
import { words } from "./words.ts";

type Consent = Records["consent"];

export function hasConsent(look: Look, userId: string): boolean {
  return look.record("consent", userId)?.given === true;
}

function put(key: string, value: Consent): Effect {
  return write({ write: "record.put", record: "consent", key, value });
}

/** `/consent give`, `/consent revoke` and `/consent show`: only ever about whoever uses them. */
export function consentCommand(event: EventOf<"command.used">, look: Look): readonly Effect[] {
  const { locale } = event.interaction;
  const known = look.record("consent", event.by.userId);
  if (event.command === "consent give") {
    const value = known?.given === true ? known : { given: true, at: event.at, sources: [] };
    return [put(event.by.userId, value), tell(event, words.say(locale, "consent.given"), "consent-given")];
  }
  if (event.command === "consent revoke")
    return [...revoked(event, look), tell(event, words.say(locale, "consent.revoked"), "consent-revoked")];
  return [tell(event, standing(known, locale), "consent-shown")];
}

function standing(known: Consent | undefined, locale: string | undefined): string {
  if (known === undefined) return words.say(locale, "consent.none");
  const since = `<t:${Math.floor(known.at / 1_000)}:D>`;
  if (!known.given) return words.say(locale, "consent.refused", { since });
  return words.say(locale, "consent.standing", { since, count: known.sources.length });
}

/** All that was taken of a member's words goes, with the answers that rest on it. */
export function revoked(event: EventOf<"command.used" | "button.pressed">, look: Look): readonly Effect[] {
  const { userId } = event.by;
  return [...withdrawnOf(sceneOf(event, look), userId), put(userId, { given: false, at: event.at, sources: [] })];
}

export function withdrawnOf(scene: Scene, userId: string): readonly Effect[] {
  const sources = scene.look.record("consent", userId)?.sources ?? [];
  return sources.flatMap((sourceId) => withdrawSource(scene, sourceId));
}

interface Change {
  readonly taken?: readonly string[];
  readonly gone?: readonly string[];
}

/** Sources more, or fewer, of what was taken of a member's words. */
export function noted(look: Look, userId: string, { taken = [], gone = [] }: Change): readonly Effect[] {
  const known = look.record("consent", userId);
  if (known === undefined) return [];
  const others = known.sources.filter((one) => !taken.includes(one) && !gone.includes(one));
  if (taken.length === 0 && others.length === known.sources.length) return [];
  return [put(userId, { ...known, sources: [...others, ...taken] })];
}

/** Asks an author once whether their words may be used; who was asked or has answered is not asked again. */
export function askConsent(
  look: Look,
  author: Pick<Member, "userId" | "bot">,
  at: { channelId: string; messageId: string; now: number },
): readonly Effect[] {
  const key = `faq/asked/${author.userId}`;
  if (author.bot === true || look.record("consent", author.userId) !== undefined) return [];
  if (look.record("note", key) !== undefined) return [];
  const { locale } = look.guild();
  const button = (name: "agree" | "decline", style: "success" | "secondary") =>
    ({
      component: "button",
      ...{ label: words.say(locale, `button.${name}`), style },
      customId: customId("faq", name, author.userId, at.channelId, at.messageId),
    }) as const;
  const text = words.say(locale, "consent.ask");
  const said = {
    text,
    pingUserIds: [author.userId],
    components: [[button("agree", "success"), button("decline", "secondary")]],
  };
  const { channelId, messageId } = at;
  const action = { verb: "message.send", channelId, replyToMessageId: messageId, words: said } as const;
  return [
    write({ write: "record.put", record: "note", key, value: { text: "asked", at: at.now } }),
    propose(action, { rule: "consent-asked", why: "the author's words are wanted as knowledge", confidence: 1 }),
  ];
}

/** Whose consent a button asks for, and for which message. */
export function wantedBy(event: EventOf<"button.pressed">) {
  const [userId = "", channelId = "", messageId = ""] = parseCustomId(event.customId)?.args ?? [];
  return { userId, channelId, messageId };
}

export function agreed(event: EventOf<"button.pressed">, look: Look): readonly Effect[] {
  const known = look.record("consent", event.by.userId);
  const value = known?.given === true ? known : { given: true, at: event.at, sources: [] };
  return [
    put(event.by.userId, value),
    tell(event, words.say(event.interaction.locale, "consent.given"), "consent-given"),
  ];
}

export function declined(event: EventOf<"button.pressed">, look: Look): readonly Effect[] {
  return [
    ...revoked(event, look),
    tell(event, words.say(event.interaction.locale, "consent.revoked"), "consent-revoked"),
  ];
}
