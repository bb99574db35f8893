import { type Action, Permission, type Verb } from "#core";
import { NOW, type Scene } from "./world.ts";

const words = { text: "Be kind." };
const HOUR = 3_600_000;
const event = { name: "Owl watch", startsAt: NOW + HOUR, endsAt: NOW + 2 * HOUR };
const elsewhere = { kind: "elsewhere", location: "The old tower" } as const;

/** Several of each verb where it depends on where, on whom and on what it is done. */
export const ATTEMPTS: Readonly<
  Record<
    Exclude<
      Verb,
      | "interaction.reply"
      | "file.read"
      | "webhook.send"
      | "card.show"
      | "card.update"
      | "tap.answer"
      | "policy.choose"
      | "transcript.make"
    >,
    readonly ((s: Scene) => Action)[]
  >
> = {
  "message.send": [
    ({ text }) => ({ verb: "message.send", channelId: text, words }),
    ({ thread }) => ({ verb: "message.send", channelId: thread, words }),
    ({ voice }) => ({ verb: "message.send", channelId: voice, words }),
    ({ text, messageId }) => ({ verb: "message.send", channelId: text, words, replyToMessageId: messageId }),
  ],
  "message.edit": [
    ({ thread, threadMessageId }) => ({ verb: "message.edit", channelId: thread, messageId: threadMessageId, words }),
  ],
  "message.delete": [({ text, messageId, author }) => ({ verb: "message.delete", channelId: text, messageId, author })],
  "message.bulk-delete": [
    ({ text, messageId, otherMessageId }) => ({
      ...{ verb: "message.bulk-delete", channelId: text, messageIds: [messageId, otherMessageId] },
    }),
  ],
  "message.pin": [({ text, messageId }) => ({ verb: "message.pin", channelId: text, messageId })],
  "message.crosspost": [({ news, newsId }) => ({ verb: "message.crosspost", channelId: news, messageId: newsId })],
  "message.unpin": [({ text, messageId }) => ({ verb: "message.unpin", channelId: text, messageId })],
  "reaction.add": [({ text, messageId }) => ({ verb: "reaction.add", channelId: text, messageId, emoji: "👀" })],
  "reaction.remove": [
    ({ text, messageId }) => ({ verb: "reaction.remove", channelId: text, messageId, emoji: "👀" }),
    ({ text, messageId, target }) => ({
      ...{ verb: "reaction.remove", channelId: text, messageId, emoji: "👀", userId: target.userId },
    }),
  ],
  "reaction.clear": [({ text, messageId }) => ({ verb: "reaction.clear", channelId: text, messageId })],
  "dm.open": [({ target }) => ({ verb: "dm.open", userId: target.userId })],
  "member.warn": [({ target }) => ({ verb: "member.warn", member: target, notice: "Mind your words." })],
  "member.tell": [({ target }) => ({ verb: "member.tell", userId: target.userId, words: { text: "Welcome back." } })],
  "member.timeout": [({ target }) => ({ verb: "member.timeout", member: target, until: NOW + HOUR })],
  "member.untimeout": [({ target }) => ({ verb: "member.untimeout", member: target })],
  "member.kick": [({ target }) => ({ verb: "member.kick", member: target })],
  "member.ban": [({ target }) => ({ verb: "member.ban", member: target, deleteSeconds: 0 })],
  "member.unban": [({ target }) => ({ verb: "member.unban", userId: target.userId })],
  "members.bulk-ban": [({ target }) => ({ verb: "members.bulk-ban", members: [target], deleteSeconds: 0 })],
  "members.bulk-unban": [({ target }) => ({ verb: "members.bulk-unban", userIds: [target.userId] })],
  "role.create": [() => ({ verb: "role.create", name: "Owl keeper", permissions: Permission.MANAGE_MESSAGES.toString() })], // prettier-ignore
  "member.look": [({ target }) => ({ verb: "member.look", userId: target.userId })],
  "role.add": [({ target, roleId }) => ({ verb: "role.add", member: target, roleId })],
  "role.remove": [
    ({ target, roleId }) => ({ verb: "role.remove", member: target, roleId }),
    ({ target, guild }) => ({ verb: "role.remove", member: target, roleId: guild.id }),
  ],
  "member.nickname": [
    ({ target }) => ({ verb: "member.nickname", member: target, nickname: "Bo" }),
    ({ author }) => ({ verb: "member.nickname", member: author, nickname: "Bo" }),
  ],
  "voice.mute": [({ target }) => ({ verb: "voice.mute", member: target, muted: true })],
  "voice.deafen": [({ target }) => ({ verb: "voice.deafen", member: target, deafened: true })],
  "voice.move": [({ target, voice }) => ({ verb: "voice.move", member: target, channelId: voice })],
  "voice.disconnect": [({ target }) => ({ verb: "voice.disconnect", member: target })],
  "channel.slowmode": [
    ({ text }) => ({ verb: "channel.slowmode", channelId: text, seconds: 5 }),
    ({ thread }) => ({ verb: "channel.slowmode", channelId: thread, seconds: 5 }),
    ({ voice }) => ({ verb: "channel.slowmode", channelId: voice, seconds: 5 }),
  ],
  "channel.lock": [({ text }) => ({ verb: "channel.lock", channelId: text })],
  "channel.unlock": [({ text }) => ({ verb: "channel.unlock", channelId: text })],
  "channel.overwrite": [
    ({ text, roleId }) => ({
      verb: "channel.overwrite",
      channelId: text,
      overwrite: { id: roleId, type: "role", allow: "0", deny: Permission.SEND_MESSAGES.toString() },
    }),
    ({ voice, roleId }) => ({
      verb: "channel.overwrite",
      channelId: voice,
      overwrite: { id: roleId, type: "role", allow: Permission.MANAGE_MESSAGES.toString(), deny: "0" },
    }),
  ],
  "channel.overwrite-clear": [
    ({ text, guild }) => ({ verb: "channel.overwrite-clear", channelId: text, overwriteId: guild.id }),
    ({ voice, guild }) => ({ verb: "channel.overwrite-clear", channelId: voice, overwriteId: guild.id }),
  ],
  "channel.create": [
    () => ({ verb: "channel.create", name: "annex", type: 0 }),
    ({ roleId }) => ({
      verb: "channel.create",
      name: "annex",
      type: 0,
      overwrites: [{ id: roleId, type: "role", allow: Permission.SEND_MESSAGES.toString(), deny: "0" }],
    }),
  ],
  "channel.edit": [
    ({ text }) => ({ verb: "channel.edit", channelId: text, topic: "Owls" }),
    ({ voice }) => ({ verb: "channel.edit", channelId: voice, name: "Owls" }),
  ],
  "channel.delete": [
    ({ text }) => ({ verb: "channel.delete", channelId: text }),
    ({ thread }) => ({ verb: "channel.delete", channelId: thread }),
    ({ voice }) => ({ verb: "channel.delete", channelId: voice }),
  ],
  "thread.open": [
    ({ text }) => ({ verb: "thread.open", channelId: text, name: "ticket", isPrivate: true }),
    ({ text }) => ({ verb: "thread.open", channelId: text, name: "talk", isPrivate: false }),
    ({ news }) => ({ verb: "thread.open", channelId: news, name: "talk", isPrivate: true }),
    ({ forum }) => ({ verb: "thread.open", channelId: forum, name: "talk", isPrivate: false }),
  ],
  "thread.post": [({ forum }) => ({ verb: "thread.post", channelId: forum, name: "An idea", words })],
  "thread.edit": [
    ({ thread }) => ({ verb: "thread.edit", channelId: thread, locked: true }),
    ({ thread }) => ({ verb: "thread.edit", channelId: thread, archived: true }),
    ({ thread }) => ({ verb: "thread.edit", channelId: thread, archived: false }),
    ({ thread }) => ({ verb: "thread.edit", channelId: thread, name: "renamed" }),
  ],
  "thread.add-member": [
    ({ thread, target }) => ({ verb: "thread.add-member", channelId: thread, userId: target.userId }),
  ],
  "thread.remove-member": [
    ({ thread, target }) => ({ verb: "thread.remove-member", channelId: thread, userId: target.userId }),
  ],
  "guild.pause": [() => ({ verb: "guild.pause", invites: true, messages: true, until: NOW + HOUR })],
  "guild.resume": [() => ({ verb: "guild.resume" })],
  "guild.verification": [() => ({ verb: "guild.verification", level: 3 })],
  "guild.incidents": [() => ({ verb: "guild.incidents", invitesOffUntil: NOW + HOUR, messagesOffUntil: null })],
  "scheduled-event.create": [
    () => ({ verb: "scheduled-event.create", ...event, place: elsewhere }),
    ({ voice }) => ({ verb: "scheduled-event.create", ...event, place: { kind: "voice", channelId: voice } }),
  ],
  "scheduled-event.edit": [
    ({ eventId }) => ({ verb: "scheduled-event.edit", scheduledEventId: eventId, name: "Owl walk" }),
  ],
  "scheduled-event.cancel": [({ eventId }) => ({ verb: "scheduled-event.cancel", scheduledEventId: eventId })],
  "automod-rule.put": [
    () => ({
      verb: "automod-rule.put",
      rule: { name: "No mice", enabled: true, trigger: { kind: "spam" }, response: { block: true } },
    }),
    () => ({
      verb: "automod-rule.put",
      rule: {
        name: "No mice",
        enabled: true,
        trigger: { kind: "spam" },
        response: { block: true, timeoutSeconds: 60 },
      },
    }),
  ],
  "automod-rule.delete": [({ ruleId }) => ({ verb: "automod-rule.delete", ruleId })],
  "webhook.create": [
    ({ text }) => ({ verb: "webhook.create", channelId: text, name: "Owl post" }),
    ({ voice }) => ({ verb: "webhook.create", channelId: voice, name: "Owl post" }),
  ],
  "webhook.delete": [({ webhookId }) => ({ verb: "webhook.delete", webhookId })],
  "invite.delete": [({ inviteCode }) => ({ verb: "invite.delete", code: inviteCode })],
};
