import { z } from "zod";
import { defineAgent, isUse, type Effect, type EventOf, type Look } from "#core";
import { BUTTONS, COMMANDS, MODALS } from "./commands.ts";
import { madeIn, transcriptFailed, transcriptMade } from "./transcripts.ts";
import { counting, statsTold } from "./stats.ts";
import { panelDeleted, panelPosted } from "./panels.ts";
import { configSchema, type Config } from "./config.ts";
import { threadGone } from "./closing.ts";
import { draftDue, drafted, drafting } from "./drafting.ts";
import { deletionDue } from "./deleting.ts";
import { deadlineStruck } from "./escalating.ts";
import { suggestHandling } from "./handling.ts";
import { used } from "./desk.ts";
import { forgotten, ticketIn, ticketOf, unpointed, type Outcome } from "./keeping.ts";
import { cardPosted, openingDue, refused, threadOpened } from "./opening.ts";
import { nudgeStruck } from "./nudges.ts";
import { formFields } from "./questions.ts";
import { heard, silenceStruck, silenceTold } from "./silence.ts";
import { snoozeOver } from "./snooze.ts";

export default defineAgent({
  name: "tickets",
  description: "Gives whoever needs staff a thread of their own, and lets nobody be forgotten in it.",
  listens: [
    ...(["command.used", "button.pressed", "select.chosen", "modal.submitted", "message.created"] as const),
    ...([
      "message.deleted",
      "thread.deleted",
      "directory.changed",
      "clock.struck",
      "action.done",
      "action.failed",
      "member.erased",
    ] as const),
  ],
  config: configSchema,
  commands: COMMANDS,
  buttons: BUTTONS,
  modals: MODALS,
  verbs: [
    ...(["thread.open", "thread.edit", "thread.add-member", "thread.remove-member"] as const),
    ...(["message.send", "message.edit", "interaction.reply", "member.tell", "transcript.make"] as const),
  ],
  verbsFor: ({ place, types }) =>
    [place, ...types.map((type) => type.place)].includes("channel")
      ? ["channel.create", "channel.edit", "channel.overwrite", "channel.overwrite-clear", "channel.delete"]
      : [],
  priority: (event) => (isUse(event) ? "high" : "medium"),
  suggest: (look, typing, config) => suggestHandling(typing, look, config),
  fields: formFields,
  decide(event, look, config) {
    if (isUse(event)) return used(event, look, config);
    switch (event.kind) {
      case "message.created":
        return heard(event, look, config);
      case "message.deleted":
        return panelDeleted(event, look, config);
      case "thread.deleted":
        return deleted(event.at, event.threadId, look, config);
      case "directory.changed":
        return event.change.change === "channel.gone" ? deleted(event.at, event.change.channelId, look, config) : [];
      case "clock.struck":
        return struck(event, look, config);
      case "action.done":
      case "action.failed":
        return outcome(event, look, config);
      case "member.erased":
        return forgotten(event.userId, look);
    }
  },
  async consider(event, look, config, about) {
    if (event.kind !== "command.used") return [];
    const wanted = z.union([drafting, counting]).parse(about);
    return wanted.do === "stats" ? statsTold(event, wanted, look, config) : drafted(event, wanted, look, config);
  },
});

/** Timers are named by what they are for. */
function struck(event: EventOf<"clock.struck">, look: Look, config: Config): readonly Effect[] {
  switch (event.timer.split(":", 1)[0]) {
    case "opening":
      return openingDue(event, look, config);
    case "due":
      return deadlineStruck(event, look, config);
    case "snooze":
      return snoozeOver(event, look, config);
    case "draft":
      return draftDue(event, look, config);
    case "nudge":
      return nudgeStruck(event, look, config);
    case "delete":
      return deletionDue(event, look, config);
    default:
      return silenceStruck(event, look, config);
  }
}

/** Somebody's thread or channel, of which most are no ticket's. */
function deleted(at: number, channelId: string, look: Look, config: Config): readonly Effect[] {
  const ticket = ticketIn(channelId, look);
  return ticket === undefined ? [] : threadGone(at, ticket, look, config);
}

/** Our own first orders: whatever a ticket waits for is the first proposal of its event. */
const AWAITED = "/tickets/0#0";

function outcome(event: Outcome, look: Look, config: Config): readonly Effect[] {
  const made = madeIn(event);
  const awaited = awaitedOutcome(event, look, config);
  return made === undefined ? awaited : [...awaited, ...transcriptMade(event, made, look, config)];
}

function awaitedOutcome(event: Outcome, look: Look, config: Config): readonly Effect[] {
  if (!event.orderId.endsWith(AWAITED)) return [];
  const key = event.orderId.slice(0, -AWAITED.length);
  const ref = look.record("ticketRef", key);
  if (ref?.step === "panel") return panelPosted(event, key, ref.channelId ?? "", look, config);
  const ticket = ticketOf(ref?.number, look);
  if (ref?.step === undefined || ticket === undefined) return [];
  if (ref.step === "card") return cardPosted(event, key, ticket);
  if (ref.step === "transcript")
    return event.kind === "action.done" ? [unpointed(key)] : transcriptFailed(event, key, ticket.number, look);
  if (ref.step !== "thread") return silenceTold(event, key, ticket, { ...ref, step: ref.step }, look, config);
  if (event.kind === "action.failed") return refused(event, key, ticket, look, config);
  const { channelId } = (event.result ?? {}) as { channelId?: unknown };
  return typeof channelId === "string" ? threadOpened(event, key, ticket, channelId, look, config) : [];
}
