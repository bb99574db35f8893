import {
  consider,
  type Effect,
  type EventOf,
  type Look,
  type MessageValue,
  parseCustomId,
  type SlowLook,
  type Use,
} from "#core";
import { answerAsk } from "./replies.ts";
import type { Config } from "./config.ts";
import { agreed, consentCommand, declined, hasConsent, wantedBy } from "./consent.ts";
import { asksIn, editEntry, listKnowledge, newEntry, removeSource } from "./entries.ts";
import { judged, judgedUnhelpful, wantsHuman } from "./feedback.ts";
import { dismissGap, draftFor, fillGap, joinGap, listGaps, takeDraft } from "./gap-desk.ts";
import { importFile } from "./importing.ts";
import { takeAll, takePointed } from "./learning.ts";
import { pinsOf } from "./pins.ts";
import { sendSuggested } from "./suggesting.ts";
import { sceneOf } from "./mending.ts";
import { tell } from "./replies.ts";
import { draftTicket } from "./tickets.ts";
import { words } from "./words.ts";

const LATER: Effect = consider({ do: "use" });

/** What can be said at once is; what has to be looked up is thought about. */
export function useNow(event: Use, look: Look, config: Config): readonly Effect[] {
  switch (event.kind) {
    case "command.used":
      if (event.command.startsWith("consent "))
        return [...consentCommand(event, look), ...(event.command === "consent give" ? [LATER] : [])];
      return event.command === "faq import" ? importFile(event) : [LATER];
    case "select.chosen":
      return [LATER];
    case "modal.submitted":
      return nameIn(event) === "entry" ? [addEntry(event, look)].flat() : [LATER];
    case "button.pressed":
      return pressNow(event, look, config);
  }
}

function nameIn(event: Exclude<Use, { kind: "command.used" }>): string {
  return parseCustomId(event.customId)?.name ?? "";
}

function addEntry(event: EventOf<"modal.submitted">, look: Look): readonly Effect[] {
  const { question = "", answer = "", also = "" } = event.fields as Readonly<Record<string, string>>;
  return newEntry(event, sceneOf(event, look), { asks: asksIn(question, also), text: answer });
}

function pressNow(event: EventOf<"button.pressed">, look: Look, config: Config): readonly Effect[] {
  switch (nameIn(event)) {
    case "helpful":
      return judged(event, look, "helpful");
    case "unhelpful":
      return [...judged(event, look, "unhelpful"), LATER];
    case "human":
      return wantsHuman(event, look, config);
    case "agree":
      return isTheirs(event) ? [...agreed(event, look), LATER] : [notYours(event)];
    case "decline":
      return isTheirs(event) ? declined(event, look) : [notYours(event)];
    default:
      return [LATER];
  }
}

function isTheirs(event: EventOf<"button.pressed">): boolean {
  return wantedBy(event).userId === event.by.userId;
}

function notYours(event: Use): Effect {
  return tell(event, words.say(event.interaction.locale, "consent.not-yours"), "consent-refused");
}

/** The slow half of what was used. */
export async function useLater(event: Use, look: SlowLook, config: Config): Promise<readonly Effect[]> {
  switch (event.kind) {
    case "command.used":
      return commandLater(event, look, config);
    case "select.chosen":
      return draftFor(event, look, config);
    case "modal.submitted":
      return fillGap(event, look);
    case "button.pressed":
      return pressLater(event, look, config);
  }
}

async function commandLater(
  event: EventOf<"command.used">,
  look: SlowLook,
  config: Config,
): Promise<readonly Effect[]> {
  switch (event.command) {
    case "ask":
      return answerAsk(event, look, config);
    case "faq edit":
      return editEntry(event, look);
    case "faq remove":
      return removeSource(event, look);
    case "faq list":
      return listKnowledge(event, look);
    case "faq gaps":
      return listGaps(event, look);
    case "consent give":
      return takeAgreed(event, undefined, look, config);
    case "Use in FAQ":
      return takeFromMenu(event, look);
    default:
      return [];
  }
}

async function pressLater(
  event: EventOf<"button.pressed">,
  look: SlowLook,
  config: Config,
): Promise<readonly Effect[]> {
  switch (nameIn(event)) {
    case "unhelpful":
      return judgedUnhelpful(event, look);
    case "agree": {
      const { channelId, messageId } = wantedBy(event);
      const draft = draftTicket(channelId, event.at, look, config);
      return draft.length > 0 ? draft : takeAgreed(event, messageId, look, config);
    }
    case "send":
      return sendSuggested(event, look, config);
    case "page":
      return listKnowledge(event, look, Number(parseCustomId(event.customId)?.args[0] ?? 0));
    case "take":
      return takeDraft(event, look);
    case "join":
      return joinGap(event, look);
    case "dismiss":
      return dismissGap(event, look);
    default:
      return [];
  }
}

async function takeFromMenu(event: EventOf<"command.used">, look: SlowLook): Promise<readonly Effect[]> {
  const said = event.options["message"] as MessageValue;
  const taking = { guildId: event.guildId, at: event.at, by: `discord:${event.by.userId}` };
  const { isTaken, effects } = await takePointed({ ...said, said }, taking, look);
  const outcome = isTaken
    ? "taken"
    : hasConsent(look, said.author.userId)
      ? "empty"
      : effects.length > 0
        ? "asked"
        : "refused";
  return [...effects, tell(event, words.say(event.interaction.locale, `take.${outcome}`), "faq-take")];
}

/** The message for which the author was asked, and what they have pinned in channels that are served. */
async function takeAgreed(
  event: Use,
  messageId: string | undefined,
  look: SlowLook,
  config: Config,
): Promise<readonly Effect[]> {
  const { userId } = event.by;
  const pointed = messageId === undefined ? undefined : await look.message(messageId);
  const pins = await pinsOf(userId, look, config);
  const taking = { guildId: event.guildId, at: event.at, by: `discord:${userId}` };
  return hasConsent(look, userId) ? takeAll([...(pointed === undefined ? [] : [pointed]), ...pins], taking, look) : [];
}
