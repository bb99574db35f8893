import { GatewayIntentBits } from "discord-api-types/v10";
import { GuildhallError } from "#core";
import type { Hub } from "./gateway/hub.ts";
import { belongsTo, deliverUnbuffered, type Session } from "./gateway/session.ts";
import type { Rest } from "./rest/server.ts";
import { createRandom, type Random } from "./world/random.ts";
import { iso } from "./world/times.ts";
import { floodTemplates, type FloodTemplate } from "./flood-templates.ts";
import type { World } from "./world/world.ts";

export interface FloodOptions {
  /** Which guilds; all unless said. Their members write in their first text channels, in turns. */
  readonly guildIds?: readonly string[];
  readonly messages: number;
  /** Which share of the messages breaks a rule, 0 to 1, and what those say. */
  readonly violatingShare: number;
  readonly violatingText: string;
  /** What all others say, by chance; a few stock sentences unless said. */
  readonly lines?: readonly string[];
  readonly seed?: number;
  /** Events per second; as fast as the sockets take them unless said. */
  readonly rate?: number;
  /** With a rate: how long to wait at the end for deletes that are under way. */
  readonly settleMs?: number;
}

/** Of one violating message: when its frame went out and when the DELETE for it came in, on performance.now(). */
export interface FloodTiming {
  readonly messageId: string;
  readonly sentAt: number;
  readonly deletedAt: number | undefined;
}

export interface FloodResult {
  readonly sent: number;
  readonly violating: number;
  readonly bytes: number;
  /** Real milliseconds from the first frame to the last. */
  readonly milliseconds: number;
  /** With a rate only. */
  readonly timings: readonly FloodTiming[];
}

export interface FloodParts {
  readonly world: World;
  readonly hub: Hub;
  readonly rest: Rest;
}

/** Looks at the sockets after so many frames: often enough to bound memory, seldom enough to cost nothing. */
const BATCH = 256;
const TICK_MS = 4;

interface Prepared {
  readonly id: string;
  readonly data: string;
  readonly isViolating: boolean;
  readonly session: Session;
  readonly template: FloodTemplate;
}

interface Stream {
  readonly options: FloodOptions;
  readonly chance: Random;
  readonly targets: readonly { readonly template: FloodTemplate; readonly session: Session }[];
  readonly times: Map<string, { sentAt: number; deletedAt: number | undefined }>;
  sent: number;
  violating: number;
  bytes: number;
}

/**
 * Streams MESSAGE_CREATE to the sessions that are there, with rising sequence numbers and past the replay buffer: a RESUME
 * into a flood is refused. The messages are stored nowhere; deleting one answers as if it had been.
 */
export async function flood(parts: FloodParts, options: FloodOptions): Promise<FloodResult> {
  const stream = openStream(parts, options);
  const forget = watchDeletes(parts.rest, stream);
  const { rate } = options;
  const milliseconds = rate === undefined ? await atFullSpeed(parts, stream) : await atRate(parts, stream, rate);
  forget();
  const timings = [...stream.times].map(([messageId, times]) => ({ messageId, ...times }));
  return { sent: stream.sent, violating: stream.violating, bytes: stream.bytes, milliseconds, timings };
}

function openStream({ world, hub }: FloodParts, options: FloodOptions): Stream {
  const chance = createRandom(options.seed ?? world.seed);
  const sessions = [...hub.sessions.values()].filter((one) => one.connection !== undefined);
  const targets = (options.guildIds ?? [...world.guilds.keys()]).flatMap((guildId) => {
    const session = sessions.find((one) => belongsTo(one.shard, guildId));
    return session === undefined ? [] : floodTemplates(world, guildId).map((template) => ({ template, session }));
  });
  if (targets.length === 0) throw new GuildhallError("simulator.flood", "nobody is connected who would hear a flood");
  return { options, chance, targets, times: new Map(), sent: 0, violating: 0, bytes: 0 };
}

