import {
  cohortKey,
  cohortParts,
  RAID_STEPS,
  write,
  type Action,
  type Effect,
  type Look,
  type Member,
  type Raid,
} from "#core";
import { alertOf } from "./alerts.ts";
import type { Config } from "./config.ts";
import { cohortWrites, grown, height, kept, liveRaid, lookAgain, newRaid } from "./raid.ts";
import { may, type Circumstances } from "./may.ts";
import { saidOf, type Sign } from "./signs.ts";
import { act, climb, lockChannel, prolong, slowChannel, type Taken } from "./steps.ts";

const MINUTE = 60_000;
const QUARANTINE_MINUTES = 60;
const QUARANTINED = "quarantined";
/** So many raids are kept with their members, for whoever looks for people who were let in wrongly. */
const KEPT_RAIDS = 20;

/** Where somebody attacks, and whom to quarantine for it. */
export interface Attack {
  readonly channelId: string;
  readonly by: Member;
}

/** From a sign to what is done about it: the raid grows, the house climbs as far as it must, and staff are told of each step. */
export function respond(sign: Sign, at: number, look: Look, config: Config, attack?: Attack): readonly Effect[] {
  const live = liveRaid(look);
  const before = live ?? newRaid((look.record("raid", "now")?.number ?? 0) + 1, at);
  const { raid: after, added } = grown(before, sign, at, look);
  const circumstances: Circumstances = { at, why: saidOf(sign.reason), look, config };
  const steps: readonly ((raid: Raid) => Taken)[] = [
    (raid) => climb(raid, sign.step, circumstances),
    (raid) => prolong(raid, circumstances),
    (raid) => (attack === undefined ? { raid, effects: [] } : answer(attack, raid, circumstances)),
    (raid) => (paused(raid, look) ? { raid, effects: [] } : quarantineAll(added, raid, circumstances)),
  ];
  const taken = steps.reduce<Taken>(
    (so, step) => {
      const next = step(so.raid);
      return { raid: next.raid, effects: [...so.effects, ...next.effects] };
    },
    { raid: after, effects: [] },
  );
  return [
    ...taken.effects,
    ...(live === undefined ? [lookAgain(at + config.calmMinutes * MINUTE), ...forgotten(before.number, look)] : []),
    ...cohortWrites(before, added, look),
    ...alertOf(before, taken.raid, sign, look, config),
    kept(taken.raid),
  ];
}

/** Invites are paused, or need not be yet: whoever is quiet is left alone until staff have looked at them. */
function paused(raid: Raid, look: Look): boolean {
  return height(raid.step) < height("pause") || may(look, "MANAGE_GUILD");
}

function answer({ channelId, by }: Attack, raid: Raid, circumstances: Circumstances): Taken {
  const isLocked = raid.step === RAID_STEPS.at(-1) && may(circumstances.look, "MANAGE_ROLES");
  const closed = isLocked ? lockChannel(raid, channelId, circumstances) : slowChannel(raid, channelId, circumstances);
  if (height(raid.step) < height("slow")) return { raid, effects: [] };
  const held = quarantineAll([by], closed.raid, circumstances);
  return { raid: held.raid, effects: [...closed.effects, ...held.effects] };
}

function quarantineAll(members: readonly Pick<Member, "userId" | "name">[], raid: Raid, c: Circumstances): Taken {
  const { look, config } = c;
  const isPossible =
    may(look, "MODERATE_MEMBERS") || (config.quarantineRoleId !== undefined && may(look, "MANAGE_ROLES"));
  const left = isPossible ? Math.max(0, config.mostQuarantined - raid.quarantined) : 0;
  const fresh = members.filter(({ userId }) => look.count(QUARANTINED, userId) === 0).slice(0, left);
  const effects = fresh.flatMap((member): Effect[] => [
    { tally: { counter: QUARANTINED, key: member.userId } },
    act(quarantine({ roleIds: [], ...member }, c), "raid-quarantine", c),
  ]);
  return { raid: { ...raid, quarantined: raid.quarantined + fresh.length }, effects };
}

function quarantine(member: Member, { config, at, look }: Circumstances): Action {
  const { quarantineRoleId: roleId } = config;
  if (roleId !== undefined && may(look, "MANAGE_ROLES")) return { verb: "role.add", member, roleId };
  return { verb: "member.timeout", member, until: at + QUARANTINE_MINUTES * MINUTE };
}

/** What lies too far back goes with its members. */
function forgotten(number: number, look: Look): readonly Effect[] {
  const old = number - KEPT_RAIDS;
  const raid = old < 1 ? undefined : look.record("raid", String(old));
  if (raid === undefined) return [];
  const parts = Array.from({ length: cohortParts(raid.members) }, (_, part) => cohortKey(old, part));
  return [
    write({ write: "record.delete", record: "raid", key: String(old) }),
    ...parts.map((key) => write({ write: "record.delete", record: "cohort", key })),
  ];
}
