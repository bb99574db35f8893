import { afterEach, describe, expect, test } from "vitest";
import type { Store } from "#core";
import levels from "../../agents/levels/index.ts";
import { configSchema } from "../../agents/levels/config.ts";
import { manualClock } from "../../src/adapters/memory/clock.ts";
import { createMemoryStore } from "../../src/adapters/memory/store/index.ts";
import { GUILD, member, message } from "../kit/guild.ts";
import { startRoad, type TestRoad, type TestRoadOptions } from "../kit/road.ts";

/** Every message earns ten, and the one level there is begins at 1,500. */
const CONFIG = configSchema.parse({
  message: { least: 10, most: 10, cooldownSeconds: 0, minimumLength: 0, fullPerDay: 10_000 },
  curve: { kind: "list", from: [1_500] },
  farming: false,
});
const roads: TestRoad[] = [];
afterEach(async () => {
  for (const road of roads.splice(0)) await road.stop();
});

async function open(store: Store, options: Partial<TestRoadOptions> = {}): Promise<TestRoad> {
  const road = await startRoad({
    store,
    agents: [levels],
    config: { levels: CONFIG },
    clock: manualClock(1_800_000_000_000),
    ...options,
  });
  roads.push(road);
  return road;
}
const at = 1_800_000_000_000;
const said = () => Array.from({ length: 200 }, (_, index) => message(`line ${index}`, { at, author: member("50") }));
const pointsIn = async (store: Store) =>
  (await store.guild(GUILD).totals([{ owner: "levels", total: "points", key: "50" }]))[0];
const told = async (store: Store) =>
  (await store.guild(GUILD).orders("any", 500)).filter(({ action }) => action.verb === "message.send").length;

describe("200 messages of one member at once", () => {
  test("earn exactly what the formula says, and one level is told", async () => {
    const store = createMemoryStore();
    const road = await open(store);
    const events = said();
    road.bring(...events);
    await road.commitOf((entry) => entry.event.id === events.at(-1)!.id);
    expect([await pointsIn(store), await told(store)]).toEqual([2_000, 1]);
    const board = await store.guild(GUILD).ranking({ owner: "levels", total: "board", key: "50", offset: 0, limit: 1 });
    expect(board).toMatchObject({ members: 1, own: { value: 2_000, place: 1 } });
  });

  test("earn the same over two workers, the second of which takes over in the middle and hears them all again", async () => {
    const store = createMemoryStore();
    const lost: string[] = [];
    const first = await open(store, { onFatal: ({ code }) => void lost.push(code) });
    const events = said();
    first.bring(...events.slice(0, 120));
    await first.commitOf((entry) => entry.event.id === events[119]!.id);
    // The first is told nothing: it finds out when it next commits.
    const lease = await store.leases.take("road", "test", at, 1);
    await store.leases.giveBack(lease!);
    const second = await open(store, { holder: "second" });
    first.bring(...events);
    second.bring(...events);
    await second.commitOf((entry) => entry.event.id === events.at(-1)!.id);
    expect([await pointsIn(store), await told(store)]).toEqual([2_000, 1]);
    expect(lost).toEqual(["lease-lost"]);
  });

  test("add nothing when they are brought again", async () => {
    const store = createMemoryStore();
    const road = await open(store);
    const events = said();
    road.bring(...events);
    await road.commitOf((entry) => entry.event.id === events.at(-1)!.id);
    road.bring(...events);
    await road.known(events.at(-1)!.id);
    expect([await pointsIn(store), await told(store)]).toEqual([2_000, 1]);
  });
});

test("in shadow one member in sixteen is followed, apart from what counts, and nobody else costs anything", async () => {
  const store = createMemoryStore();
  const shadow = { levels: { mode: "shadow" as const, config: CONFIG, hash: "test" } };
  const road = await open(store, { policy: { agents: shadow } });
  const userIds = Array.from({ length: 320 }, (_, index) => String(1_000 + index));
  const events = userIds.flatMap((id) => [0, 1, 2].map((n) => message(`line ${n}`, { at, author: member(id) })));
  road.bring(...events);
  await road.commitOf((entry) => entry.event.id === events.at(-1)!.id);
  const pointsOf = (keyOf: (userId: string) => string) =>
    store.guild(GUILD).totals(userIds.map((id) => ({ owner: "levels", total: "points", key: keyOf(id) })));
  const watched = (await pointsOf((id) => `shadow/${id}`)).filter((points) => points !== 0);
  expect(new Set(watched)).toEqual(new Set([30]));
  expect(watched.length).toBeGreaterThan(10);
  expect(watched.length).toBeLessThan(32);
  expect(new Set(await pointsOf((id) => id))).toEqual(new Set([0]));
});
