import type { Member } from "#core";

export function isMember(value: unknown): value is Member {
  return typeof value === "object" && value !== null && "userId" in value;
}
