import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { GuildEvent, Order } from "#core";
import { type FaultKind, type Simulator, startSimulator } from "../../src/simulator/index.ts";
import { orderOf } from "./orders.ts";
import { openHands, outboxOf, startProcess } from "./process.ts";
import { createPlace, type Deed, DEEDS, type Place } from "./verbs.ts";

/**
 * For every verb: whatever goes wrong with a request, and whoever dies over it, what was ordered happens once, and the
 * world itself is asked whether it did.
 */
let simulator: Simulator;
let preparing: ReturnType<typeof openHands>;

beforeAll(async () => {
  simulator = await startSimulator({ rateLimits: "off" });
  preparing = openHands(simulator);
});
afterAll(async () => {
  preparing.rest.close();
  await simulator.close();
});

interface Scene {
  readonly deed: Deed;
  readonly place: Place;
  readonly order: Order;
  readonly outbox: ReturnType<typeof outboxOf>;
  readonly fault: (kind: FaultKind, ms?: number) => void;
}

let scenes = 0;

async function sceneOf(verb: keyof typeof DEEDS): Promise<Scene> {
  const deed = DEEDS[verb];
  scenes += 1;
  let steps = 0;
  const place = createPlace(simulator.control, async (guildId, action) => {
    steps += 1;
    const order = orderOf(guildId, action, { id: `prepared-${scenes}#${steps}` });
    const outcome = await preparing.executor.perform(order, new AbortController().signal);
    if (outcome.kind !== "done") throw new Error(`preparing ${action.verb}: ${JSON.stringify(outcome)}`);
    return outcome.result;
  });
  const order = orderOf(place.guildId, await deed.action(place), { id: `order-${scenes}#0` });
  simulator.control.clearFaults();
  return {
    ...{ deed, place, order, outbox: outboxOf(order) },
    fault: (kind, ms) =>
      simulator.control.fault({
        ...{ match: { method: deed.method, route: deed.route }, kind, ...(ms !== undefined && { ms }) },
      }),
  };
}

/** Acts and looks until there is an outcome, as the road does. */
async function settle(scene: Scene, process: ReturnType<typeof startProcess>): Promise<GuildEvent> {
  await vi.waitUntil(
    async () => {
      if (scene.outbox.isWaiting()) await process.act(scene.order.id);
      if (process.events.length === 0) await process.reconcile();
      return process.events.length > 0;
    },
    { timeout: 8_000, interval: 5 },
  );
  return process.events[0]!;
}

async function expectOnce(scene: Scene, process: ReturnType<typeof startProcess>): Promise<void> {
  const event = await settle(scene, process);
  process.end();
  expect(event.kind).toBe("action.done");
  expect(process.events).toHaveLength(1);
  expect(scene.deed.times(scene.place)).toBe(1);
}

/** Looked for and not to be found out: shown to staff, and not done twice. */
async function expectUnknown(scene: Scene, process: ReturnType<typeof startProcess>, times: number): Promise<void> {
  expect(await settle(scene, process)).toMatchObject({ kind: "action.failed", outcome: "unknown" });
  process.end();
  expect(scene.deed.times(scene.place)).toBe(times);
}

const verbs = Object.keys(DEEDS) as (keyof typeof DEEDS)[];

describe.each(verbs)("%s happens once", (verb) => {
  it.each(["cut-before", "cut-after", "500", "500-after"] as const)("after %s", async (kind) => {
    const scene = await sceneOf(verb);
    scene.fault(kind);
    const process = startProcess(simulator, scene.outbox);
    if (scene.deed.looking !== "cannot") return expectOnce(scene, process);
    return expectUnknown(scene, process, kind.endsWith("-after") ? 1 : 0);
  });

  it("where the request lands after its deadline", async () => {
    const scene = await sceneOf(verb);
    scene.fault("late", 60);
    const process = startProcess(simulator, scene.outbox, { deadlineMs: 20 });
    await process.act(scene.order.id);
    expect(process.events).toEqual([]);
    await vi.waitUntil(() => scene.deed.times(scene.place) === 1, { timeout: 4_000, interval: 5 });
    const next = startProcess(simulator, scene.outbox);
    process.end();
    if (scene.deed.looking === "cannot") return expectUnknown(scene, next, 1);
    return expectOnce(scene, next);
  });

  it("where the process dies before the request", async () => {
    const scene = await sceneOf(verb);
    await scene.outbox.lease(scene.order.id, "dead", Date.now() + 5_000, 60_000);
    const process = startProcess(simulator, scene.outbox);
    if (scene.deed.looking === "cannot") return expectUnknown(scene, process, 0);
    return expectOnce(scene, process);
  });

  it("where the process dies after the request", async () => {
    const scene = await sceneOf(verb);
    const dead = startProcess(simulator, scene.outbox);
    const leased = await scene.outbox.lease(scene.order.id, "dead", Date.now() + 5_000, 60_000);
    await dead.executor.perform(leased!.order, new AbortController().signal);
    dead.end();
    const process = startProcess(simulator, scene.outbox);
    if (scene.deed.looking === "cannot") return expectUnknown(scene, process, 1);
    return expectOnce(scene, process);
  });

  it.each(["429", "user-429", "global-429"] as const)("after a %s, and not before Discord allows it", async (kind) => {
    const scene = await sceneOf(verb);
    scene.fault(kind, 1_000);
    const process = startProcess(simulator, scene.outbox);
    await process.act(scene.order.id);
    await process.act(scene.order.id);
    process.end();
    expect(scene.outbox.isWaiting()).toBe(true);
    expect(scene.deed.times(scene.place)).toBe(0);
    return expectOnce(scene, startProcess(simulator, scene.outbox, { aheadMs: 10_000 }));
  });
});
