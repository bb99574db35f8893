import type { Member } from "../api.ts";

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit" });

/** What keeps somebody from speaking, if something does. */
export function conditionOf(member: Member): string | undefined {
  if (member.banned === true) return "banned";
  const { timeoutUntil } = member;
  return timeoutUntil !== undefined && timeoutUntil > Date.now()
    ? `timed out until ${clock.format(timeoutUntil)}`
    : undefined;
}
