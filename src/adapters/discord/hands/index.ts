import type { ActionExecutor, KillSwitch, Order, Outcome, Reconciled } from "#core";
import { isTokenRefused, outcomeOf, refusalCode } from "../outcome.ts";
import { RequestLost } from "../rest.ts";
import { deleteRule, putRule } from "./automod.ts";
import { banMember, banMembers, unbanMember } from "./ban.ts";
import { showCard, updateCard } from "./card.ts";
import { createChannel, deleteChannel, editChannel, setSlowmode } from "./channel.ts";
import { readFile } from "./file.ts";
import { type Hand, type HandVerb, isPlanned, type Reach, type Task, undecided } from "./hand.ts";
import { setIncidents } from "./incidents.ts";
import { replyToInteraction } from "./interaction.ts";
import { deleteInvite } from "./invite.ts";
import { kickMember, lookAtMember, nameMember, releaseMember, timeoutMember } from "./member.ts";
import { crosspostMessage, editMessage, openDm, sendMessage } from "./message.ts";
import { clearOverwrite, putOverwrite } from "./overwrite.ts";
import { pinMessage, unpinMessage } from "./pin.ts";
import { addReaction, clearReactions, removeReaction } from "./reaction.ts";
import { deleteMessage, deleteMessages } from "./removal.ts";
import { addRole, createRole, removeRole } from "./role.ts";
import { cancelEvent, createEvent, editEvent } from "./scheduled-event.ts";
import { setVerification } from "./verification.ts";
import { addToThread, editThread, openPost, openThread, removeFromThread } from "./thread.ts";
import { deafenMember, disconnectMember, moveMember, muteMember } from "./voice.ts";
import { createWebhook, deleteWebhook, sendByWebhook } from "./webhook.ts";

/** A hand for every verb: a verb without one does not compile. */
const HANDS: { readonly [V in HandVerb]: Hand<V> } = {
  "message.send": sendMessage,
  "message.edit": editMessage,
  "message.delete": deleteMessage,
  "message.bulk-delete": deleteMessages,
  "message.pin": pinMessage,
  "message.unpin": unpinMessage,
  "message.crosspost": crosspostMessage,
  "reaction.add": addReaction,
  "reaction.remove": removeReaction,
  "reaction.clear": clearReactions,
  "dm.open": openDm,
  "member.timeout": timeoutMember,
  "member.untimeout": releaseMember,
  "member.kick": kickMember,
  "member.ban": banMember,
  "member.unban": unbanMember,
  "members.bulk-ban": banMembers,
  "role.add": addRole,
  "role.remove": removeRole,
  "role.create": createRole,
  "member.look": lookAtMember,
  "member.nickname": nameMember,
  "voice.mute": muteMember,
  "voice.deafen": deafenMember,
  "voice.move": moveMember,
  "voice.disconnect": disconnectMember,
  "channel.slowmode": setSlowmode,
  "channel.overwrite": putOverwrite,
  "channel.overwrite-clear": clearOverwrite,
  "channel.create": createChannel,
  "channel.edit": editChannel,
  "channel.delete": deleteChannel,
  "thread.open": openThread,
  "thread.post": openPost,
  "thread.edit": editThread,
  "thread.add-member": addToThread,
  "thread.remove-member": removeFromThread,
  "guild.incidents": setIncidents,
  "guild.verification": setVerification,
  "scheduled-event.create": createEvent,
  "scheduled-event.edit": editEvent,
  "scheduled-event.cancel": cancelEvent,
  "automod-rule.put": putRule,
  "automod-rule.delete": deleteRule,
  "webhook.create": createWebhook,
  "webhook.send": sendByWebhook,
  "webhook.delete": deleteWebhook,
  "invite.delete": deleteInvite,
  "interaction.reply": replyToInteraction,
  "file.read": readFile,
  "card.show": showCard,
  "card.update": updateCard,
};

export interface ExecutorTools extends Reach {
  readonly killSwitch: KillSwitch;
  /** Discord refuses the token: nothing more can be done before the operator mends it. */
  readonly tokenRefused: (cause: unknown) => void;
}

export function createExecutor(tools: ExecutorTools): ActionExecutor {
  return {
    perform: async (order, signal) => {
      const held = handFor(order, signal);
      if (held === undefined)
        return { kind: "failed", code: "no-hand", why: `${order.action.verb} is planned, not performed` };
      try {
        const result = await held.hand.perform(held.task, tools);
        tools.killSwitch.pass("request-sent");
        return { kind: "done", result };
      } catch (error) {
        return outcomeAfter(error, held.hand, tools);
      }
    },
    reconcile: async (order, signal) => {
      const held = handFor(order, signal);
      if (held === undefined) return { found: "absent" };
      try {
        return await held.hand.reconcile(held.task, tools);
      } catch (error) {
        return reconciledAfter(error, tools);
      }
    },
  };
}

function outcomeAfter(error: unknown, hand: Hand<HandVerb>, tools: ExecutorTools): Outcome {
  if (!(error instanceof RequestLost && !error.sent)) tools.killSwitch.pass("request-sent");
  if (isTokenRefused(error)) tools.tokenRefused(error);
  const code = refusalCode(error);
  if (code !== undefined && hand.fulfilledBy?.includes(code)) return { kind: "done", result: { already: true } };
  return outcomeOf(error);
}

/** A look that failed is no proof of anything: it is taken again, unless Discord refuses it for good. */
function reconciledAfter(error: unknown, tools: ExecutorTools): Reconciled {
  if (isTokenRefused(error)) tools.tokenRefused(error);
  const outcome = outcomeOf(error);
  if (outcome.kind === "failed") return undecided(outcome.why);
  return { found: "later", why: outcome.kind === "done" ? "Discord could not be asked" : outcome.why };
}

/** The table pairs each verb with its own hand; the compiler cannot follow that pairing through a lookup. */
function handFor(
  order: Order,
  signal: AbortSignal,
): { readonly hand: Hand<HandVerb>; readonly task: Task<HandVerb> } | undefined {
  const { action } = order;
  if (isPlanned(action.verb)) return undefined;
  const hand = HANDS[action.verb] as unknown as Hand<HandVerb>;
  return { hand, task: { order, action, signal } as Task<HandVerb> };
}
