import { propose, RAID_STEPS, type Action, type Effect, type Raid, type RaidMoment, type RaidStep } from "#core";
import { lackingFor } from "./lacking.ts";
import { may, type Circumstances } from "./may.ts";
import { height, noted } from "./raid.ts";

const MINUTE = 60_000;

/** What a step comes to: proposals, and the raid with what has to be put back afterwards. */
export interface Taken {
  readonly raid: Raid;
  readonly effects: readonly Effect[];
}

/** Up the ladder to `to`, each step on the way taken once. */
export function climb(raid: Raid, to: RaidStep, circumstances: Circumstances): Taken {
  const ahead = RAID_STEPS.slice(height(raid.step) + 1, height(to) + 1);
  return ahead.reduce<Taken>(
    (taken, step) => {
      const next = stepTo(step, taken.raid, circumstances);
      const moment: RaidMoment = { at: circumstances.at, what: step, why: circumstances.why };
      const lacking = lackingFor(step, circumstances);
      return {
        raid: noted({ ...next.raid, step }, moment, ...lacking),
        effects: [...taken.effects, ...next.effects],
      };
    },
    { raid, effects: [] },
  );
}

function stepTo(step: RaidStep, raid: Raid, circumstances: Circumstances): Taken {
  switch (step) {
    case "slow":
      return slowDown(raid, circumstances);
    case "pause":
      return pause(raid, circumstances);
    case "watch":
    case "lock":
      return { raid, effects: [] };
  }
}

function slowDown(raid: Raid, circumstances: Circumstances): Taken {
  const { look, config } = circumstances;
  const { verificationLevel: was, systemChannelId } = look.guild();
  const raised = was !== undefined && was < config.verificationLevel && may(look, "MANAGE_GUILD");
  const level = config.verificationLevel;
  const demanding: Taken = raised
    ? {
        raid: { ...raid, verification: { was, set: level } },
        effects: [act({ verb: "guild.verification", level }, "raid-verification", circumstances)],
      }
    : { raid, effects: [] };
  if (systemChannelId === undefined) return demanding;
  const slowed = slowChannel(demanding.raid, systemChannelId, circumstances);
  return { raid: slowed.raid, effects: [...demanding.effects, ...slowed.effects] };
}

/** Never less than it was: a channel that is slower already stays as it is. */
export function slowChannel(raid: Raid, channelId: string, circumstances: Circumstances): Taken {
  const { look, config } = circumstances;
  const was = look.channel(channelId)?.slowmode ?? 0;
  const set = config.slowmodeSeconds;
  const isKnown = raid.channels.some((one) => one.channelId === channelId);
  if (isKnown || raid.channels.length >= config.mostChannels || was >= set || !may(look, "MANAGE_CHANNELS"))
    return { raid, effects: [] };
  const action: Action = { verb: "channel.slowmode", channelId, seconds: set };
  return {
    raid: { ...raid, channels: [...raid.channels, { channelId, slowmode: { was, set } }] },
    effects: [act(action, "raid-slowmode", circumstances)],
  };
}

function pause(raid: Raid, circumstances: Circumstances): Taken {
  if (!may(circumstances.look, "MANAGE_GUILD")) return { raid, effects: [] };
  return pauseUntil(raid, circumstances.at + circumstances.config.pauseMinutes * MINUTE, circumstances);
}

export function pauseUntil(raid: Raid, until: number, circumstances: Circumstances): Taken {
  const action: Action = { verb: "guild.pause", invites: true, messages: true, until };
  return { raid: { ...raid, pausedUntil: until }, effects: [act(action, "raid-pause", circumstances)] };
}

/** Locked is what is attacked, and nothing else. */
export function lockChannel(raid: Raid, channelId: string, circumstances: Circumstances): Taken {
  const { look, config, at } = circumstances;
  const known = raid.channels.find((one) => one.channelId === channelId);
  const isFull = known === undefined && raid.channels.length >= config.mostChannels;
  if (known?.locked === true || isFull || !may(look, "MANAGE_ROLES")) return { raid, effects: [] };
  const others = raid.channels.filter((one) => one.channelId !== channelId);
  const action: Action = { verb: "channel.lock", channelId, until: at + config.lockMinutes * MINUTE };
  return {
    raid: { ...raid, channels: [...others, { ...known, channelId, locked: true }] },
    effects: [act(action, "raid-lock", circumstances)],
  };
}

/** Close to its end a longer pause is asked for once: more than the house may decide alone. */
export function prolong(raid: Raid, circumstances: Circumstances): Taken {
  const { at, config, look } = circumstances;
  const { pausedUntil, askedUntil, pauseIsTheirs, heldUntil } = raid;
  const isOurs = pausedUntil !== undefined && askedUntil === undefined && pauseIsTheirs !== true;
  const isNear = isOurs && heldUntil === undefined && pausedUntil - at < 3 * MINUTE && pausedUntil > at;
  if (!isNear || !may(look, "MANAGE_GUILD")) return { raid, effects: [] };
  const until = at + config.longerPauseMinutes * MINUTE;
  return { raid: { ...raid, askedUntil: until }, effects: pauseUntil(raid, until, circumstances).effects };
}

export function act(action: Action, rule: string, { why, onBehalfOf }: Circumstances): Effect {
  return propose(action, { rule, why, confidence: 0.95, ...(onBehalfOf !== undefined && { onBehalfOf }) });
}
