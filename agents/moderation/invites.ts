import { write, type Effect, type EventOf, type Look } from "#core";

const keyOf = (code: string): string => `moderation:invite:${code}`;

/** Invitations to this very server, as they are made and withdrawn. */
export function rememberInvite(event: EventOf<"invite.created" | "invite.deleted">): readonly Effect[] {
  const key = keyOf(event.code);
  if (event.kind === "invite.deleted") return [write({ write: "record.delete", record: "note", key })];
  return [write({ write: "record.put", record: "note", key, value: { text: "own", at: event.at } })];
}

export function isOwnInvite(code: string, look: Look): boolean {
  return look.record("note", keyOf(code)) !== undefined;
}
