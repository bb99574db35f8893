import { expect, it } from "vitest";
import type { EventOf, GuildEvent } from "#core";
import { voiceWrites } from "#core";
import { smallHouse } from "../../test/kit/small-house.ts";
import { POINTS } from "./boards.ts";
import { configSchema } from "./config.ts";
import levels from "./index.ts";

/**
 * A week of a guild in which sixty people talk and seven kinds of scripts farm, fed to the agent event by event; beside it the
 * formula alone: the same points and cooldown, and no questions asked.
 */
const START = Date.UTC(2026, 10, 2);
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const PEOPLE = 60;

/** Mulberry32: a small generator, so that each seed is a week of its own and the same again. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const THINGS =
  "bridge river market harbour recipe lighthouse storm map trip engine umbrella circle walk lake garden window song guitar train ticket museum picture kitchen oven bread cheese winter summer holiday mountain tent bike wheel chain keyboard screen update server module ticket branch test review design colour letter story chapter book author stage actor ticket concert drummer match goal team coach player level boss weapon armour guild quest dragon island boat sail anchor crew captain".split(
    " ",
  );
const DOINGS =
  "finished opened tried painted planned repaired found joined lost bought sold cooked baked visited missed wrote read played watched broke fixed moved cleaned built".split(
    " ",
  );
const QUALITIES = "green old new quiet loud bright heavy small great strange lovely broken cheap rare warm cold".split(
  " ",
);

function sentence(draw: () => number): string {
  const pick = (from: readonly string[]) => from[Math.floor(draw() * from.length)]!;
  const shapes = [
    () =>
      `i ${pick(DOINGS)} the ${pick(QUALITIES)} ${pick(THINGS)} ${pick(["yesterday", "this morning", "last week", "again"])}`,
    () => `does anybody know when the ${pick(THINGS)} with the ${pick(QUALITIES)} ${pick(THINGS)} opens?`,
    () => `we ${pick(DOINGS)} a ${pick(THINGS)} and then the ${pick(THINGS)} was ${pick(QUALITIES)}`,
    () => `lol that ${pick(THINGS)} is so ${pick(QUALITIES)}`,
    () =>
      `${pick(["yes", "no", "maybe", "hm"])}, but my ${pick(THINGS)} needs a ${pick(QUALITIES)} ${pick(THINGS)} for the ${pick(THINGS)}`,
    () => `${pick(["thanks", "nice", "agreed"])}! the ${pick(THINGS)} you ${pick(DOINGS)} is ${pick(QUALITIES)}`,
  ];
  return pick(shapes.map((shape) => shape()));
}

type Script = (draw: () => number, ids: readonly string[]) => GuildEvent[];

let count = 0;
const base = (at: number) => ({ id: `e${(count += 1)}`, guildId: "801", at });
function says(userId: string, at: number, text: string, channelId = "501"): EventOf<"message.created"> {
  const messageId = String(1e18 + (count += 1) * 7_919);
  return {
    ...{
      ...base(at),
      kind: "message.created",
      channelId,
      messageId,
      text,
      author: { userId, name: userId, roleIds: [] },
    },
    ...{ mentionedUserIds: [], mentionedRoleIds: [], attachments: [] },
  };
}

/** Somebody with a daily life: some evenings, bursts of talk, pauses, sleep. */
function person(draw: () => number, userId: string): GuildEvent[] {
  const keenness = 0.5 + draw() * 6;
  const events: GuildEvent[] = [];
  for (let day = 0; day < 7; day++) {
    for (let sitting = 0; sitting < keenness; sitting++) {
      if (draw() < 0.3) continue;
      let at = START + day * DAY + (9 + draw() * 14) * HOUR;
      const messages = 2 + Math.floor(draw() * 14);
      for (let index = 0; index < messages; index++) {
        at += 5 * SECOND - Math.log(1 - draw()) * 70 * SECOND;
        events.push(says(userId, at, sentence(draw), draw() < 0.7 ? "501" : "502"));
        if (draw() < 0.1) events.push(reacts(String(1 + Math.floor(draw() * PEOPLE)), userId, at + MINUTE));
      }
    }
  }
  return events;
}

