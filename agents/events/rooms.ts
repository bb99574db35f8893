import { voiceBefore, write, type Effect, type EventOf, type Gathering, type Look, type Records } from "#core";
import { gatheringOf, MINUTE, openGatherings } from "./keeping.ts";

type Room = Records["gatheringRoom"];
type Seconds = Readonly<Record<string, number>>;

function keptRoom(channelId: string, room: Room): Effect {
  return room.numbers.length === 0
    ? write({ write: "record.delete", record: "gatheringRoom", key: channelId })
    : write({ write: "record.put", record: "gatheringRoom", key: channelId, value: room });
}

function keptTurnout(number: number, seconds: Seconds): Effect {
  return write({ write: "record.put", record: "turnout", key: String(number), value: { seconds } });
}

/** From now on it is watched who comes to the channel and goes; who is known to be there already is counted from the beginning. */
export function roomOpened(gathering: Gathering, look: Look, there: Seconds = {}): readonly Effect[] {
  const { place, number } = gathering;
  if (place.kind === "elsewhere") return [];
  const { numbers = [], members = {} } = look.record("gatheringRoom", place.channelId) ?? {};
  return [
    keptRoom(place.channelId, {
      numbers: [...numbers.filter((one) => one !== number), number],
      members: { ...there, ...members },
    }),
  ];
}

export function roomClosed({ place, number }: Gathering, look: Look, successor?: Gathering): readonly Effect[] {
  if (place.kind === "elsewhere") return [];
  const room = look.record("gatheringRoom", place.channelId) ?? { numbers: [], members: {} };
  const stays =
    successor !== undefined && successor.place.kind !== "elsewhere" && successor.place.channelId === place.channelId;
  const numbers = room.numbers.filter((one) => one !== number);
  return [keptRoom(place.channelId, { ...room, numbers: stays ? [...numbers, successor.number] : numbers })];
}

/** When it begins: those who said they would come and are there already. What the room has heard itself counts first. */
export function roomAsked(gathering: Gathering, userIds: readonly string[], look: Look): readonly Effect[] {
  const { place } = gathering;
  if (place.kind === "elsewhere") return [];
  const stays = userIds.flatMap((userId) => {
    const stay = voiceBefore(look, userId);
    return stay?.channelId === place.channelId ? [[userId, stay.since] as const] : [];
  });
  return roomOpened(gathering, look, Object.fromEntries(stays));
}

type VoiceEvent = EventOf<"voice.changed" | "voice.left">;

/** Coming and going, where an event is planned or running; muting and the rest is none of either. */
export function moved(event: VoiceEvent, look: Look): readonly Effect[] {
  const isLeaving = event.kind === "voice.left";
  const userId = isLeaving ? event.userId : event.state.userId;
  const before = voiceBefore(look, userId);
  const now = isLeaving ? undefined : event.state.channelId;
  if (before?.channelId === now) return [];
  const isBot = !isLeaving && event.member?.bot === true;
  return [
    ...(before === undefined ? [] : left(event.at, userId, before, look)),
    ...(now === undefined || isBot ? [] : came(event.at, userId, now, look)),
  ];
}

function came(at: number, userId: string, channelId: string, look: Look): readonly Effect[] {
  const room = look.record("gatheringRoom", channelId);
  return room === undefined ? [] : [keptRoom(channelId, { ...room, members: { ...room.members, [userId]: at } })];
}

function left(
  at: number,
  userId: string,
  stay: { readonly channelId: string; readonly since: number },
  look: Look,
): readonly Effect[] {
  const room = look.record("gatheringRoom", stay.channelId);
  if (room === undefined) return [];
  const { [userId]: since = stay.since, ...members } = room.members;
  const paid = room.numbers.flatMap((number) => {
    const gathering = gatheringOf(number, look);
    if (gathering?.status !== "running") return [];
    return [keptTurnout(number, added(secondsOf(number, look), userId, gathering, since, at))];
  });
  return [keptRoom(stay.channelId, { ...room, members }), ...paid];
}

export function secondsOf(number: number, look: Look): Seconds {
  return look.record("turnout", String(number))?.seconds ?? {};
}

function added(
  seconds: Seconds,
  userId: string,
  { startsAt, endsAt }: Gathering,
  since: number,
  until: number,
): Seconds {
  const passed = Math.floor((Math.min(until, endsAt) - Math.max(since, startsAt)) / 1_000);
  return passed <= 0 ? seconds : { ...seconds, [userId]: (seconds[userId] ?? 0) + passed };
}

/** How long each was there, those included who still are. */
export function turnoutAt(gathering: Gathering, at: number, look: Look): Seconds {
  const { place, number, status } = gathering;
  const seconds = secondsOf(number, look);
  if (place.kind === "elsewhere" || status !== "running") return seconds;
  const { members = {} } = look.record("gatheringRoom", place.channelId) ?? {};
  return Object.entries(members).reduce((all, [userId, since]) => added(all, userId, gathering, since, at), seconds);
}

/** It is over: what each has been there for is written down, and grows what they have attended since ever. */
export function settled(gathering: Gathering, at: number, attendedMinutes: number, look: Look): readonly Effect[] {
  const seconds = turnoutAt(gathering, at, look);
  const attended = Object.entries(seconds).flatMap(([userId, count]) => {
    const minutes = Math.floor((count * 1_000) / MINUTE);
    if (minutes < attendedMinutes) return [];
    const before = look.record("attended", userId) ?? { times: 0, minutes: 0 };
    const value = { times: before.times + 1, minutes: before.minutes + minutes, lastAt: at };
    return [write({ write: "record.put", record: "attended", key: userId, value })];
  });
  return Object.keys(seconds).length === 0 ? [] : [keptTurnout(gathering.number, seconds), ...attended];
}

/** Everything is known anew: who is not there any more left unseen, and is paid nothing for what nobody saw. */
export function roomsAnew(event: EventOf<"guild.available">, look: Look): readonly Effect[] {
  const places = openGatherings(look).flatMap(({ place }) => (place.kind === "elsewhere" ? [] : [place.channelId]));
  return [...new Set(places)].flatMap((channelId) => {
    const room = look.record("gatheringRoom", channelId);
    if (room === undefined) return [];
    const there = (event.voice ?? []).filter((state) => state.channelId === channelId);
    const members = Object.fromEntries(there.map(({ userId }) => [userId, room.members[userId] ?? event.at]));
    return [keptRoom(channelId, { ...room, members })];
  });
}
