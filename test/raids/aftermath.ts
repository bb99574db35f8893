import type { RaidOutcome } from "./raid.ts";
import { type Scene, standOf } from "./scene.ts";

async function ask<T>(scene: Scene, path: string, init: RequestInit = {}): Promise<T> {
  const { origin, token } = scene.house();
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const answer = await fetch(`${origin}/api/guilds/${scene.guild.guildId}${path}`, { ...init, headers });
  return (await answer.json()) as T;
}

export async function until<T>(what: string, seconds: number, look: () => Promise<T | undefined>): Promise<T> {
  for (const end = Date.now() + seconds * 1_000; Date.now() < end;) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`waited in vain for ${what}`);
}

/** Everything as it was, to the last bit. */
export function putBack(scene: Scene, before: string, seconds: number): Promise<true> {
  return until("everything to be put back", seconds, () =>
    Promise.resolve(standOf(scene) === before ? true : undefined),
  );
}

/** Nothing more is asked of Discord: whatever happened has been heard of. */
export async function settled({ simulator }: Scene, seconds: number): Promise<void> {
  let [count, since] = [-1, Date.now()];
  await until("the house to be quiet", seconds, () => {
    const now = simulator.control.requests().length;
    if (now !== count) [count, since] = [now, Date.now()];
    return Promise.resolve(Date.now() - since > 1_500 ? true : undefined);
  });
}

/** The owner ends it with the command, as soon as the house takes commands. */
export function endByHand({ simulator, guild }: Scene): void {
  simulator.control.useCommand(guild.guildId, guild.channelIds["general"]!, guild.userIds["marisol"]!, "raid off", {});
}

interface Listed {
  readonly approvals: readonly { readonly id: string; readonly seen: string }[];
}

/** One person allows the one card about the cohort. */
export async function allowBan(scene: Scene, seconds: number): Promise<void> {
  const found = await until("a card about the raid's members", seconds, async () => {
    const { approvals = [] } = await ask<Partial<Listed>>(scene, "/approvals?status=pending");
    return approvals[0];
  });
  const body = JSON.stringify({ answer: "approve", seen: found.seen });
  await ask(scene, `/approvals/${found.id}/answer`, { method: "POST", body });
}

export function bannedOf({ simulator, guild }: Scene, ids: readonly string[]): number {
  const banned = new Set(simulator.control.bans(guild.guildId).map(({ userId }) => userId));
  return ids.filter((id) => banned.has(id)).length;
}

/** Refusals for too many requests, the most that came within one second of those that count, and overwrites that were put. */
export function restOf({ simulator }: Scene) {
  const all = simulator.control.requests();
  const counted = all.filter(({ path }) => !path.includes("/interactions/"));
  const seconds = new Map<number, number>();
  for (const { at } of counted) seconds.set(Math.floor(at / 1_000), (seconds.get(Math.floor(at / 1_000)) ?? 0) + 1);
  return {
    refused: all.filter(({ status }) => status === 429).length,
    busiest: Math.max(0, ...seconds.values()),
    locks: all.filter(({ method, path }) => method === "PUT" && path.includes("/permissions/")).length,
  };
}

/** Nobody of them is banned, timed out or kept from writing where everybody may. */
export function unharmed(scene: Scene, { innocents }: RaidOutcome): readonly string[] {
  const { control } = scene.simulator;
  const { guildId, channelIds } = scene.guild;
  return innocents.filter((id) => {
    const member = control.member(guildId, id);
    const isFree = member !== undefined && (member.communication_disabled_until ?? null) === null;
    if (!isFree) return false;
    control.say(guildId, channelIds["general"]!, id, "hello there");
    return true;
  });
}
