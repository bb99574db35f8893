import { countedOffences, snowflakeTime, type Look, type Member } from "#core";
import type { Condition, Config } from "./config.ts";

const DAY = 86_400_000;

/** Who and where a condition is held against. */
export interface Situation {
  readonly at: number;
  readonly member: Member;
  readonly channelId?: string;
}

/** Whether a condition holds; what is cheap to know is asked first. */
export function holds(condition: Condition, situation: Situation, look: Look, config: Config): boolean {
  const { member, at, channelId } = situation;
  const { roles, channels, accountYoungerThanDays: account, memberForLessThanDays: joined } = condition;
  if (roles !== undefined && !roles.some((id) => member.roleIds.includes(id))) return false;
  if (account !== undefined && at - snowflakeTime(member.userId) >= account * DAY) return false;
  if (joined !== undefined && (member.joinedAt === undefined || at - member.joinedAt >= joined * DAY)) return false;
  if (channels !== undefined && !isIn(channelId, channels, look)) return false;
  if (condition.pointsAtLeast !== undefined && pointsOf(situation, look, config) < condition.pointsAtLeast)
    return false;
  // Cases are read from the store, so they are asked after everything that memory knows.
  const { casesAtLeast } = condition;
  if (casesAtLeast !== undefined && look.cases({ userId: member.userId }).length < casesAtLeast) return false;
  const each = (inner: Condition): boolean => holds(inner, situation, look, config);
  if (condition.all !== undefined && !condition.all.every(each)) return false;
  if (condition.any !== undefined && !condition.any.some(each)) return false;
  return condition.not === undefined || !each(condition.not);
}

function pointsOf({ member, at }: Situation, look: Look, config: Config): number {
  return countedOffences(look.record("conduct", member.userId), at, config.ladder.forgetAfterDays);
}

const DEEPEST = 3;

/** A thread lies in its channel, and that in its category. */
export function isIn(channelId: string | undefined, ids: readonly string[], look: Look): boolean {
  if (ids.length === 0) return false;
  let id = channelId;
  for (let depth = 0; id !== undefined && depth < DEEPEST; depth++) {
    if (ids.includes(id)) return true;
    id = look.channel(id)?.parentId;
  }
  return false;
}
