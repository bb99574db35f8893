import { type APIGatewayBotInfo, ApplicationFlags } from "discord-api-types/v10";
import { broken, fine, type Finding, weaker } from "#core";

const PORTAL = "switch it on in the developer portal under Bot → Privileged Gateway Intents";

/** The privileged intents the house asks for, and what is lost without each. */
const INTENTS = [
  {
    name: "Message Content",
    flags: ApplicationFlags.GatewayMessageContent | ApplicationFlags.GatewayMessageContentLimited,
    lost: "texts arrive empty, so that no rule about what is said can hit",
    isNeeded: false,
  },
  {
    name: "Server Members",
    flags: ApplicationFlags.GatewayGuildMembers | ApplicationFlags.GatewayGuildMembersLimited,
    lost: "Discord closes the connection, since the house asks for joins, leaves and role changes",
    isNeeded: true,
  },
] as const;

export function hasContentIntent(flags: number): boolean {
  return (flags & INTENTS[0].flags) !== 0;
}

export function intentFindings(flags: number): readonly Finding[] {
  return INTENTS.map(({ name, flags: wanted, lost, isNeeded }) => {
    if ((flags & wanted) !== 0) return fine("intents", `${name} is switched on`);
    const what = `${name} is switched off: ${lost}`;
    return isNeeded ? broken("intents", what, PORTAL) : weaker("intents", what, PORTAL);
  });
}

/** Discord allows so many new sessions a day and then resets the token. */
export function budgetFinding({ shards, session_start_limit: limit }: APIGatewayBotInfo): Finding {
  const hours = Math.max(1, Math.ceil(limit.reset_after / 3_600_000));
  const what = `${limit.remaining} of ${limit.total} session starts are left, new ones in ${hours} h; ${shards} shard${shards === 1 ? "" : "s"} recommended`;
  if (limit.remaining < shards)
    return broken("gateway", what, "find out what restarts the house again and again, and wait");
  const isScarce = limit.remaining < limit.total / 10;
  return isScarce ? weaker("gateway", what, "find out what restarts the house again and again") : fine("gateway", what);
}

const NOTICED_MS = 2_000;
const HARMFUL_MS = 30_000;

/** Discord's clock is told to the second only. */
export function clockFinding(theirs: number, ours: number): Finding {
  const skew = ours - theirs;
  const seconds = Math.round(Math.abs(skew) / 1_000);
  if (Math.abs(skew) < NOTICED_MS) return fine("clock", "agrees with Discord's");
  const what = `this machine's clock is ${seconds} s ${skew > 0 ? "ahead of" : "behind"} Discord's`;
  const fix = "synchronise it (NTP): timers, time-outs and what came too late are measured by it";
  return Math.abs(skew) < HARMFUL_MS ? weaker("clock", what, fix) : broken("clock", what, fix);
}
