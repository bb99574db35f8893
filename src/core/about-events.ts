import type { GuildEvent, Use } from "./events.ts";

export function isUse(event: GuildEvent): event is Use {
  return "interaction" in event;
}

/** Whom an event is about, where it is about somebody: what "erase this member" looks for. */
export function subjectOf(event: GuildEvent): string | undefined {
  switch (event.kind) {
    case "message.created":
    case "message.edited":
      return event.author.userId;
    case "reaction.added":
    case "reaction.removed":
    case "invite.used":
    case "member.left":
    case "member.banned":
    case "member.unbanned":
    case "voice.left":
    case "automod.acted":
    case "appeal.filed":
    case "scheduled-event.joined":
    case "scheduled-event.left":
      return event.userId;
    case "voice.changed":
      return event.state.userId;
    case "invite.created":
      return event.byUserId;
    case "incident.noticed":
      return event.by.userId;
    case "thread.created":
    case "thread.updated":
      return event.thread.thread?.ownerId;
    case "audit.logged":
      return isAboutMember(event.action) ? event.targetId : event.byUserId;
    case "member.joined":
    case "member.updated":
      return event.member.userId;
    case "command.used":
    case "button.pressed":
    case "select.chosen":
    case "modal.submitted":
      return event.by.userId;
    default:
      return undefined;
  }
}

/** The event in which a message was written. */
export function writtenIn(messageId: string): string {
  return `m:${messageId}`;
}

/** Discord's numbers from 20 (kick) to 28 (bot added) have a member as their target. */
export function isAboutMember(auditAction: number): boolean {
  return auditAction >= 20 && auditAction <= 28;
}

export function channelOf(event: GuildEvent): string | undefined {
  return "channelId" in event ? event.channelId : undefined;
}
