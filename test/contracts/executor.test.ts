import { afterAll, beforeAll } from "vitest";
import type { Action, Order } from "#core";
import { memoryExecutor } from "../../src/adapters/memory/executor.ts";
import { type Simulator, startSimulator } from "../../src/simulator/index.ts";
import { orderOf } from "../discord/orders.ts";
import { openHands } from "../discord/process.ts";
import { createPlace, DEEDS } from "../discord/verbs.ts";
import { member } from "../kit/guild.ts";
import { describeExecutor, type ExecutorScene } from "./executor.contract.ts";

const inMemory = (action: Action) => (): Promise<ExecutorScene> => {
  const executor = memoryExecutor();
  const order = orderOf("100", action);
  return Promise.resolve({ executor, order, times: () => executor.times(order), next: executor.next });
};

describeExecutor("memory", {
  scenes: {
    "a message": inMemory({ verb: "message.send", channelId: "20", words: { text: "Hello." } }),
    "a role": inMemory({ verb: "role.add", member: member("50"), roleId: "11" }),
  },
  planned: inMemory({ verb: "channel.lock", channelId: "20" }),
});

let simulator: Simulator;
const opened: ReturnType<typeof openHands>[] = [];
let scenes = 0;

beforeAll(async () => {
  simulator = await startSimulator({ rateLimits: "off" });
});
afterAll(async () => {
  for (const { rest } of opened) rest.close();
  await simulator.close();
});

const FAULTS = { "lost-before": "cut-before", "lost-after": "cut-after", "too-soon": "429" } as const;

const onDiscord = (verb: keyof typeof DEEDS) => async (): Promise<ExecutorScene> => {
  const { control } = simulator;
  const hands = openHands(simulator);
  opened.push(hands);
  scenes += 1;
  const deed = DEEDS[verb];
  const place = createPlace(control, () => Promise.reject(new Error("nothing to prepare")));
  const order: Order = orderOf(place.guildId, await deed.action(place), { id: `contract-${scenes}#0` });
  const forbid = () => {
    for (const role of control.roles(place.guildId)) control.setPermissions(place.guildId, role.id, 1_024n);
  };
  return {
    ...{ executor: hands.executor, order, times: () => deed.times(place) },
    next: (mishap) =>
      mishap === "refused"
        ? forbid()
        : control.fault({ match: { method: deed.method, route: deed.route }, kind: FAULTS[mishap] }),
  };
};

describeExecutor("discord", {
  scenes: {
    "a message": onDiscord("message.send"),
    "a role": onDiscord("role.add"),
    "a thread": onDiscord("thread.open"),
  },
  planned: async () => {
    const scene = await onDiscord("role.add")();
    return { ...scene, order: { ...scene.order, action: { verb: "channel.lock", channelId: "20" } } };
  },
});
