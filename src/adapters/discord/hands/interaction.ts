import { type APIMessage, InteractionResponseType, MessageFlags, Routes } from "discord-api-types/v10";
import { calendarSecret, GuildhallError, type Words } from "#core";
import { markerIn, markerOf } from "../marker.ts";
import { refusalCode } from "../outcome.ts";
import type { Call, SentFile } from "../rest.ts";
import { ABSENT, found, type Hand, type Reach, type Task, undecided } from "./hand.ts";
import { isMissing } from "./looking.ts";
import { cardFor } from "./card-file.ts";
import { filesOf, messageBody } from "./words.ts";

type ReplyTask = Task<"interaction.reply">;

/**
 * One request, chosen by what Discord has had already: the first answer, or the text of an answer that was deferred.
 * After a restart nobody remembers; then the first answer is tried, and "already acknowledged" leads to the second form.
 */
export const replyToInteraction: Hand<"interaction.reply"> = {
  perform: async (task, reach) => {
    const { id, sealedToken } = task.action.interaction;
    const token = reach.seal.open(sealedToken, task.order.guildId);
    reach.echoes.tried(task.order.id);
    // Before it is claimed: should drawing take long, the interaction is deferred meanwhile.
    const card = await cardFor(task.action.words, reach, task.signal);
    await reach.interactions.claim(id);
    const state = reach.interactions.state(id);
    if (state?.acknowledgement === "expired") throw expired(id, reach);
    if (state?.acknowledgement === "acknowledged") {
      const isBeside = state.waiting === "update" && task.action.update !== true;
      return isBeside ? followUp(task, reach, token, card) : editOriginal(task, reach, token, card);
    }
    return firstAnswer(task, reach, token, card);
  },
  reconcile: async (task, reach) => {
    if (task.order.evidence !== undefined && task.order.evidence !== null) return found(task.order.evidence);
    const { id, sealedToken } = task.action.interaction;
    const token = reach.seal.open(sealedToken, task.order.guildId);
    const state = reach.interactions.state(id);
    const isBeside = state?.waiting === "update" && task.action.update !== true;
    if (state?.acknowledgement === "acknowledged" && isBeside) {
      return undecided("a follow-up to a button cannot be looked up");
    }
    const original = await originalMessage(task, reach, token);
    return markerIn(original) === markerOf(task.order.id) ? found({ messageId: original?.id }) : ABSENT;
  },
};

async function firstAnswer(task: ReplyTask, reach: Reach, token: string, card?: SentFile): Promise<unknown> {
  const { id } = task.action.interaction;
  const route = Routes.interactionCallback(id, token);
  const { UpdateMessage, ChannelMessageWithSource } = InteractionResponseType;
  const type = task.action.update === true ? UpdateMessage : ChannelMessageWithSource;
  const body = { type, data: dataOf(task, reach, card) };
  reach.interactions.mark(id, "unclear");
  try {
    const files = filesOf(task.action.words, card);
    await reach.call({ method: "POST", route, body, files, anonymous: true, signal: task.signal });
    reach.interactions.mark(id, "acknowledged");
    return {};
  } catch (error) {
    const code = refusalCode(error);
    if (code === 10_062) throw expired(id, reach, error);
    if (code !== 40_060) throw error;
    reach.interactions.mark(id, "acknowledged");
    return editOriginal(task, reach, token, card);
  }
}

function editOriginal(task: ReplyTask, reach: Reach, token: string, card?: SentFile): Promise<unknown> {
  const body = messageBody(wordsOf(task, reach), task.order.id, card);
  return sent(task, reach, card, { method: "PATCH", route: originalRoute(reach, token), body });
}

/** Never acknowledged within Discord's three seconds: nobody sees an answer any more. */
function expired(id: string, reach: Reach, cause?: unknown): GuildhallError {
  reach.interactions.mark(id, "expired");
  return new GuildhallError("expired", "the interaction was not acknowledged in time", { cause });
}

/** A button that was deferred has no reply of its own to fill: editing "the original" would overwrite its panel. */
function followUp(task: ReplyTask, reach: Reach, token: string, card?: SentFile): Promise<unknown> {
  const route = Routes.webhook(reach.applicationId, token);
  return sent(task, reach, card, { method: "POST", route, body: dataOf(task, reach, card), query: { wait: "true" } });
}

async function sent(
  task: ReplyTask,
  reach: Reach,
  card: SentFile | undefined,
  call: Omit<Call, "signal" | "anonymous">,
): Promise<unknown> {
  const files = filesOf(task.action.words, card);
  const message = await reach.call<Partial<APIMessage>>({ ...call, files, anonymous: true, signal: task.signal });
  return message.id === undefined ? {} : { messageId: message.id };
}

function dataOf(task: ReplyTask, reach: Reach, card?: SentFile): object {
  const { action, order } = task;
  const isHidden = action.ephemeral && action.update !== true;
  const body = messageBody(wordsOf(task, reach), order.id, card);
  return isHidden ? { ...body, flags: (body.flags ?? 0) | MessageFlags.Ephemeral } : body;
}

/** A link with a secret in it is made here, on its way to the one person who may see it, and stands in no record. */
function wordsOf({ action, order }: ReplyTask, { seal, linkBase = "" }: Reach): Words {
  const { calendarKey, ...words } = action.words;
  if (calendarKey === undefined || !action.ephemeral) return words;
  const secret = seal.seal(calendarSecret(calendarKey), order.guildId);
  const link = `${linkBase}/calendar/${order.guildId}/${secret}.ics`;
  return { ...words, text: words.text.replaceAll("{calendar}", () => link) };
}

async function originalMessage(task: ReplyTask, reach: Reach, token: string): Promise<APIMessage | undefined> {
  const route = originalRoute(reach, token);
  try {
    return await reach.call<APIMessage>({ method: "GET", route, anonymous: true, signal: task.signal });
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

function originalRoute(reach: Reach, token: string): Call["route"] {
  return Routes.webhookMessage(reach.applicationId, token, "@original");
}
