import {
  type ActionOf,
  botPermissions,
  type Directory,
  isStaffRole,
  type Overwrite,
  Permission,
  type Role,
} from "#core";
import type { PlanView, Step } from "./view.ts";

/** What a locked channel takes from everybody. */
const LOCKED =
  Permission.SEND_MESSAGES |
  Permission.SEND_MESSAGES_IN_THREADS |
  Permission.CREATE_PUBLIC_THREADS |
  Permission.CREATE_PRIVATE_THREADS |
  Permission.ADD_REACTIONS;

/** What is remembered of a lock. */
export interface BeforeLock {
  /** Overwrites as they were before it, in the order they were changed; null where there was none. */
  readonly overwrites: readonly { readonly id: string; readonly was: Overwrite | null }[];
  /** When it ends by itself, or ended; absent: once somebody unlocks it. */
  readonly until?: number;
}

export function lockKey(channelId: string): string {
  return `channel.lock:${channelId}`;
}

interface Change {
  readonly current: Overwrite | undefined;
  readonly wished: Overwrite;
}

/**
 * The house itself first, so that it can still speak; then @everyone is denied, and roles that were allowed explicitly lose
 * that. Staff keep what they have, and so does a single member somebody has let in by name.
 */
function changes(channelId: string, view: PlanView): readonly Change[] {
  const { directory } = view;
  const channel = directory?.channels[channelId];
  if (directory === undefined || channel === undefined) return [];
  const held = LOCKED & botPermissions(directory, view.at, channelId);
  // Without the right to write there itself, the house cannot take it from others: the judge says so.
  const bits = held | Permission.SEND_MESSAGES;
  const current = (id: string) => channel.overwrites.find((one) => one.id === id);
  const own = changed(current(directory.botUserId), directory.botUserId, "member", { allow: held });
  const everyone = changed(current(directory.guildId), directory.guildId, "role", { deny: bits });
  const allowed = channel.overwrites
    .filter((one) => one.type === "role" && (BigInt(one.allow) & bits) !== 0n && isPlainRole(one.id, directory, view))
    .map((one) => changed(one, one.id, "role", { neither: bits }));
  const isFree = (botPermissions(directory, view.at) & Permission.ADMINISTRATOR) !== 0n;
  return [...(isFree ? [] : [own]), everyone, ...allowed].filter((one) => !isSame(one.current, one.wished));
}

function isPlainRole(id: string, directory: Directory, { staffRoleIds }: PlanView): boolean {
  if (id === directory.guildId || directory.botRoleIds.includes(id)) return false;
  const role: Role | undefined = directory.roles[id];
  return role !== undefined && !isStaffRole(role, staffRoleIds);
}

function changed(
  current: Overwrite | undefined,
  id: string,
  type: Overwrite["type"],
  {
    allow = 0n,
    deny = 0n,
    neither = 0n,
  }: { readonly allow?: bigint; readonly deny?: bigint; readonly neither?: bigint },
): Change {
  const before = { allow: BigInt(current?.allow ?? "0"), deny: BigInt(current?.deny ?? "0") };
  const wished = {
    ...{ id, type },
    allow: ((before.allow | allow) & ~deny & ~neither).toString(),
    deny: ((before.deny | deny) & ~allow).toString(),
  };
  return { current, wished };
}

export function lockSteps(channelId: string, view: PlanView): readonly Step[] {
  return changes(channelId, view).map(({ wished }) => ({
    action: { verb: "channel.overwrite", channelId, overwrite: wished },
    onFailure: "stop",
  }));
}

/**
 * What to remember with a lock. What an earlier lock still holds shut was remembered then, and is not forgotten now; of the
 * two, the one that ends later says when.
 */
export function beforeLock({ channelId, until }: ActionOf<"channel.lock">, view: PlanView): BeforeLock {
  const known = remembered(channelId, view);
  const now = changes(channelId, view).map(({ current, wished }) => ({ id: wished.id, was: current ?? null }));
  const overwrites = [...(known?.overwrites ?? []).filter(({ id }) => now.every((one) => one.id !== id)), ...now];
  const isLocked = known !== undefined && (known.until ?? Infinity) > view.at;
  const end = Math.max(until ?? Infinity, isLocked ? (known.until ?? Infinity) : 0);
  return { overwrites, ...(Number.isFinite(end) && { until: end }) };
}

/** Kept for whoever has to unlock once more what could not be unlocked now; over it is all the same. */
export function afterUnlock(channelId: string, view: PlanView): BeforeLock {
  return { overwrites: remembered(channelId, view)?.overwrites ?? [], until: view.at };
}

function remembered(channelId: string, view: PlanView): BeforeLock | undefined {
  return view.remembered(lockKey(channelId)) as BeforeLock | undefined;
}

/**
 * The bits a lock touches get back what they were; whatever else somebody has changed meanwhile stays as they left it. An
 * overwrite that was not there before, and holds nothing else, goes.
 */
export function unlockSteps(channelId: string, view: PlanView): readonly Step[] {
  const channel = view.directory?.channels[channelId];
  return [...(remembered(channelId, view)?.overwrites ?? [])].reverse().flatMap(({ id, was }): Step[] => {
    const current = channel?.overwrites.find((one) => one.id === id);
    if (current === undefined) return [];
    const wished = restored(current, was);
    if (isSame(current, wished)) return [];
    const isEmpty = was === null && wished.allow === "0" && wished.deny === "0";
    return [
      {
        action: isEmpty
          ? { verb: "channel.overwrite-clear", channelId, overwriteId: id }
          : { verb: "channel.overwrite", channelId, overwrite: wished },
        onFailure: "continue",
      },
    ];
  });
}

function restored(current: Overwrite, was: Overwrite | null): Overwrite {
  const merged = (now: string, then: string | undefined) =>
    ((BigInt(now) & ~LOCKED) | (BigInt(then ?? "0") & LOCKED)).toString();
  return { ...current, allow: merged(current.allow, was?.allow), deny: merged(current.deny, was?.deny) };
}

function isSame(one: Overwrite | undefined, other: Overwrite): boolean {
  return (one?.allow ?? "0") === other.allow && (one?.deny ?? "0") === other.deny;
}