function reacts(userId: string, authorId: string, at: number): GuildEvent {
  return {
    ...base(at),
    kind: "reaction.added",
    channelId: "501",
    messageId: String(count),
    userId,
    authorId,
    emoji: "🔥",
  };
}

/** From now till the week is over, a message each time a pause has passed. */
function steadily(
  draw: () => number,
  pause: () => number,
  text: (index: number) => string,
  userId: string,
  channelId = "501",
) {
  const events: GuildEvent[] = [];
  for (let at = START + draw() * HOUR, index = 0; at < START + 7 * DAY; at += pause(), index++)
    events.push(says(userId, at, text(index), channelId));
  return events;
}

const SCRIPTS: Readonly<Record<string, Script>> = {
  "copy-paste": (draw, [id]) =>
    steadily(
      draw,
      () => 61 * SECOND,
      () => "good morning everybody, what a lovely day to be here",
      id!,
    ),
  "filler in turns": (draw, [id]) => {
    const kept = Array.from({ length: 5 }, () => sentence(draw));
    return steadily(
      draw,
      () => (61 + draw() * 20) * SECOND,
      (index) => kept[index % 5]!,
      id!,
    );
  },
  "generated filler": (draw, [id]) => {
    const words = () =>
      Array.from({ length: 9 + Math.floor(draw() * 5) }, () => THINGS[Math.floor(draw() * THINGS.length)]!).join(" ");
    return steadily(draw, () => (61 + draw() * 40) * SECOND, words, id!);
  },
  "sentences by clock": (draw, [id]) =>
    steadily(
      draw,
      () => (60 + draw() * 30) * SECOND,
      () => sentence(draw),
      id!,
    ),
  "fast typist": (draw, [id]) =>
    Array.from({ length: 7 * 1_200 }, (_, index) => {
      const at = START + Math.floor(index / 1_200) * DAY + 10 * HOUR + (index % 1_200) * 3 * SECOND;
      return says(id!, at, `${sentence(draw)}, ${sentence(draw)} and ${sentence(draw)}`);
    }),
  mash: (draw, [id]) =>
    steadily(
      draw,
      () => (61 + draw() * 200) * SECOND,
      () =>
        Array.from({ length: 4 }, () =>
          Array.from({ length: 8 }, () => "qwrtpsdfghjklzxcvbnm"[Math.floor(draw() * 20)]).join(""),
        ).join(" "),
      id!,
    ),
  "alternating pair": (draw, [one, other]) => {
    const events: GuildEvent[] = [];
    for (let day = 0; day < 7; day++)
      for (
        let at = START + day * DAY + 8 * HOUR, turn = 0;
        at < START + day * DAY + 22 * HOUR;
        at += (35 + draw() * 90) * SECOND, turn++
      )
        events.push(says(turn % 2 === 0 ? one! : other!, at, sentence(draw), "509"));
    return events;
  },
  "reaction ring": (draw, ids) =>
    ids.flatMap((authorId) => [
      says(authorId, START + draw() * HOUR, sentence(draw)),
      ...Array.from({ length: 1_000 }, (_, index) =>
        reacts(ids[index % ids.length]!, authorId, START + HOUR + index * 600 * SECOND),
      ),
    ]),
  "voice idlers": (_draw, ids) =>
    ids.flatMap((userId) =>
      Array.from({ length: 28 }, (_, index): GuildEvent[] => {
        const at = START + index * 6 * HOUR;
        return [
          { ...base(at), kind: "voice.changed", state: { userId, channelId: "700" } },
          { ...base(at + 6 * HOUR - 1), kind: "voice.left", userId },
        ];
      }).flat(),
    ),
};
const MEMBERS_OF: Readonly<Record<string, number>> = { "alternating pair": 2, "reaction ring": 5, "voice idlers": 3 };

interface Week {
  readonly events: readonly GuildEvent[];
  readonly farmers: ReadonlyMap<string, string>;
}

