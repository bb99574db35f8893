import { write, type Effect, type EventOf, type Look } from "#core";

const keyOf = (code: string): string => `moderation:invite:${code}`;
const LISTED = "listed";

/** Invitations to this very server, as they are made and withdrawn, and those there were before. */
export function rememberInvite(
  event: EventOf<"invite.created" | "invite.deleted" | "invites.listed">,
  look: Look,
): readonly Effect[] {
  if (event.kind === "invites.listed") return [listed(event.codes)];
  const key = keyOf(event.code);
  if (event.kind === "invite.created")
    return [write({ write: "record.put", record: "note", key, value: { text: "own", at: event.at } })];
  const before = look.record("ownInvites", LISTED)?.codes ?? [];
  const after = before.filter((code) => code !== event.code);
  const withdrawn = write({ write: "record.delete", record: "note", key });
  return after.length === before.length ? [withdrawn] : [withdrawn, listed(after)];
}

function listed(codes: readonly string[]): Effect {
  return write({ write: "record.put", record: "ownInvites", key: LISTED, value: { codes } });
}

export function isOwnInvite(code: string, look: Look): boolean {
  return (
    look.record("note", keyOf(code)) !== undefined || look.record("ownInvites", LISTED)?.codes.includes(code) === true
  );
}
