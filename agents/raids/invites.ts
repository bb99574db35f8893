import { tally, type Effect, type EventOf, type Look } from "#core";
import type { Config } from "./config.ts";
import { respond } from "./response.ts";
import type { Sign } from "./signs.ts";

export const INVITED = "invited";
export const INVITE_COUNTERS = { [INVITED]: { windowSeconds: 60 } } as const;

const WINDOW_MS = 60_000;
/** Whom a link was made for: accounts of the last days. Of ordinary newcomers, as kinship.ts has their ages, a quarter are. */
const YOUNG_MS = 7 * 86_400_000;
const MOSTLY = 0.8;

/**
 * One link that young accounts come by within a minute was handed round for this. A streamer's link brings as many people, of
 * accounts of every age. It slows the guild down and takes nobody for part of anything: whose accounts look made by one hand
 * is another sign.
 */
export function onInvite(event: EventOf<"invite.used">, look: Look, config: Config): readonly Effect[] {
  const counted = event.codes.map(({ code, times }) => tally(INVITED, code, times));
  const sign = signOfInvite(event, look, config);
  return sign === undefined ? counted : [...counted, ...respond(sign, event.at, look, config)];
}

function signOfInvite(event: EventOf<"invite.used">, look: Look, config: Config): Sign | undefined {
  const uses = event.codes.map(({ code, times }) => look.count(INVITED, code) + times);
  const count = Math.max(0, ...uses);
  const isSurge = (look.record("surge", "planned")?.until ?? 0) > event.at;
  if (count < config.related.sameInvite * (isSurge ? 2 : 1)) return undefined;
  const last = (look.record("arrivals", "recent")?.last ?? []).filter(({ at }) => at > event.at - WINDOW_MS);
  const young = last.filter(({ at, madeAt }) => at - madeAt < YOUNG_MS);
  if (young.length < config.related.sameInvite || young.length < last.length * MOSTLY) return undefined;
  const reason = { key: "why.invite", values: { count, young: young.length } } as const;
  return { step: "slow", reason, members: [], joins: 0 };
}