function weekOf(seed: number): Week {
  const draw = random(seed);
  const farmers = new Map<string, string>();
  const events: GuildEvent[] = [];
  for (let index = 1; index <= PEOPLE; index++) events.push(...person(draw, String(index)));
  let next = 900;
  for (const [name, script] of Object.entries(SCRIPTS)) {
    const ids = Array.from({ length: MEMBERS_OF[name] ?? 1 }, () => String((next += 1)));
    for (const id of ids) farmers.set(id, name);
    for (const event of script(draw, ids)) events.push(event);
  }
  return { events: events.sort((a, b) => a.at - b.at), farmers };
}

/** Points by member, with and without questions asked. */
function ours(week: Week): ReadonlyMap<string, number> {
  const house = smallHouse(levels, configSchema.parse({}), {
    guild: () => ({ name: "The Lantern", ownerId: "1", memberCount: 200, locale: "en" }),
  });
  for (const event of week.events) {
    house.bring(event);
    for (const change of voiceWrites(event, house.look)) {
      if (change.write === "record.put") house.records.set(`${change.record} ${change.key}`, change.value);
      else house.records.delete(`${change.record} ${change.key}`);
    }
  }
  return new Map(
    [...house.totals].flatMap(([id, points]) =>
      id.startsWith(`${POINTS} `) ? [[id.slice(POINTS.length + 1), points]] : [],
    ),
  );
}

function naive(week: Week): ReadonlyMap<string, number> {
  const { message, reaction, voice } = configSchema.parse({});
  const points = new Map<string, number>();
  const add = (userId: string, by: number) => points.set(userId, (points.get(userId) ?? 0) + by);
  const last = new Map<string, number>();
  const since = new Map<string, number>();
  for (const event of week.events) {
    if (event.kind === "message.created") {
      const { userId } = event.author;
      if (event.at - (last.get(userId) ?? 0) < message.cooldownSeconds * SECOND) continue;
      last.set(userId, event.at);
      add(userId, (message.least + message.most) / 2);
    }
    if (event.kind === "reaction.added") add(event.authorId!, reaction.points);
    if (event.kind === "voice.changed") since.set(event.state.userId, event.at);
    if (event.kind === "voice.left")
      add(event.userId, Math.floor((event.at - since.get(event.userId)!) / MINUTE) * voice.perMinute);
  }
  return points;
}

function share(points: ReadonlyMap<string, number>, who: (userId: string) => boolean): number {
  const all = [...points.values()].reduce((sum, value) => sum + value, 0);
  return [...points].filter(([userId]) => who(userId)).reduce((sum, [, value]) => sum + value, 0) / all;
}

function rankCorrelation(
  one: ReadonlyMap<string, number>,
  other: ReadonlyMap<string, number>,
  users: readonly string[],
): number {
  const placesIn = (points: ReadonlyMap<string, number>) => {
    const sorted = [...users].sort((a, b) => (points.get(b) ?? 0) - (points.get(a) ?? 0));
    return new Map(sorted.map((userId, index) => [userId, index]));
  };
  const [first, second] = [placesIn(one), placesIn(other)];
  const squares = users.reduce((sum, userId) => sum + (first.get(userId)! - second.get(userId)!) ** 2, 0);
  return 1 - (6 * squares) / (users.length * (users.length ** 2 - 1));
}

it.each([11, 12])(
  "in a week (seed %i) farms get less than a tenth of what they would, and people keep their places",
  (seed) => {
    const week = weekOf(seed);
    const [withQuestions, without] = [ours(week), naive(week)];
    const people = Array.from({ length: PEOPLE }, (_, index) => String(index + 1));
    const correlation = rankCorrelation(withQuestions, without, people);
    const farms = (userId: string) => week.farmers.has(userId);
    const figures = Object.keys(SCRIPTS).map((name) => {
      const own = (userId: string) => week.farmers.get(userId) === name;
      return `${name} ${(share(without, own) * 100).toFixed(1)} % → ${(share(withQuestions, own) * 100).toFixed(2)} %`;
    });
    console.info(
      `seed ${seed}: farms ${(share(without, farms) * 100).toFixed(1)} % → ${(share(withQuestions, farms) * 100).toFixed(2)} % (${figures.join(", ")}); rank correlation ${correlation.toFixed(3)}`,
    );
    expect(share(withQuestions, farms)).toBeLessThan(share(without, farms) / 10);
    expect(correlation).toBeGreaterThanOrEqual(0.95);
  },
);
