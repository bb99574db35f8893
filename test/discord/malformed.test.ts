import fc from "fast-check";
import { beforeEach, expect, it } from "vitest";
import { type Arrival, EVENT_KINDS } from "#core";
import { type FrameTools, readFrame } from "../../src/adapters/discord/gateway/frames.ts";
import { createNames } from "../../src/adapters/discord/gateway/names.ts";
import { createSessions } from "../../src/adapters/discord/gateway/sessions.ts";
import { NORMALISED_NAMES } from "../../src/adapters/discord/normalise/index.ts";
import { BOT, plainSeal } from "./context.ts";
import { countingMetrics } from "./house.ts";
import { PAYLOADS } from "./payloads.ts";

const SHARD = { shardId: 0, shardCount: 1, intents: 1, gatewayUrl: "ws://door/" };
const GOOD = { op: 0, t: "MESSAGE_CREATE", d: PAYLOADS.MESSAGE_CREATE };

let arrivals: Arrival[];
let counted: ReturnType<typeof countingMetrics>["counts"];
let sequence: number;
let tools: FrameTools;

beforeEach(() => {
  arrivals = [];
  const metrics = countingMetrics();
  counted = metrics.counts;
  sequence = 1;
  tools = {
    ...{ metrics, sessions: createSessions(), names: createNames(), clock: { now: () => 1_900_000_000_000 } },
    road: {
      arrive: (arrival) => {
        arrivals.push(arrival);
        sequence = Math.max(sequence, arrival.frame?.sequence ?? 0);
      },
    },
    context: { botUserId: BOT, seal: plainSeal, orderOf: () => undefined },
    ...{ interactionReceived: () => undefined, sessionReplaced: () => undefined, guildArrived: () => undefined },
    heard: () => undefined,
    ...{ ready: () => undefined, isReady: () => true, arrived: () => undefined },
  };
  readFrame(JSON.stringify({ op: 0, t: "READY", s: 1, d: { session_id: "s", guilds: [] } }), SHARD, tools);
});

const ignored = () => counted.get("gateway_frames_ignored") ?? 0;
const dispatch = (t: unknown, d: unknown): void => {
  sequence += 1;
  readFrame(JSON.stringify({ op: 0, t, s: sequence, d }), SHARD, tools);
};

/** Said something, had nothing to say, or was counted; and its number is known in any case. Then life goes on. */
function taken(t: string, d: unknown): void {
  const before = { ignored: ignored(), arrivals: arrivals.length };
  dispatch(t, d);
  expect(arrivals).toHaveLength(before.arrivals + 1);
  const { events, frame } = arrivals.at(-1)!;
  expect(frame?.sequence).toBe(sequence);
  for (const event of events) {
    expect(EVENT_KINDS).toContain(event.kind);
    expect(JSON.stringify(event)).not.toMatch(/\\u0000|\\ud[89a-f]/i);
  }
  expect(ignored() - before.ignored).toBeLessThanOrEqual(events.length === 0 ? 1 : 0);
  dispatch(GOOD.t, GOOD.d);
  expect(arrivals.at(-1)?.events[0]?.kind).toBe("message.created");
}

const broken = fc.oneof(
  fc.constantFrom<unknown>(undefined, null, "", 0, -1, 1e400, 2 ** 53, 4_711, true, [], {}, [null], [[]], { id: {} }),
  fc.constantFrom<unknown>("\ud800", "\udfff a", "a\0b", "9".repeat(21), "-5", "x".repeat(50_000), "<@1>", "∞"),
  fc.jsonValue({ maxDepth: 2 }),
);

/** A path into the payload, chosen by numbers, and what stands there instead. */
function withDamage(value: unknown, steps: readonly number[], instead: unknown): unknown {
  const [step, ...rest] = steps;
  if (step === undefined || typeof value !== "object" || value === null) return instead;
  const keys = Object.keys(value);
  const key = keys[step % Math.max(1, keys.length)];
  if (key === undefined) return instead;
  const damaged = withDamage((value as Record<string, unknown>)[key], rest, instead);
  if (Array.isArray(value)) return value.map((each: unknown, index) => (String(index) === key ? damaged : each));
  return { ...value, [key]: damaged };
}

const damage = fc.record({ steps: fc.array(fc.nat(40), { minLength: 1, maxLength: 4 }), instead: broken });

it("has a whole payload for every dispatch that is read, and an event for each", () => {
  expect(Object.keys(PAYLOADS).toSorted()).toEqual([...NORMALISED_NAMES].toSorted());
  for (const [name, payload] of Object.entries(PAYLOADS)) {
    dispatch(name, payload);
    expect([name, arrivals.at(-1)?.events.length]).toEqual([name, 1]);
  }
  expect(ignored()).toBe(0);
});

it.each(Object.entries(PAYLOADS))(
  "%s: whatever is missing, null, of another kind, too long or unknown",
  (name, payload) => {
    fc.assert(
      fc.property(fc.array(damage, { minLength: 1, maxLength: 3 }), (damages) => {
        taken(
          name,
          damages.reduce<unknown>((whole, { steps, instead }) => withDamage(whole, steps, instead), payload),
        );
      }),
      { numRuns: 120 },
    );
  },
);

it.each(Object.keys(PAYLOADS))("%s: nothing of it, or something else altogether, is counted", (name) => {
  for (const payload of [null, undefined, 5, "text", [], true]) {
    const before = counted.get("gateway_frames_ignored malformed") ?? 0;
    taken(name, payload);
    expect(counted.get("gateway_frames_ignored malformed")).toBe(before + 1);
  }
});

it("takes any text for a frame: what is none is counted and has no number", () => {
  const odd = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.json(),
    fc
      .record({ op: broken, t: broken, s: broken, d: broken }, { requiredKeys: [] })
      .map((frame) => JSON.stringify(frame)),
  );
  fc.assert(
    fc.property(odd, (text) => {
      readFrame(text, SHARD, tools);
      const before = arrivals.length;
      if (sequence >= Number.MAX_SAFE_INTEGER - 1) return;
      dispatch(GOOD.t, GOOD.d);
      expect(arrivals).toHaveLength(before + 1);
      expect(arrivals.at(-1)?.events[0]?.kind).toBe("message.created");
    }),
    { numRuns: 400 },
  );
});
