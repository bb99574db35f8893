import fc from "fast-check";
import { expect, it } from "vitest";
import { type Arrival, type EventOf, snowflakeAt } from "#core";
import { BOT, plainSeal } from "../../../../test/discord/context.ts";
import { NORMALISED_NAMES } from "../normalise/index.ts";
import { type FrameTools, readFrame } from "./frames.ts";
import { createNames } from "./names.ts";
import { createSessions } from "./sessions.ts";

const SHARD = { gatewayUrl: "ws://door/", shardId: 0, shardCount: 1, intents: 1 };

function reader() {
  const arrivals: Arrival[] = [];
  let ignored = 0;
  let isReady = false;
  const tools: FrameTools = {
    road: { arrive: (arrival) => void arrivals.push(arrival) },
    clock: { now: () => 1_900_000_000_000 },
    metrics: { count: () => void (ignored += 1), observe: () => undefined },
    sessions: createSessions(),
    names: createNames(),
    context: { botUserId: BOT, seal: plainSeal, orderOf: () => undefined },
    interactionReceived: () => undefined,
    sessionReplaced: () => undefined,
    guildArrived: () => undefined,
    heard: () => undefined,
    ready: () => void (isReady = true),
    isReady: () => isReady,
    arrived: () => undefined,
  };
  const read = (frame: unknown) => readFrame(typeof frame === "string" ? frame : JSON.stringify(frame), SHARD, tools);
  const ready = { op: 0, t: "READY", s: 1, d: { session_id: "s", resume_gateway_url: "ws://x", guilds: [] } };
  read(ready);
  return { arrivals, read, ignored: () => ignored, catchingUp: (catching: boolean) => (isReady = !catching) };
}

it.each([
  ["as it is used", false, 60_000, undefined],
  ["replayed at once", true, 2_000, undefined],
  ["replayed too late to be answered", true, 4_000, true],
])("a command that comes %s", (_how, isCatchingUp, age, expired) => {
  const { arrivals, read, catchingUp } = reader();
  catchingUp(isCatchingUp);
  const id = snowflakeAt(1_900_000_000_000 - age);
  const member = { user: { id: "2", username: "ada" }, roles: [], permissions: "0" };
  const d = { id, type: 2, guild_id: "1", channel_id: "3", token: "t", member, data: { name: "warn" } };
  read({ op: 0, t: "INTERACTION_CREATE", s: 2, d });
  const [event] = arrivals.at(-1)!.events;
  expect(event).toMatchObject({ kind: "command.used", interaction: { id } });
  expect((event as EventOf<"command.used">).interaction.expired).toBe(expired);
});

it("survives any text and any frame", () => {
  const frame = fc.record({
    op: fc.oneof(fc.constantFrom(0, 1, 7, 9, 10, 11), fc.jsonValue()),
    t: fc.oneof(fc.constantFrom(...NORMALISED_NAMES, "READY", "RESUMED"), fc.jsonValue()),
    s: fc.oneof(fc.nat(), fc.jsonValue()),
    d: fc.jsonValue(),
  });
  const { read } = reader();
  const holds = (sent: unknown) => expect(typeof read(sent)).toBe("boolean");
  fc.assert(
    fc.property(fc.oneof(fc.string(), frame), (sent) => void holds(sent)),
    { numRuns: 3_000 },
  );
});

it("gives every dispatch with a number one arrival, in order, whatever is in it", () => {
  const payloads = fc.array(fc.tuple(fc.constantFrom(...NORMALISED_NAMES, "NEW_THING"), fc.jsonValue()));
  fc.assert(
    fc.property(payloads, (list) => {
      const { arrivals, read } = reader();
      list.forEach(([t, d], index) => read({ op: 0, t, s: index + 2, d }));
      expect(arrivals.map((arrival) => arrival.frame?.sequence)).toEqual(
        Array.from({ length: list.length + 1 }, (_, i) => i + 1),
      );
    }),
  );
});

it("takes a frame once: what a resume brings again was had already", () => {
  const { arrivals, read } = reader();
  for (const s of [2, 3, 2, 3, 4]) read({ op: 0, t: "TYPING_START", s, d: {} });
  expect(arrivals.map((arrival) => arrival.frame?.sequence)).toEqual([1, 2, 3, 4]);
});

it("hands to the protocol's keeper only what it can make sense of", () => {
  const { read, ignored } = reader();
  expect(
    [{ op: 1 }, { op: 7 }, { op: 11 }, { op: 9, d: false }, { op: 10, d: { heartbeat_interval: 5 } }].map(read),
  ).toEqual(Array(5).fill(true));
  const before = ignored();
  expect([{ op: 9 }, { op: 10 }, { op: 10, d: {} }, { op: 5 }, { op: "0" }, "{", "[]"].map(read)).toEqual(
    Array(7).fill(false),
  );
  expect(ignored() - before).toBe(7);
});
