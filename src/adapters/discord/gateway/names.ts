import type { GuildEvent } from "#core";

/** The frame that tells of a ban and the audit entry that tells why are a moment apart; more than that is not needed. */
const REMEMBERED = 2_000;

export interface Names {
  heard(event: GuildEvent): void;
  nameOf(userId: string): string | undefined;
}

/** What members were last called, as far as it was heard lately. */
export function createNames(): Names {
  const names = new Map<string, string>();
  const keep = (userId: string, name: string) => {
    names.delete(userId);
    names.set(userId, name);
    if (names.size > REMEMBERED) names.delete(names.keys().next().value!);
  };
  return {
    heard: (event) => {
      switch (event.kind) {
        case "member.banned":
        case "member.unbanned":
        case "member.left":
          return keep(event.userId, event.name);
        case "member.updated":
        case "member.joined":
          return keep(event.member.userId, event.member.name);
        default:
          return undefined;
      }
    },
    nameOf: (userId) => names.get(userId),
  };
}
