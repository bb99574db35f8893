import { byHandProposal, type AuditChange, type EventOf, type LogLine, type Look } from "#core";

type Entry = EventOf<"audit.logged">;

/** Discord's numbers. */
const KICKED = 20;
const BANNED = 22;
const UNBANNED = 23;
const CHANGED = 24;
const ROLES = 25;
const MOVED = 26;
const DISCONNECTED = 27;
const INVITE_DELETED = 42;
const MESSAGE_DELETED = 72;
const MESSAGES_DELETED = 73;

/** What only the audit log tells, or tells who did it. It says nothing of members who delete their own messages. */
export function auditLines(event: Entry, look: Look): readonly LogLine[] {
  switch (event.action) {
    case KICKED:
    case BANNED:
    case UNBANNED:
      return byHand(event);
    case CHANGED:
      return [...event.changes.flatMap((change) => changed(event, change)), ...(isTimeOut(event) ? byHand(event) : [])];
    case ROLES:
      return event.changes.flatMap((change) => roles(event, change));
    case MOVED:
    case DISCONNECTED:
      return event.isOurs === true ? [] : [outOf(event)];
    case INVITE_DELETED:
      return [inviteGone(event)];
    case MESSAGE_DELETED:
      return event.targetId === look.guild().botUserId ? [] : [{ what: "deleted", ...told(event), ...target(event) }];
    case MESSAGES_DELETED:
      return event.targetId === undefined ? [] : [{ what: "purged", ...told(event), channelId: event.targetId }];
    default:
      return [];
  }
}

/** Which case it became is known once the house has opened it. */
function byHand(event: Entry): readonly LogLine[] {
  return event.isOurs === true ? [] : [{ what: "case", at: event.at, proposalId: byHandProposal(event.id) }];
}

function isTimeOut({ changes }: Entry): boolean {
  return changes.some(({ key }) => key === "communication_disabled_until");
}

function changed(event: Entry, { key, before, after }: AuditChange): readonly LogLine[] {
  if (key === "mute" || key === "deaf") return event.isOurs === true ? [] : [silenced(event, key, after === true)];
  if (key !== "nick") return [];
  return [{ what: "nickname", ...who(event), ...target(event), text: textIn(after), was: { text: textIn(before) } }];
}

function silenced(event: Entry, key: "mute" | "deaf", isOn: boolean): LogLine {
  const [on, off] =
    key === "mute" ? (["voice-muted", "voice-unmuted"] as const) : (["voice-deafened", "voice-undeafened"] as const);
  return { what: isOn ? on : off, ...who(event), ...target(event) };
}

/** Whom it was done to the audit log does not say: that is told by the event of its own. */
function outOf(event: Entry): LogLine {
  return { what: event.action === MOVED ? "voice-moved" : "voice-left", ...told(event) };
}

function roles(event: Entry, { key, after }: AuditChange): readonly LogLine[] {
  const names = (Array.isArray(after) ? after : []).map((role: unknown) =>
    textIn((role as { name?: unknown } | null)?.name),
  );
  if (names.length === 0 || (key !== "$add" && key !== "$remove")) return [];
  const what = key === "$add" ? "roles-added" : "roles-removed";
  return [{ what, ...who(event), ...target(event), roles: names }];
}

function inviteGone(event: Entry): LogLine {
  const before = (wanted: string) => textIn(event.changes.find(({ key }) => key === wanted)?.before);
  const channelId = before("channel_id");
  return { what: "invite-gone", ...told(event), ...(channelId !== "" && { channelId }), code: before("code") };
}

function who({ at, byUserId, targetId }: Entry) {
  return { at, ...(byUserId !== undefined && byUserId !== targetId && { byUserId }) };
}

function target({ targetId, targetName }: Entry) {
  return {
    ...(targetId !== undefined && { userId: targetId }),
    ...(targetName !== undefined && { name: targetName }),
  };
}

/** Told by the event of its own as well, before or after. */
function told(event: Entry) {
  const place = event.channelId === undefined ? {} : { channelId: event.channelId };
  return { ...who(event), ...place, isAudit: true as const };
}

function textIn(value: unknown): string {
  return typeof value === "string" ? value : "";
}