function watchDeletes(rest: Rest, stream: Stream): () => void {
  const heard = (method: string, path: string): void => {
    if (method !== "DELETE") return;
    const times = stream.times.get(path.slice(path.lastIndexOf("/") + 1));
    if (times !== undefined) times.deletedAt ??= performance.now();
  };
  rest.arrivals.add(heard);
  return () => void rest.arrivals.delete(heard);
}

/** Everything is rendered before the first frame goes out, so that rendering is not what is measured. */
async function atFullSpeed({ world }: FloodParts, stream: Stream): Promise<number> {
  const prepared = Array.from({ length: stream.options.messages }, (_, index) => prepare(world, stream, index));
  const sessions = new Set(stream.targets.map(({ session }) => session));
  const startedAt = performance.now();
  while (stream.sent < prepared.length) {
    for (const { connection } of sessions) connection?.cork();
    for (const message of prepared.slice(stream.sent, stream.sent + BATCH)) sendOne(world, stream, message);
    for (const { connection } of sessions) connection?.uncork();
    // Lets the sockets drain, and requests in; a client that reads slower than this holds the stream back. What waits then
    // is far more than is read within a tick, and looking without a pause would take a core from whoever reads.
    await nextTurn();
    while ([...sessions].some(({ connection }) => connection?.isCongested() === true)) await pause(TICK_MS);
  }
  return performance.now() - startedAt;
}

async function atRate({ world }: FloodParts, stream: Stream, rate: number): Promise<number> {
  const { messages, settleMs = 2_000 } = stream.options;
  const startedAt = performance.now();
  while (stream.sent < messages) {
    const due = Math.min(messages, Math.floor(((performance.now() - startedAt) / 1_000) * rate) + 1);
    while (stream.sent < due) {
      const message = prepare(world, stream, stream.sent);
      sendOne(world, stream, message);
      if (message.isViolating) stream.times.set(message.id, { sentAt: performance.now(), deletedAt: undefined });
    }
    await pause(TICK_MS);
  }
  const milliseconds = performance.now() - startedAt;
  await settle(stream, settleMs);
  return milliseconds;
}

/** Violations come at even distances, so that every stretch of the stream has its share. */
function prepare(world: World, { options, targets, chance }: Stream, index: number): Prepared {
  const isViolating = Math.floor((index + 1) * options.violatingShare) > Math.floor(index * options.violatingShare);
  const { template, session } = targets[index % targets.length] as Stream["targets"][number];
  const id = world.ids.next();
  const text = isViolating ? options.violatingText : chance.pick(options.lines ?? LINES);
  const isHidden = (session.intents & GatewayIntentBits.MessageContent) === 0;
  return {
    id,
    isViolating,
    session,
    template,
    data: template.render(id, isHidden ? "" : text, iso(world.clock.now())),
  };
}

function sendOne(world: World, stream: Stream, { id, isViolating, session, template, data }: Prepared): void {
  world.flooded.set(id, { channelId: template.channelId, guildId: template.guildId });
  deliverUnbuffered(session, "MESSAGE_CREATE", data);
  stream.sent += 1;
  stream.bytes += data.length;
  if (isViolating) stream.violating += 1;
}

async function settle(stream: Stream, milliseconds: number): Promise<void> {
  const deadline = performance.now() + milliseconds;
  const isOpen = (): boolean => [...stream.times.values()].some((one) => one.deletedAt === undefined);
  while (isOpen() && performance.now() < deadline) await pause(TICK_MS);
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** What people say who break no rule: short and long, with and without a link, question or emoji. */
const LINES = [
  "morning all",
  "does anybody have a spare gasket for the old pump?",
  "the second batch came out much better than the first, thanks for the tip about the damp cloth",
  "see https://en.wikipedia.org/wiki/Tide for how that works",
  "haha yes",
  "I can bring the long ladder on Saturday if somebody helps me carry it",
  "where did we put the list from last week?",
  "🎉 finally done",
  "it depends on the wind, honestly; anything above four and I would stay in",
  "brb",
  "could a moderator pin that please",
  "I read it differently: the rule says before noon, not until noon",
];
