import { cohortParts, cohortKey, defineAgent, parseCustomId, write, type Effect, type EventOf, type Look } from "#core";
import { ATTACK_COUNTERS, isNewcomer, onMessage } from "./attack.ts";
import { FALSE_ALARM, ended, whenCalm } from "./calm.ts";
import { BUTTONS, COMMANDS, onCommand, report, switchOff } from "./commands.ts";
import { configSchema, type Config } from "./config.ts";
import { INVITE_COUNTERS, onInvite } from "./invites.ts";
import { learn } from "./pace.ts";
import { kept, liveRaid } from "./raid.ts";
import { respond } from "./response.ts";
import { onPauseTold } from "./their-pause.ts";
import { newcomerOf, recentOthers, remembered, signOf, type Sign } from "./signs.ts";

/** An alarm of Discord's own is news for so long. */
const NEWS_MS = 600_000;

export default defineAgent({
  name: "raids",
  description: "Stops raids step by step, the mildest first, and puts everything back when they are over.",
  listens: [
    ...(["member.joined", "message.created", "incident.noticed", "directory.changed", "clock.struck"] as const),
    ...(["invite.used", "command.used", "button.pressed", "member.erased"] as const),
  ],
  config: configSchema,
  counters: {
    ...ATTACK_COUNTERS,
    ...INVITE_COUNTERS,
    flagged: { windowSeconds: 600 },
    quarantined: { windowSeconds: 600 },
  },
  commands: COMMANDS,
  buttons: BUTTONS,
  verbs: [
    ...([
      "guild.verification",
      "guild.pause",
      "guild.resume",
      "channel.slowmode",
      "channel.lock",
      "channel.unlock",
    ] as const),
    ...([
      "member.timeout",
      "role.add",
      "members.bulk-ban",
      "message.delete",
      "message.send",
      "interaction.reply",
    ] as const),
  ],
  priority: () => "high",
  decide(event, look, config) {
    switch (event.kind) {
      case "message.created":
        return isNewcomer(event) ? onMessage(event, look, config) : [];
      case "member.joined":
        return event.member.bot === true ? [] : onJoin(event, look, config);
      case "invite.used":
        return onInvite(event, look, config);
      case "incident.noticed":
        return onNotice(event, look, config);
      case "directory.changed":
        return onDirectory(event, look, config);
      case "clock.struck":
        return whenCalm(event.at, look, config);
      case "command.used":
        return onCommand(event, look, config);
      case "button.pressed":
        return onButton(event, look, config);
      case "member.erased":
        return forget(event.userId, look);
    }
  },
});

function onJoin(event: EventOf<"member.joined">, look: Look, config: Config): readonly Effect[] {
  const newcomer = newcomerOf(event);
  const others = recentOthers(newcomer, look);
  const last = { last: remembered(newcomer, others) };
  const noticed = write({ write: "record.put", record: "arrivals", key: "recent", value: last });
  const sign = signOf(newcomer, others, look, config);
  // Who came with a raid is not usual; a crowd is, once it has come a second time.
  const learnt = sign === undefined || sign.members.length === 0 ? [learn(event.at, look)] : [];
  if (sign !== undefined) return [noticed, ...learnt, ...respond(sign, event.at, look, config)];
  const raid = liveRaid(look);
  return [noticed, ...learnt, ...(raid === undefined ? [] : [kept({ ...raid, joins: raid.joins + 1 })])];
}

/** Every agent hears of every button. */
function onButton(event: EventOf<"button.pressed">, look: Look, config: Config): readonly Effect[] {
  const pressed = parseCustomId(event.customId);
  if (pressed?.agent !== "raids") return [];
  return pressed.name === "off" ? switchOff(event, look, config) : report(event, undefined, look);
}

/** Discord, or whoever pressed its button, says so: the mildest step, unless there is more to see. */
const REPORTED: Sign = { step: "slow", reason: { key: "why.reported", values: {} }, members: [], joins: 0 };

function onNotice(event: EventOf<"incident.noticed">, look: Look, config: Config): readonly Effect[] {
  if (event.notice === "raid-reported" || event.notice === "alert-mode-on")
    return respond(REPORTED, event.at, look, config);
  const raid = liveRaid(look);
  return event.notice === "false-alarm" && raid !== undefined ? ended(raid, event.at, FALSE_ALARM, look, config) : [];
}

function onDirectory(event: EventOf<"directory.changed">, look: Look, config: Config): readonly Effect[] {
  if (event.change.change !== "guild.facts") return [];
  const live = liveRaid(look);
  if (live !== undefined) return onPauseTold(live, event);
  const { raidDetectedAt, dmSpamDetectedAt } = event.change.incidents ?? {};
  const detectedAt = Math.max(raidDetectedAt ?? 0, dmSpamDetectedAt ?? 0);
  const isNews = event.at - detectedAt < NEWS_MS && (look.record("raid", "now")?.endedAt ?? 0) < detectedAt;
  return isNews ? respond(REPORTED, event.at, look, config) : [];
}

/** Nobody who is forgotten is found in a raid; the others stay in it. */
function forget(userId: string, look: Look): readonly Effect[] {
  const last = look.record("arrivals", "recent")?.last ?? [];
  const latest = look.record("raid", "now");
  const numbers =
    latest === undefined ? [] : Array.from({ length: Math.min(20, latest.number) }, (_, back) => latest.number - back);
  const keys = numbers.flatMap((number) => {
    const raid = number === latest?.number ? latest : look.record("raid", String(number));
    return Array.from({ length: cohortParts(raid?.members ?? 0) }, (_, part) => cohortKey(number, part));
  });
  const cohorts = keys.flatMap((key) => {
    const members = look.record("cohort", key)?.members ?? [];
    const others = members.filter((one) => one.userId !== userId);
    return others.length === members.length
      ? []
      : [write({ write: "record.put", record: "cohort", key, value: { members: others } })];
  });
  const without = last.filter((one) => one.userId !== userId);
  return without.length === last.length
    ? cohorts
    : [...cohorts, write({ write: "record.put", record: "arrivals", key: "recent", value: { last: without } })];
}
