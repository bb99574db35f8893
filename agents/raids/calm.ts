import {
  cohortKey,
  cohortParts,
  propose,
  write,
  type Action,
  type Effect,
  type Look,
  type Member,
  type Raid,
  type RaidedChannel,
} from "#core";
import type { Config } from "./config.ts";
import { kept, liveRaid, lookAgain, noted } from "./raid.ts";
import { may } from "./may.ts";
import { reportOf } from "./report.ts";
import { words } from "./words.ts";

const MINUTE = 60_000;
/** Fewer are a handful, which staff look at one by one. */
const SMALLEST_COHORT = 3;
/** As many as one card can answer for. */
const LARGEST_COHORT = 1_000;

/** The timer has struck: the raid is over, or is looked at again once it could be. */
export function whenCalm(at: number, look: Look, config: Config): readonly Effect[] {
  const raid = liveRaid(look);
  if (raid === undefined) return [];
  const over = Math.max(raid.lastAt + config.calmMinutes * MINUTE, raid.heldUntil ?? 0);
  return at < over ? [lookAgain(over)] : ended(raid, at, "nothing more of it was seen", look, config);
}

/** Everything but bans is put back; staff get the report, and are asked about the members together. */
export function ended(raid: Raid, at: number, why: string, look: Look, config: Config): readonly Effect[] {
  const over: Raid = { ...noted(raid, { at, what: "over", why }), endedAt: at };
  const isWanted = config.banCohort && why !== FALSE_ALARM && raid.members >= SMALLEST_COHORT;
  const canBan = may(look, "BAN_MEMBERS") && may(look, "MANAGE_GUILD");
  const bans = isWanted && canBan ? cohortBans(raid, look) : [];
  const final = isWanted ? noted(over, { at, ...(canBan ? ASKED : CANNOT_BAN) }) : over;
  return [
    ...restored(raid, look).map((action) => propose(action, { rule: "raid-over", why, confidence: 1 })),
    ...bans,
    ...told(final, look, config),
    kept(final),
    write({ write: "record.put", record: "raid", key: String(raid.number), value: final }),
    write({ write: "timer.clear", timer: "calm" }),
  ];
}

const ASKED = { what: "ban", why: "staff are asked about its members" } as const;
const CANNOT_BAN = {
  what: "cannot",
  why: "the bot lacks BAN_MEMBERS or MANAGE_GUILD: its members stand in `/raid report`, to be banned by hand",
} as const;

export const FALSE_ALARM = "it was a false alarm";

/** What a human has changed since is theirs: only what still stands as the house left it is put back. */
function restored(raid: Raid, look: Look): readonly Action[] {
  const { verification, pausedUntil, pauseIsTheirs, channels } = raid;
  return [
    ...(pausedUntil === undefined || pauseIsTheirs === true ? [] : [{ verb: "guild.resume" } as const]),
    ...(verification !== undefined && look.guild().verificationLevel === verification.set
      ? [{ verb: "guild.verification", level: verification.was } as const]
      : []),
    ...channels.flatMap((channel) => restoredChannel(channel, look)),
  ];
}

function restoredChannel({ channelId, slowmode, locked }: RaidedChannel, look: Look): readonly Action[] {
  const isOurs = slowmode !== undefined && (look.channel(channelId)?.slowmode ?? 0) === slowmode.set;
  return [
    ...(locked === true ? [{ verb: "channel.unlock", channelId } as const] : []),
    ...(isOurs ? [{ verb: "channel.slowmode", channelId, seconds: slowmode.was } as const] : []),
  ];
}

export function membersOf(raid: Raid, look: Look): readonly Member[] {
  const parts = Array.from({ length: cohortParts(raid.members) }, (_, part) => cohortKey(raid.number, part));
  const members = parts.flatMap((key) => look.record("cohort", key)?.members ?? []);
  return [...new Map(members.map((one) => [one.userId, { ...one, roleIds: [] }])).values()];
}

function cohortBans(raid: Raid, look: Look): readonly Effect[] {
  const members = membersOf(raid, look);
  const groups = Array.from({ length: Math.ceil(members.length / LARGEST_COHORT) }, (_, index) =>
    members.slice(index * LARGEST_COHORT, (index + 1) * LARGEST_COHORT),
  );
  const confidence = members.length >= 10 ? 0.99 : 0.95;
  const why = `${members.length} accounts came with raid ${raid.number}`;
  return groups.map((some) =>
    propose(
      { verb: "members.bulk-ban", members: some, deleteSeconds: 3_600 },
      { rule: "raid-cohort", why, confidence },
    ),
  );
}

function told(raid: Raid, look: Look, config: Config): readonly Effect[] {
  const { alertChannelId: channelId } = config;
  if (channelId === undefined || raid.step === "watch") return [];
  const { locale } = look.guild();
  const title = words.say(locale, "report.title", { number: raid.number });
  return [
    propose(
      { verb: "message.send", channelId, words: { title, text: reportOf(raid, locale) } },
      { rule: "raid-report", why: "the raid is over", confidence: 1 },
    ),
  ];
}
