import type { GuildEvent } from "#core";
import { subjectOf } from "#core";

/** More members than come and go while one commit is on its way; the store knows the rest. */
const REMEMBERED = 5_000;

/** What lately happened to members, for whoever must know it before it is committed. */
export interface Moves {
  follow(event: GuildEvent): void;
  of(userId: string): readonly GuildEvent[];
}

export function createMoves(): Moves {
  const recent = new Map<string, GuildEvent[]>();
  return {
    follow(event) {
      const userId = event.kind.startsWith("member.") ? subjectOf(event) : undefined;
      if (userId === undefined) return;
      const before = recent.get(userId) ?? [];
      recent.delete(userId);
      // A decision that lacked something is made again: the same event must not count twice.
      recent.set(userId, before.at(-1)?.id === event.id ? before : [...before.slice(-9), event]);
      if (recent.size > REMEMBERED) recent.delete(recent.keys().next().value!);
    },
    of: (userId) => recent.get(userId) ?? [],
  };
}
