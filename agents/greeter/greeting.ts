import { propose, tally, write, type Effect, type EventOf, type Look, type Member } from "#core";
import type { Config } from "./config.ts";
import { post, wordsFor } from "./saying.ts";

export const COUNTERS = {
  arrivals: { windowSeconds: 60 },
  departures: { windowSeconds: 60 },
  banned: { windowSeconds: 60 },
} as const;

/** Somebody came. Whoever must be let in first is remembered until they are. */
export function joined(event: EventOf<"member.joined">, look: Look, config: Config): readonly Effect[] {
  const { member } = event;
  if (member.bot === true || isSilent(config)) return [];
  if (isIn(member, config)) return greeted(event, look, config);
  return [write({ write: "record.put", record: "ungreeted", key: member.userId, value: { at: event.at } })];
}

/** Somebody was let in, perhaps. */
export function admitted(event: EventOf<"member.updated">, look: Look, config: Config): readonly Effect[] {
  const { member } = event;
  if (isSilent(config) || !isGated(config) || !isIn(member, config)) return [];
  if (look.record("ungreeted", member.userId) === undefined) return [];
  return [...greeted(event, look, config), write({ write: "record.delete", record: "ungreeted", key: member.userId })];
}

function isGated({ after }: Config): boolean {
  return after.roleId !== undefined || after.screening;
}

function isIn(member: Member, { after }: Config): boolean {
  if (after.screening && member.pending === true) return false;
  return after.roleId === undefined || member.roleIds.includes(after.roleId);
}

function isSilent({ welcome, leave }: Config): boolean {
  return welcome.channelId === undefined && welcome.direct.length === 0 && leave.channelId === undefined;
}

type Coming = EventOf<"member.joined" | "member.updated">;

function greeted(event: Coming, look: Look, config: Config): readonly Effect[] {
  const { member } = event;
  const counted = tally("arrivals", "all");
  if (look.count("arrivals", "all") + 1 > config.quietAfter) return [counted];
  const about = { eventId: event.id, member };
  const { channelId, texts, direct } = config.welcome;
  const said = wordsFor("welcome", texts, about, look);
  const told = wordsFor("direct", direct, about, look);
  const isThere = channelId !== undefined && look.channel(channelId) !== undefined;
  return [
    counted,
    ...(isThere && said !== undefined ? [post(channelId, said, "welcome", "joined the guild")] : []),
    ...(told === undefined
      ? []
      : [
          propose(
            { verb: "member.tell", userId: member.userId, words: told },
            { rule: "welcome-direct", why: "joined the guild", confidence: 1 },
          ),
        ]),
  ];
}

/** Somebody is gone. Of those who never came in, and of those who were banned, nothing is said. */
export function left(event: EventOf<"member.left">, look: Look, config: Config): readonly Effect[] {
  const { userId, name } = event;
  if (isSilent(config)) return [];
  if (isGated(config) && look.record("ungreeted", userId) !== undefined)
    return [write({ write: "record.delete", record: "ungreeted", key: userId })];
  const { channelId, texts } = config.leave;
  if (channelId === undefined || look.channel(channelId) === undefined) return [];
  if (look.count("banned", userId) > 0) return [];
  const counted = tally("departures", "all");
  if (look.count("departures", "all") + 1 > config.quietAfter) return [counted];
  const said = wordsFor("leave", texts, { eventId: event.id, member: { userId, name } }, look);
  return [counted, ...(said === undefined ? [] : [post(channelId, said, "farewell", "left the guild")])];
}
