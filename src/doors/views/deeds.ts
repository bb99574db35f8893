import { type Action, type ActionOf, unreachable, type Verb } from "#core";
import type { Names } from "./words.ts";

/** Three forms of one verb, and what it is done to: "would have *given*", "*gave*", "did not *give*". */
export interface Phrase {
  readonly base: string;
  readonly past: string;
  readonly participle: string;
  readonly object: string;
}

const phrase = (base: string, past: string, object: string, participle = past): Phrase => ({
  base,
  past,
  participle,
  object,
});

const countOf = (count: number, thing: string): string => (count === 1 ? `a ${thing}` : `${count} ${thing}s`);

type VerbOf<Family extends string> = Extract<Verb, `${Family}.${string}`>;
type In<Family extends string> = ActionOf<VerbOf<Family>>;

/** What an action comes to in words; a verb without any does not compile. */
export function phraseOf(action: Action, names: Names): Phrase {
  if (isIn(action, "message", "reaction", "dm")) return messagePhrase(action, names);
  if (isIn(action, "member", "members", "role", "voice")) return memberPhrase(action, names);
  if (isIn(action, "channel", "thread")) return channelPhrase(action, names);
  return guildPhrase(action, names);
}

function isIn<Family extends string>(action: Action, ...families: readonly Family[]): action is In<Family> {
  return families.some((family) => action.verb.startsWith(`${family}.`));
}

function messagePhrase(action: In<"message" | "reaction" | "dm">, names: Names): Phrase {
  if (action.verb === "dm.open") return phrase("open", "opened", "a direct message");
  const place = `in ${names.channel(action.channelId)}`;
  switch (action.verb) {
    case "message.send":
      return phrase("post", "posted", place);
    case "message.edit":
      return phrase("edit", "edited", `a message ${place}`);
    case "message.delete":
      return phrase("delete", "deleted", `a message${action.author ? ` by ${action.author.name}` : ""} ${place}`);
    case "message.bulk-delete":
      return phrase("delete", "deleted", `${countOf(action.messageIds.length, "message")} ${place}`);
    case "message.pin":
      return phrase("pin", "pinned", `a message ${place}`);
    case "message.unpin":
      return phrase("unpin", "unpinned", `a message ${place}`);
    case "message.crosspost":
      return phrase("cross-post", "cross-posted", `a message ${place}`);
    case "reaction.add":
      return phrase("react", "reacted", `with ${action.emoji} ${place}`);
    case "reaction.remove":
      return phrase("take", "took", `the reaction ${action.emoji} off a message ${place}`, "taken");
    case "reaction.clear":
      return phrase("clear", "cleared", `${action.emoji ?? "all"} reactions of a message ${place}`);
    default:
      return unreachable(action);
  }
}

function memberPhrase(action: In<"member" | "members" | "role" | "voice">, names: Names): Phrase {
  if (action.verb === "member.unban") return phrase("unban", "unbanned", action.userId);
  if (action.verb === "members.bulk-ban") return phrase("ban", "banned", `${action.members.length} members`);
  if (action.verb === "members.bulk-unban") return phrase("unban", "unbanned", `${action.userIds.length} members`);
  if (action.verb === "member.tell") return phrase("tell", "told", action.userId);
  if (action.verb === "role.create") return phrase("make", "made", `the role "${action.name}"`);
  if (action.verb === "member.look") return phrase("look up", "looked up", action.userId);
  const { name } = action.member;
  switch (action.verb) {
    case "member.warn":
      return phrase("warn", "warned", name);
    case "member.timeout":
      return phrase("time out", "timed out", name);
    case "member.untimeout":
      return phrase("end", "ended", `the time-out of ${name}`);
    case "member.kick":
      return phrase("kick", "kicked", name);
    case "member.ban":
      return phrase("ban", "banned", name);
    case "role.add":
      return phrase("give", "gave", `${name} the role ${names.role(action.roleId)}`, "given");
    case "role.remove":
      return phrase("take", "took", `the role ${names.role(action.roleId)} from ${name}`, "taken");
    case "member.nickname":
      return phrase("rename", "renamed", name);
    default:
      return voicePhrase(action, names);
  }
}

