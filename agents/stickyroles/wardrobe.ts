import { propose, roleHindrance, write, type Effect, type EventOf, type Look, type Member, type Worn } from "#core";
import type { Config } from "./config.ts";

const DAY = 86_400_000;
/** Nobody has more; a record stays small. */
const MOST_ROLES = 100;
const KICK = 20;

export const forgetTimer = (userId: string): string => `forget:${userId}`;

function kept(userId: string, value: Worn): Effect {
  return write({ write: "record.put", record: "worn", key: userId, value });
}

export function forgotten(userId: string): readonly Effect[] {
  return [
    write({ write: "record.delete", record: "worn", key: userId }),
    write({ write: "timer.clear", timer: forgetTimer(userId) }),
  ];
}

/** Those that may come back one day. Whether they still are harmless is asked again on that day. */
function worthKeeping(roleIds: readonly string[], guildId: string, look: Look, config: Config): readonly string[] {
  const guild = look.guild();
  const never = new Set([
    ...config.neverRoleIds,
    ...config.quarantineRoleIds,
    ...(config.afterRoleId === undefined ? [] : [config.afterRoleId]),
  ]);
  return roleIds
    .filter((id) => !never.has(id) && (config.onlyRoleIds.length === 0 || config.onlyRoleIds.includes(id)))
    .filter((id) => roleHindrance(look.role(id), guildId, guild) === undefined)
    .slice(0, MOST_ROLES);
}

/** What somebody has now is what they would get back: a role that was taken from them is gone from here with it. */
export function changed(event: EventOf<"member.updated">, look: Look, config: Config): readonly Effect[] {
  const { member, guildId } = event;
  if (!config.enabled || member.bot === true) return [];
  const before = look.record("worn", member.userId);
  const given = returned(before, event, look, config);
  const owed = given.length > 0 || before?.owed === undefined || isIn(member, config) ? [] : before.owed;
  const roleIds = [...worthKeeping(member.roleIds, guildId, look, config)].sort();
  const isQuarantined = member.roleIds.some((id) => config.quarantineRoleIds.includes(id));
  const value: Worn = {
    roleIds,
    ...(owed.length > 0 && { owed }),
    ...(isQuarantined && { quarantined: true }),
  };
  if (given.length === 0 && isSame(before, value)) return [];
  return [...given, isNothing(value) ? forgotten(member.userId)[0]! : kept(member.userId, value)];
}

function isNothing({ roleIds, owed, quarantined }: Worn): boolean {
  return roleIds.length === 0 && owed === undefined && quarantined !== true;
}

function isSame(before: Worn | undefined, after: Worn): boolean {
  if (before === undefined) return isNothing(after);
  const key = ({ roleIds, owed = [], quarantined, leftAt }: Worn) =>
    [roleIds.join(), owed.join(), quarantined === true, leftAt].join(";");
  return key(before) === key(after);
}

/** They are gone: from now on it is remembered for a time. */
export function left(event: EventOf<"member.left">, look: Look, config: Config): readonly Effect[] {
  const { userId, at } = event;
  const before = look.record("worn", userId);
  if (before === undefined) return [];
  const { owed = [], roleIds } = before;
  const all = [...new Set([...roleIds, ...owed])];
  if (!config.enabled || before.quarantined === true || all.length === 0) return forgotten(userId);
  return [
    kept(userId, { roleIds: all, leftAt: at }),
    write({ write: "timer.set", timer: forgetTimer(userId), at: at + config.days * DAY, payload: { userId } }),
  ];
}

/** They are back: at once, or once somebody has let them in. */
export function joined(event: EventOf<"member.joined">, look: Look, config: Config): readonly Effect[] {
  const { member, at } = event;
  const { userId } = member;
  const before = look.record("worn", userId);
  if (before?.leftAt === undefined) return [];
  if (!config.enabled || member.bot === true || at >= before.leftAt + config.days * DAY) return forgotten(userId);
  const owing: Worn = { roleIds: [], owed: before.roleIds };
  const given = returned(owing, event, look, config);
  return [
    ...given,
    isIn(member, config) ? write({ write: "record.delete", record: "worn", key: userId }) : kept(userId, owing),
    write({ write: "timer.clear", timer: forgetTimer(userId) }),
  ];
}

function isIn({ roleIds }: Member, { afterRoleId }: Config): boolean {
  return afterRoleId === undefined || roleIds.includes(afterRoleId);
}

type Back = EventOf<"member.joined" | "member.updated">;

/** What is owed is given, as far as it is still harmless, and not there already. */
function returned(worn: Worn | undefined, event: Back, look: Look, config: Config): readonly Effect[] {
  const { member, guildId } = event;
  if (worn?.owed === undefined || !isIn(member, config)) return [];
  return worthKeeping(worn.owed, guildId, look, config)
    .filter((roleId) => !member.roleIds.includes(roleId))
    .map((roleId) =>
      propose(
        { verb: "role.add", member, roleId },
        { rule: "role-back", why: "had this role when they left", confidence: 1 },
      ),
    );
}

/** Whom staff sent away does not come back as they were. */
export function kicked(event: EventOf<"audit.logged">, look: Look): readonly Effect[] {
  const { action, targetId } = event;
  if (action !== KICK || targetId === undefined) return [];
  return look.record("worn", targetId) === undefined ? [] : forgotten(targetId);
}
