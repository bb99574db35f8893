import type { RaidMoment, RaidStep } from "#core";
import { may, type Circumstances } from "./may.ts";

/** Staff read what could not be done, and what was done instead, in the raid's own record. */
export function lackingFor(step: RaidStep, circumstances: Circumstances): readonly RaidMoment[] {
  return reasonsFor(step, circumstances).map((why) => ({ at: circumstances.at, what: "cannot", why }));
}

function reasonsFor(step: RaidStep, { look, config }: Circumstances): readonly string[] {
  if (step === "slow" && config.slowmodeSeconds > 0 && !may(look, "MANAGE_CHANNELS"))
    return [
      "the bot lacks MANAGE_CHANNELS and cannot slow channels down: the verification level alone holds newcomers back",
    ];
  if (step === "pause" && !may(look, "MANAGE_GUILD"))
    return ["the bot lacks MANAGE_GUILD and cannot pause invites: members of the raid are quarantined one by one"];
  if (step !== "lock") return [];
  const canLock = may(look, "MANAGE_ROLES");
  const canHold = may(look, "MODERATE_MEMBERS") || (canLock && config.quarantineRoleId !== undefined);
  return [
    ...(canLock
      ? []
      : ["the bot lacks MANAGE_ROLES and cannot lock channels: they are slowed down, and attackers timed out"]),
    ...(canHold ? [] : ["the bot lacks MODERATE_MEMBERS and cannot time attackers out: their messages are removed"]),
  ];
}
