import {
  missingPermissions,
  propose,
  write,
  type ButtonSpec,
  type Effect,
  type EventOf,
  type Look,
  type Raid,
  type SlashCommand,
  type Use,
} from "#core";
import { ended, membersOf } from "./calm.ts";
import type { Config } from "./config.ts";
import { may, type Circumstances } from "./may.ts";
import { kept, liveRaid, lookAgain, newRaid, noted } from "./raid.ts";
import { reportOf } from "./report.ts";
import { climb, pauseUntil } from "./steps.ts";
import { words } from "./words.ts";

type Used = EventOf<"command.used">;

const MINUTE = 60_000;
const HOUR = 3_600_000;
const NAMED = 30;

const spoken = (verb: "status" | "on" | "off" | "surge" | "report") => ({
  name: `raid ${verb}`,
  names: words.every(`command.${verb}`),
  description: words.every(`command.${verb}.about`),
  reply: "ephemeral" as const,
});
const integer = (name: "minutes" | "hours" | "number", min: number, max?: number) => ({
  ...{ name, names: words.every(`option.${name}`), description: words.every(`option.${name}.about`) },
  ...{ type: "integer" as const, min, ...(max !== undefined && { max }) },
});

export const COMMANDS: readonly SlashCommand[] = [
  { ...spoken("status"), options: [], needs: ["MODERATE_MEMBERS"] },
  { ...spoken("on"), options: [integer("minutes", 1, 1_440)], needs: ["MANAGE_GUILD"] },
  { ...spoken("off"), options: [], needs: ["MANAGE_GUILD"] },
  { ...spoken("surge"), options: [integer("hours", 0, 72)], needs: ["MANAGE_GUILD"] },
  { ...spoken("report"), options: [integer("number", 1)], needs: ["MODERATE_MEMBERS"] },
];

export const BUTTONS: readonly ButtonSpec[] = [
  { name: "off", needs: ["MANAGE_GUILD"], reply: "ephemeral" },
  { name: "report", needs: ["MODERATE_MEMBERS"], reply: "ephemeral" },
];

export function onCommand(event: Used, look: Look, config: Config): readonly Effect[] {
  switch (event.command) {
    case "raid status":
      return status(event, look);
    case "raid on":
      return switchOn(event, look, config);
    case "raid off":
      return switchOff(event, look, config);
    case "raid surge":
      return surge(event, config);
    case "raid report":
      return report(event, numberIn(event, "number"), look);
    default:
      return [];
  }
}

export function numberIn(event: Used, option: string): number | undefined {
  const value = event.options[option];
  return typeof value === "number" && Number.isFinite(value) ? Math.floor(value) : undefined;
}

function status(event: Use, look: Look): readonly Effect[] {
  const { locale } = event.interaction;
  const raid = liveRaid(look);
  const until = look.record("surge", "planned")?.until ?? 0;
  const expected = until > event.at ? [words.say(locale, "status.surge", { until: timestamp(until) })] : [];
  const text = raid === undefined ? words.say(locale, "status.none") : reportOf(raid, locale);
  return [answer(event, [text, ...expected].join("\n"))];
}

/** What a moderator switches on is judged by their own rank, and lasts as long as they say. */
function switchOn(event: Used, look: Look, config: Config): readonly Effect[] {
  const { at, by } = event;
  const { locale } = event.interaction;
  const minutes = Math.max(1, numberIn(event, "minutes") ?? config.pauseMinutes);
  const before = liveRaid(look) ?? newRaid((look.record("raid", "now")?.number ?? 0) + 1, at);
  const circumstances: Circumstances = { at, why: words.say("en", "why.by-hand"), look, config, onBehalfOf: by.userId };
  const until = at + minutes * MINUTE;
  const slowed = climb(before, "slow", circumstances);
  const canPause = may(look, "MANAGE_GUILD");
  const paused = canPause ? pauseUntil(slowed.raid, until, circumstances) : { raid: slowed.raid, effects: [] };
  const held: Raid = {
    ...noted(paused.raid, { at, what: "by-hand", why: circumstances.why }),
    ...{ lastAt: at, heldUntil: until, step: slowed.raid.step === "lock" ? "lock" : "pause" },
  };
  // Who may not do it is told so by the judge, and changes nothing that is remembered.
  if (missingPermissions(BigInt(event.byPermissions), ["MANAGE_GUILD"]).length > 0) return paused.effects;
  const text = canPause ? words.say(locale, "on.done", { minutes }) : words.say(locale, "on.cannot");
  return [...slowed.effects, ...paused.effects, kept(held), lookAgain(until), answer(event, text)];
}

export function switchOff(event: Use, look: Look, config: Config): readonly Effect[] {
  const { locale } = event.interaction;
  const raid = liveRaid(look);
  if (raid === undefined) return [answer(event, words.say(locale, "off.none"))];
  return [
    ...ended(raid, event.at, "a moderator ended it", look, config),
    answer(event, words.say(locale, "off.done", { number: raid.number })),
  ];
}

function surge(event: Used, config: Config): readonly Effect[] {
  const { locale } = event.interaction;
  const hours = numberIn(event, "hours") ?? config.surgeHours;
  const until = event.at + hours * HOUR;
  const planned = { until, by: event.by.userId };
  const text =
    hours === 0 ? words.say(locale, "surge.ended") : words.say(locale, "surge.done", { until: timestamp(until) });
  return [write({ write: "record.put", record: "surge", key: "planned", value: planned }), answer(event, text)];
}

export function report(event: Use, number: number | undefined, look: Look): readonly Effect[] {
  const { locale } = event.interaction;
  const latest = look.record("raid", "now");
  const raid = number === undefined || number === latest?.number ? latest : look.record("raid", String(number));
  if (raid === undefined) return [answer(event, words.say(locale, "report.none"))];
  const members = membersOf(raid, look);
  const names = members.slice(0, NAMED).map(({ userId }) => `<@${userId}>`);
  const more = members.length > NAMED ? [` … +${members.length - NAMED}`] : [];
  const who =
    members.length === 0 ? [] : [words.say(locale, "report.members", { names: [...names, ...more].join(" ") })];
  return [
    answer(
      event,
      [reportOf(raid, locale), ...who].join("\n"),
      words.say(locale, "report.title", { number: raid.number }),
    ),
  ];
}

const timestamp = (at: number): string => `<t:${Math.floor(at / 1_000)}:f>`;

function answer(event: Use, text: string, title?: string): Effect {
  const say = title === undefined ? { text } : { text, title };
  return propose(
    { verb: "interaction.reply", interaction: event.interaction, words: say, ephemeral: true },
    { rule: "command-raid", why: "was asked", confidence: 1 },
  );
}
