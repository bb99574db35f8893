import { consider, defineAgent, type Effect, type EventOf, isUse, type Look, type SlowLook, tally } from "#core";
import { z } from "zod";
import { BUTTONS, COMMANDS, MODALS } from "./commands.ts";
import { configSchema, type Config } from "./config.ts";
import { withdrawnOf } from "./consent.ts";
import { useLater, useNow } from "./desk.ts";
import { suggestSources } from "./entries.ts";
import { fileRead, takeBack, takeGiven } from "./importing.ts";
import { learnFrom, relearn, takePointed, unlearn } from "./learning.ts";
import { answered, placed, sceneOf } from "./mending.ts";
import { pinsWait, takePins } from "./pins.ts";
import { markSolution, pinChange, solvedPost, want } from "./posts.ts";
import { isQuestion } from "./question.ts";
import { answerMessage } from "./replies.ts";
import { draftTicket, ticketClosed, ticketErased } from "./tickets.ts";

const aboutSchema = z.discriminatedUnion("do", [
  z.strictObject({ do: z.literal("use") }),
  z.strictObject({ do: z.literal("answer") }),
  z.strictObject({ do: z.literal("pins") }),
  z.strictObject({ do: z.literal("ticket"), channelId: z.string() }),
  z.strictObject({ do: z.literal("take"), channelId: z.string(), messageId: z.string(), by: z.string() }),
]);

export default defineAgent({
  name: "faq",
  description: "Answers questions from what the guild knows, with its sources, or says that it does not know.",
  listens: [
    ...(["message.created", "message.edited", "message.deleted", "thread.updated", "thread.deleted"] as const),
    ...(["reaction.added", "audit.logged", "command.used", "button.pressed", "select.chosen"] as const),
    ...(["modal.submitted", "action.done", "action.failed", "knowledge.given", "knowledge.withdrawn"] as const),
    ...(["member.erased", "directory.changed"] as const),
  ],
  config: configSchema,
  counters: { member: { windowSeconds: 60 }, channel: { windowSeconds: 60 } },
  commands: COMMANDS,
  buttons: BUTTONS,
  modals: MODALS,
  verbs: ["message.send", "message.edit", "interaction.reply", "file.read"],
  priority: (event) => (event.kind === "message.created" ? "medium" : isUse(event) ? "high" : "low"),
  suggest: (look, typing) => suggestSources(look, typing),

  decide(event, look, config) {
    if (isUse(event)) return useNow(event, look, config);
    const scene = sceneOf(event, look);
    switch (event.kind) {
      case "message.created":
        return [...learnFrom(event, look, config), ...heard(event, look, config)];
      case "message.edited":
        return relearn(event, look);
      case "message.deleted":
        return event.messageIds.flatMap((messageId) => unlearn(scene, messageId));
      case "reaction.added":
        return markSolution(event, look, config);
      case "thread.updated":
        return [...solvedPost(event, look, config), ...ticketClosed(event.thread.id, event.at, look, config)];
      case "directory.changed":
        return event.change.change === "channel.put"
          ? ticketClosed(event.change.channel.id, event.at, look, config)
          : [];
      case "thread.deleted":
        return [
          ...unlearn(scene, look.record("solution", event.threadId)?.messageId ?? ""),
          ...ticketErased(scene, event.threadId),
        ];
      case "audit.logged":
        return pinned(event, look, config);
      case "action.done":
      case "action.failed":
        return outcome(event, look);
      case "knowledge.given":
        return takeGiven(event, scene);
      case "knowledge.withdrawn":
        return takeBack(event, scene);
      case "member.erased":
        return withdrawnOf(scene, event.userId);
    }
  },

  async consider(event, look, config, about) {
    const wanted = aboutSchema.parse(about);
    if (wanted.do === "take") return taken(event, wanted, look);
    if (wanted.do === "ticket") return draftTicket(wanted.channelId, event.at, look, config);
    if (isUse(event)) return useLater(event, look, config);
    if (event.kind !== "message.created") return [];
    return wanted.do === "pins" ? takePins(event, look) : answerMessage(event, look, config);
  },
});

/** A question, or else a reason to look at what is pinned: an event has one thought, and an answer is found by its event's id. */
function heard(event: EventOf<"message.created">, look: Look, config: Config): readonly Effect[] {
  const asked = askedOpenly(event, look, config);
  if (asked.length > 0) return [...asked, consider({ do: "answer" })];
  const pins = pinsWait(event, look, config);
  return pins.length > 0 ? [...pins, consider({ do: "pins" })] : [];
}

/** A question put to everybody, where the guild wants those answered, within the member's and the channel's share. */
function askedOpenly(event: EventOf<"message.created">, look: Look, config: Config): readonly Effect[] {
  const { answerIn } = config;
  if (answerIn.length === 0 || event.replyToMessageId !== undefined || event.mentionedUserIds.length > 0) return [];
  const isPost = event.messageId === event.channelId;
  if (!answerIn.includes(event.channelId)) {
    const parentId = look.channel(event.channelId)?.parentId;
    if (!isPost || parentId === undefined || !answerIn.includes(parentId)) return [];
  }
  if (!isPost && !isQuestion(event.text)) return [];
  const { userId } = event.author;
  if (look.count("member", userId) >= config.perMemberPerMinute) return [];
  if (look.count("channel", event.channelId) >= config.perChannelPerMinute) return [];
  return [tally("member", userId), tally("channel", event.channelId)];
}

function pinned(event: EventOf<"audit.logged">, look: Look, config: Config): readonly Effect[] {
  const change = pinChange(event, config);
  if (change === undefined) return [];
  const { channelId, messageId } = change;
  if (!change.pinned) return unlearn(sceneOf(event, look), messageId);
  return [want(channelId, messageId, `discord:${event.byUserId ?? ""}`)];
}

/** An order is named by its event, its agent and its place: `m:1/faq/slow-0#0`. */
const OWN_ORDER = /^(.+)\/faq\/(?:slow-)?\d+#0$/;

function outcome(event: EventOf<"action.done" | "action.failed">, look: Look): readonly Effect[] {
  if (!event.orderId.includes("/faq/")) return [];
  const key = OWN_ORDER.exec(event.orderId)?.[1];
  if (key === undefined) return [];
  const result = event.kind === "action.done" ? event.result : undefined;
  const { channelId, messageId } = (result ?? {}) as { channelId?: unknown; messageId?: unknown };
  if (typeof channelId === "string" && typeof messageId === "string")
    return placed(sceneOf(event, look), key, { channelId, messageId });
  const late = answered(sceneOf(event, look), key);
  if (late.length > 0) return late;
  const isFile = event.kind === "action.failed" || "text" in ((result ?? {}) as object);
  return isFile ? fileRead(event, key, look) : [];
}

async function taken(
  { guildId, at }: { readonly guildId: string; readonly at: number },
  { channelId, messageId, by }: { readonly channelId: string; readonly messageId: string; readonly by: string },
  look: SlowLook,
): Promise<readonly Effect[]> {
  return (await takePointed({ channelId, messageId }, { guildId, at, by }, look)).effects;
}
