import { propose, tally, type Effect, type EventOf, type Look } from "#core";
import { textOf } from "#core/text/index";
import type { Config } from "./config.ts";
import { FLAGGED, liveRaid } from "./raid.ts";
import { respond } from "./response.ts";
import type { Reason, Sign } from "./signs.ts";

type NewMessage = EventOf<"message.created">;

/** Whoever joined longer ago is no newcomer any more: what they write is other agents' matter. */
const NEWCOMER_MS = 600_000;
/** Nobody reads a channel and answers sooner. */
const QUICK_MS = 15_000;
const SHORTEST_COPY = 8;
const SAYERS = 3;
const MENTIONS = { flagged: 3, other: 5 };

export const ATTACK_COUNTERS = {
  said: { windowSeconds: 120 },
  sayers: { windowSeconds: 120 },
  attacker: { windowSeconds: 600 },
  attackers: { windowSeconds: 60 },
} as const;

/** Read for nearly every message: for all but newcomers it ends with one comparison. */
export function isNewcomer({ author, at }: NewMessage): boolean {
  return author.joinedAt !== undefined && at - author.joinedAt < NEWCOMER_MS && author.bot !== true;
}

/**
 * Newcomers who spam, each alone or all the same. Where so many do at once it is an attack, whether or not they came together;
 * whoever came with a raid is trusted less.
 */
export function onMessage(event: NewMessage, look: Look, config: Config): readonly Effect[] {
  const { userId } = event.author;
  const copies = copiesOf(event, look);
  const isFlagged = look.count(FLAGGED, userId) > 0;
  const reason = hostile(event, isFlagged, copies.sayers);
  if (reason === undefined) return copies.tallies;
  const isFirst = look.count("attacker", userId) === 0;
  const known = look.count("attackers", "all") + (isFirst ? 1 : 0);
  // The first to say it were not known for what they were.
  const attackers = reason.key === "why.copies" ? Math.max(known, copies.sayers) : known;
  const counted = isFirst ? [tally("attacker", userId), tally("attackers", "all")] : [];
  const isAttack = attackers >= config.attackers;
  const live = liveRaid(look);
  const sign: Sign = { step: isAttack ? "lock" : "watch", reason, members: [event.author], joins: 0 };
  const isRaid = isAttack || (live !== undefined && live.step !== "watch");
  return [
    ...copies.tallies,
    ...counted,
    ...(isRaid ? [removal(event)] : []),
    ...respond(sign, event.at, look, config, { channelId: event.channelId, by: event.author }),
  ];
}

/** How many newcomers have said this by now; each counts once. */
function copiesOf(event: NewMessage, look: Look): { readonly sayers: number; readonly tallies: readonly Effect[] } {
  const { normalised } = textOf(event);
  if (normalised.length < SHORTEST_COPY) return { sayers: 0, tallies: [] };
  const key = textOf(event).fingerprint;
  const own = `${event.author.userId}:${key}`;
  const sayers = look.count("sayers", key);
  if (look.count("said", own) > 0) return { sayers, tallies: [] };
  return { sayers: sayers + 1, tallies: [tally("said", own), tally("sayers", key)] };
}

/** Many who greet alike are no attack: somebody nobody suspects must also post a link, or call many people. */
function hostile(event: NewMessage, isFlagged: boolean, sayers: number): Reason | undefined {
  const mentions = new Set([...event.mentionedUserIds, ...event.mentionedRoleIds]).size;
  const tooMany = isFlagged ? MENTIONS.flagged : MENTIONS.other;
  if (event.mentionsEveryone === true || mentions >= tooMany) return { key: "why.mentions", values: {} };
  const hasLink = textOf(event).links.length > 0;
  if (sayers >= SAYERS && (isFlagged || hasLink)) return { key: "why.copies", values: { count: sayers } };
  if (!isFlagged) return undefined;
  if (hasLink) return { key: "why.link", values: {} };
  const seconds = Math.round((event.at - (event.author.joinedAt ?? 0)) / 1_000);
  return seconds * 1_000 < QUICK_MS ? { key: "why.quick", values: { seconds } } : undefined;
}

function removal({ channelId, messageId, author }: NewMessage): Effect {
  return propose(
    { verb: "message.delete", channelId, messageId, author },
    { rule: "raid-message", why: "was posted by a newcomer as part of a raid", confidence: 0.95 },
  );
}
