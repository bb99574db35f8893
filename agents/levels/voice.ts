import { type Effect, type EventOf, type Look, type Records, type VoiceState, voiceBefore, write } from "#core";
import { addPoints } from "./boards.ts";
import type { Config } from "./config.ts";
import { attendance, credit, factorOf } from "./earning.ts";
import { habitsAt, withSum, put } from "./habits.ts";

type Room = Records["voiceRoom"];
type VoiceEvent = EventOf<"voice.changed" | "voice.left">;

/** With others who hear and can be heard: alone, or among the deaf, nobody earns. */
const COMPANY = 2;

/**
 * A room's clock runs while at least two in it could talk with each other; each is paid when they leave, fall silent or move.
 * Whoever idles on a day without a message of theirs is paid for an hour at most.
 */
export function fromVoice(event: VoiceEvent, look: Look, config: Config): readonly Effect[] {
  if (config.voice.perMinute === 0) return [];
  const userId = event.kind === "voice.left" ? event.userId : event.state.userId;
  const before = voiceBefore(look, userId)?.channelId;
  const now = event.kind === "voice.left" ? undefined : event.state.channelId;
  const left = before === undefined ? undefined : advanced(before, event.at, look);
  const seconds = left?.members[userId]?.seconds ?? 0;
  const effects: Effect[] = [];
  const staysEarning = now === before && event.kind === "voice.changed" && earns(event, config);
  if (before !== undefined && left !== undefined) {
    if (staysEarning)
      return [keep(before, { ...left, members: { ...left.members, [userId]: { earns: true, seconds } } })];
    effects.push(keep(before, without(left, userId)), ...pay(event, userId, before, seconds, look, config));
  }
  if (now === undefined || event.kind === "voice.left") return effects;
  const room = now === before && left !== undefined ? without(left, userId) : advanced(now, event.at, look);
  return [
    ...effects.filter((effect) => !isKeeping(effect, now)),
    keep(now, { ...room, members: { ...room.members, [userId]: { earns: earns(event, config), seconds: 0 } } }),
  ];
}

/** Everything is known anew: who is in voice now begins to earn now. */
export function roomsAnew(event: EventOf<"guild.available">, config: Config): readonly Effect[] {
  const rooms = new Map<string, Record<string, { earns: boolean; seconds: number }>>();
  for (const state of event.voice ?? []) {
    const members = rooms.get(state.channelId) ?? {};
    members[state.userId] = { earns: canTalk(state, config), seconds: 0 };
    rooms.set(state.channelId, members);
  }
  return [...rooms].map(([channelId, members]) => keep(channelId, { since: event.at, members }));
}

function earns({ state, member }: EventOf<"voice.changed">, config: Config): boolean {
  return member?.bot !== true && canTalk(state, config);
}

function canTalk(state: VoiceState, { voice }: Config): boolean {
  return state.muted !== true && state.deafened !== true && !voice.idleChannelIds.includes(state.channelId);
}

/** The room as of a moment: those who earn have the time that passed. What was not seen without a gap is not paid. */
function advanced(channelId: string, at: number, look: Look): Room {
  const room = look.record("voiceRoom", channelId);
  const known = look.record("voiceKnown", "guild")?.since ?? 0;
  if (room === undefined || room.since < known) return { since: at, members: {} };
  const passed = Math.max(0, Math.floor((at - room.since) / 1_000));
  const isCompany = Object.values(room.members).filter((member) => member.earns).length >= COMPANY;
  if (!isCompany) return { ...room, since: at };
  const members = Object.entries(room.members).map(([userId, { earns: does, seconds }]) => {
    return [userId, { earns: does, seconds: does ? seconds + passed : seconds }] as const;
  });
  return { since: at, members: Object.fromEntries(members) };
}

function without({ since, members }: Room, userId: string): Room {
  const { [userId]: _gone, ...others } = members;
  return { since, members: others };
}

function keep(channelId: string, room: Room): Effect {
  if (Object.keys(room.members).length === 0)
    return write({ write: "record.delete", record: "voiceRoom", key: channelId });
  return write({ write: "record.put", record: "voiceRoom", key: channelId, value: room });
}

function isKeeping(effect: Effect, channelId: string): boolean {
  return (
    "write" in effect &&
    "record" in effect.write &&
    effect.write.record === "voiceRoom" &&
    effect.write.key === channelId
  );
}

function pay(
  event: VoiceEvent,
  userId: string,
  channelId: string,
  seconds: number,
  look: Look,
  config: Config,
): Effect[] {
  const earned = Math.floor(seconds / 60);
  const habits = habitsAt(look.record("levelling", userId), event.at);
  const { attended, won } = attendance(userId, habits, look, config);
  const { minutesPerDay, silentMinutesPerDay, perMinute } = config.voice;
  const most = habits.messages > 0 ? minutesPerDay : Math.min(silentMinutesPerDay, minutesPerDay);
  const minutes = Math.min(earned, Math.max(0, most - habits.voiceMinutes));
  const member = event.kind === "voice.changed" ? event.member : undefined;
  const talked = Math.round(minutes * perMinute * factorOf(channelId, member, event.at, look, config));
  const by = talked + won;
  if (by === 0) return [];
  const counted = talked === 0 ? 0 : minutes;
  const after = withSum(
    { ...habits, ...attended, voiceMinutes: habits.voiceMinutes + counted, seen: event.at },
    "voiceMinutes",
    counted,
  );
  if (member !== undefined) return [...credit(member, by, after, { at: event.at }, look, config)];
  return [put(userId, after), ...addPoints(userId, by, event.at, config, habits.hidden === true)];
}
