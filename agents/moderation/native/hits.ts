import { conductAfter, write, type Effect, type EventOf, type Look } from "#core";
import type { Config } from "../config.ts";
import { EXACT, type Finding } from "../findings.ts";
import { standingOf } from "../ladder.ts";
import { measuresFor, type Offence } from "../measures.ts";
import { mirrorOf } from "./mirror.ts";

/**
 * A message that Discord held back counts like one that the house removed. Which roles its author has the event does not say, so
 * nothing harsher than a warning follows: whoever should be spared could not be told from others.
 */
export function judgeHit(event: EventOf<"automod.acted">, look: Look, config: Config): readonly Effect[] {
  const { ownerId, botUserId } = look.guild();
  if (config.nativeHits === "ignore" || event.userId === ownerId || event.userId === botUserId) return [];
  const { at, userId, text, channelId, messageId } = event;
  const rule = ruleOf(event, look) ?? "native-automod";
  const offence: Offence = {
    ...{ eventId: event.id, at, text, about: messageId ?? event.id, removal: [] },
    member: { userId, name: userId, roleIds: [] },
    ...(channelId !== undefined && { channelId }),
  };
  const chosen = config.rules[rule];
  const points = chosen?.then.points ?? 1;
  if (config.nativeHits === "count") return counted(offence, rule, points, look, config);
  const then = { atLeast: "warn", atMost: "warn", points, deletes: false, tellsModerators: false } as const;
  const finding: Finding = {
    ...{ ...reasonOf(event), confidence: EXACT, rule, then },
    ...(chosen?.about !== undefined && { about: chosen.about }),
  };
  return measuresFor(offence, finding, look, config);
}

const SPAM = 3;
const MENTIONS = 5;

/** Of its own lists Discord tells no word, and of what it takes for spam not even that. */
function reasonOf({ trigger, keyword, matched }: EventOf<"automod.acted">): Pick<Finding, "reason" | "facts"> {
  if (trigger === SPAM) return { reason: "native-spam", facts: {} };
  if (trigger === MENTIONS) return { reason: "native-mentions", facts: {} };
  const word = keyword ?? matched;
  return word === undefined ? { reason: "native-unnamed", facts: {} } : { reason: "native", facts: { word } };
}

function counted(offence: Offence, rule: string, points: number, look: Look, config: Config): readonly Effect[] {
  const { eventId, at, about, member } = offence;
  const conduct = look.record("conduct", member.userId);
  const standing = standingOf(conduct, at, about, config);
  if (standing.isAnswered || points === 0) return [];
  const before = { conduct, offences: standing.points };
  return [write(conductAfter(member.userId, before, { eventId, at, rule, points, about }))];
}

/** The rule of the guild's that was pushed down, where it is one of those. */
function ruleOf({ ruleId }: EventOf<"automod.acted">, look: Look): string | undefined {
  return Object.entries(mirrorOf(look)).find(([, kept]) => kept.ruleId === ruleId)?.[0];
}