function voicePhrase(action: In<"voice">, names: Names): Phrase {
  const { name } = action.member;
  switch (action.verb) {
    case "voice.mute":
      return action.muted ? phrase("mute", "muted", name) : phrase("unmute", "unmuted", name);
    case "voice.deafen":
      return action.deafened ? phrase("deafen", "deafened", name) : phrase("undeafen", "undeafened", name);
    case "voice.move":
      return phrase("move", "moved", `${name} to ${names.channel(action.channelId)}`);
    case "voice.disconnect":
      return phrase("disconnect", "disconnected", `${name} from voice`);
    default:
      return unreachable(action);
  }
}

function channelPhrase(action: In<"channel" | "thread">, names: Names): Phrase {
  if (action.verb === "channel.create") return phrase("make", "made", `the channel #${action.name}`);
  const channel = names.channel(action.channelId);
  switch (action.verb) {
    case "channel.slowmode":
      return phrase("set", "set", `slow mode of ${channel} to ${action.seconds} s`);
    case "channel.lock":
      return phrase("lock", "locked", channel);
    case "channel.unlock":
      return phrase("unlock", "unlocked", channel);
    case "channel.overwrite":
    case "channel.overwrite-clear":
      return phrase("change", "changed", `permissions in ${channel}`);
    case "channel.edit":
      return phrase("change", "changed", channel);
    case "channel.delete":
      return phrase("delete", "deleted", channel);
    case "thread.open":
    case "thread.post":
      return phrase("open", "opened", `the thread "${action.name}" in ${channel}`);
    case "thread.edit":
      return threadPhrase(action, channel);
    case "thread.add-member":
      return phrase("add", "added", `somebody to ${channel}`);
    case "thread.remove-member":
      return phrase("take", "took", `somebody out of ${channel}`, "taken");
    default:
      return unreachable(action);
  }
}

function threadPhrase({ name, archived, locked }: ActionOf<"thread.edit">, thread: string): Phrase {
  if (locked !== undefined) return locked ? phrase("lock", "locked", thread) : phrase("unlock", "unlocked", thread);
  if (archived === true) return phrase("archive", "archived", thread);
  return name === undefined ? phrase("reopen", "reopened", thread) : phrase("rename", "renamed", thread);
}

function guildPhrase(
  action: In<
    | "guild"
    | "scheduled-event"
    | "automod-rule"
    | "webhook"
    | "invite"
    | "file"
    | "interaction"
    | "card"
    | "tap"
    | "policy"
    | "transcript"
  >,
  names: Names,
): Phrase {
  switch (action.verb) {
    case "guild.pause":
      return phrase("pause", "paused", pausedOf(action));
    case "guild.resume":
      return phrase("end", "ended", "the pause of invites and direct messages");
    case "guild.incidents":
      return phrase("set", "set", "which of invites and direct messages are paused");
    case "guild.verification":
      return phrase("set", "set", `what newcomers must have to level ${action.level}`);
    case "scheduled-event.create":
      return phrase("schedule", "scheduled", `the event "${action.name}"`);
    case "scheduled-event.edit":
      return phrase("change", "changed", "a scheduled event");
    case "scheduled-event.cancel":
      return phrase("cancel", "cancelled", "a scheduled event");
    case "automod-rule.put":
      return phrase("set", "set", `Discord's AutoMod rule "${action.rule.name}"`);
    case "automod-rule.delete":
      return phrase("delete", "deleted", "a rule of Discord's AutoMod");
    case "webhook.create":
      return phrase("make", "made", `the webhook "${action.name}" in ${names.channel(action.channelId)}`);
    case "webhook.send":
      return phrase("post", "posted", "through a webhook");
    case "webhook.delete":
      return phrase("delete", "deleted", "a webhook");
    case "invite.delete":
      return phrase("delete", "deleted", `the invite ${action.code}`);
    case "card.show":
      return phrase("show", "showed", "a card", "shown");
    case "card.update":
      return phrase("update", "updated", "a card");
    case "tap.answer":
      return phrase("answer", "answered", "a press of a button");
    case "file.read":
      return phrase("read", "read", "a file somebody gave");
    case "transcript.make":
      return phrase("put together", "put together", `the transcript of ticket #${action.number}`);
    case "interaction.reply":
      return phrase("answer", "answered", "the command");
    case "policy.choose":
      return phrase("choose", "chose", "what holds in this guild", "chosen");
    default:
      return unreachable(action);
  }
}

function pausedOf({ invites, messages }: ActionOf<"guild.pause">): string {
  return [...(invites ? ["invites"] : []), ...(messages ? ["direct messages"] : [])].join(" and ");
}
