import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { type Simulator, startSimulator } from "../../src/simulator/index.ts";
import { orderOf } from "./orders.ts";
import { openHands, outboxOf, startProcess } from "./process.ts";
import { createPlace, DEEDS } from "./verbs.ts";

/** One verb for each way of finding out what became of a request. */
const CLASSES = [
  ["by the marker in the message", "message.send"],
  ["by asking for it again, which changes nothing", "dm.open"],
  ["by the value that stands there", "member.timeout"],
  ["by the state, unless a human has decided since", "role.add"],
  ["by the audit log and the stay", "member.kick"],
  ["by the audit log, which names what was made", "thread.open"],
  ["by the marker in a list", "scheduled-event.create"],
  ["by who the audit log says was banned", "members.bulk-ban"],
  ["by the pause that stands there", "guild.incidents"],
  ["not at all", "webhook.send"],
] as const;

let simulator: Simulator;
let preparing: ReturnType<typeof openHands>;
const children = new Map<string, ChildProcess>();

beforeAll(async () => {
  simulator = await startSimulator({ rateLimits: "off" });
  preparing = openHands(simulator);
  // All at once, as a process takes a while to start.
  await Promise.all(
    CLASSES.map(async ([, verb]) => {
      const child = fork(join(import.meta.dirname, "killed-hands.ts"), {
        execArgv: ["--import", "tsx"],
        stdio: "inherit",
      });
      children.set(verb, child);
      await once(child, "message");
    }),
  );
}, 60_000);
afterAll(async () => {
  preparing.rest.close();
  for (const child of children.values()) child.kill("SIGKILL");
  await simulator.close();
});

it.each(CLASSES)(
  "a process killed over its request, which lands all the same, is found out about %s (%s)",
  async (_how, verb) => {
    const deed = DEEDS[verb];
    let steps = 0;
    const place = createPlace(simulator.control, async (guildId, action) => {
      steps += 1;
      const outcome = await preparing.executor.perform(
        orderOf(guildId, action, { id: `${verb}-${steps}` }),
        AbortSignal.timeout(5_000),
      );
      return outcome.kind === "done" ? outcome.result : undefined;
    });
    const order = orderOf(place.guildId, await deed.action(place), { id: `killed-${verb}#0` });
    const outbox = outboxOf(order);
    const child = children.get(verb)!;
    const { apiUrl, token, control } = simulator;
    control.fault({ match: { method: deed.method, route: deed.route }, kind: "slow", ms: 200 });
    const leased = await outbox.lease(order.id, "dead", Date.now() + 5_000, 60_000);
    const arrived = vi.fn<(method: string, path: string) => void>();
    const forget = control.onRequest((method, path) => {
      arrived(method, path);
      child.kill("SIGKILL");
    });
    const gone = once(child, "exit");
    const { botId, applicationId } = control;
    child.send({ place: { apiUrl, token, control: { botId, applicationId } }, order: leased!.order });
    expect(await gone).toEqual([null, "SIGKILL"]);
    forget();
    await vi.waitUntil(() => deed.times(place) === 1, { timeout: 8_000, interval: 5 });
    const next = startProcess(simulator, outbox);
    await vi.waitUntil(
      async () => {
        if (outbox.isWaiting()) await next.act(order.id);
        if (next.events.length === 0) await next.reconcile();
        return next.events.length > 0;
      },
      { timeout: 8_000, interval: 5 },
    );
    next.end();
    const isUnknown = deed.looking === "cannot";
    expect(next.events).toMatchObject([
      isUnknown ? { kind: "action.failed", outcome: "unknown" } : { kind: "action.done" },
    ]);
    expect(deed.times(place)).toBe(1);
    expect(arrived).toHaveBeenCalledTimes(1);
  },
);
