import type { InviteUse } from "#core";
import { asList, asNumber, asObject, isId, type Raw, timeIn } from "../normalise/raw.ts";
import { cleanText } from "../normalise/text.ts";

/** One invite as Discord listed it. */
export interface CountedInvite {
  readonly uses: number;
  /** 0: as often as anybody likes. */
  readonly maxUses: number;
  readonly byUserId?: string;
  readonly expiresAt?: number;
}

export type InviteCounts = ReadonlyMap<string, CountedInvite>;

export function countsIn(answer: unknown): InviteCounts {
  const counts = new Map<string, CountedInvite>();
  for (const raw of asList(answer)) {
    const invite = asObject(raw);
    const code = cleanText(invite?.["code"]);
    if (invite !== undefined && code !== "") counts.set(code, countedIn(invite));
  }
  return counts;
}

function countedIn(invite: Raw): CountedInvite {
  const byUserId = asObject(invite["inviter"])?.["id"];
  const expiresAt = timeIn(invite["expires_at"]);
  return {
    ...{ uses: asNumber(invite["uses"]) ?? 0, maxUses: asNumber(invite["max_uses"]) ?? 0 },
    ...(isId(byUserId) && { byUserId }),
    ...(expiresAt !== undefined && { expiresAt }),
  };
}

/**
 * Which invites were used between two counts, while so many joined. One that was used up is listed no more: it counts where
 * nothing else explains who came, and not where it had merely run out by then.
 */
export function usedBetween(
  before: InviteCounts,
  after: InviteCounts,
  joined: number,
  at: number,
): readonly InviteUse[] {
  const grown = [...after].flatMap(([code, invite]) =>
    useOf(code, invite, invite.uses - (before.get(code)?.uses ?? 0)),
  );
  if (grown.length > 0) return grown;
  return [...before].flatMap(([code, invite]) => {
    const left = invite.maxUses - invite.uses;
    const isUsedUp = !after.has(code) && left > 0 && left <= joined && (invite.expiresAt ?? Infinity) > at;
    return isUsedUp ? useOf(code, invite, left) : [];
  });
}

function useOf(code: string, { byUserId }: CountedInvite, times: number): readonly InviteUse[] {
  return times <= 0 ? [] : [{ code, times, ...(byUserId !== undefined && { byUserId }) }];
}
