import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Store } from "#core";
import { createMemoryStore } from "../../src/adapters/memory/store/index.ts";
import type { OpenHouse } from "../../src/main/house.ts";
import { type Control, startSimulator } from "../../src/simulator/index.ts";
import { until } from "../discord/house.ts";
import { type Assembled, assembleOn, openOver } from "./whole-house.ts";

type Draft = Parameters<Control["createGuild"]>[0];

/** The whole house with one guild on a simulator of its own, by names instead of ids. */
export interface SimulatedHouse {
  readonly control: Control;
  readonly store: Store;
  readonly guildId: string;
  readonly channel: (name: string) => string;
  readonly role: (name: string) => string;
  readonly who: (name: string) => string;
  /** Resolves once what the interaction was answered with fits. */
  readonly answered: (interactionId: string, expected: RegExp) => Promise<unknown>;
  /** Custom ids under a message. */
  readonly buttons: (channelId: string, messageId: string) => readonly string[];
  /** Messages of the house's own in a channel, each as its embed's title and text, with its id. */
  readonly said: (channelId: string) => readonly { readonly id: string; readonly text: string }[];
  /** The house stops, and another one opens over the same store. */
  readonly restart: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** `agents` is what the guild chose for them, given the ids of what it has. */
export async function openSimulated(
  draft: Draft,
  agents: (ids: Pick<SimulatedHouse, "channel" | "role" | "who">) => object,
): Promise<SimulatedHouse> {
  const folder = mkdtempSync(join(tmpdir(), "guildhall-trip-"));
  // Outlives each house: what it holds is what a database would.
  const store: Store = { ...createMemoryStore(), close: () => Promise.resolve() };
  const simulator = await startSimulator({ rateLimits: "off" });
  const { control } = simulator;
  const guildId = control.createGuild(draft).id;
  const idOf = <T>(all: readonly T[], nameIn: (one: T) => string | null | undefined, name: string): T =>
    all.find((one) => nameIn(one) === name) ?? missing(name);
  const channel = (name: string) => idOf(control.channels(guildId), (one) => one.name, name).id;
  const role = (name: string) => idOf(control.roles(guildId), (one) => one.name, name).id;
  const who = (name: string) => idOf(control.members(guildId), (one) => one.user.username, name).user.id;
  const chosen = JSON.stringify({ agents: agents({ channel, role, who }) });
  const assembled: Assembled = await assembleOn(simulator, folder, chosen);
  let house: OpenHouse = await openOver(store, assembled, folder);
  return {
    ...{ control, store, guildId, channel, role, who },
    answered: (id, expected) => {
      const text = () =>
        JSON.stringify([control.interaction(id).embeds, control.interaction(id).components]) +
        JSON.stringify(control.interaction(id).followUps);
      return until(`${String(expected)} instead of ${text()}`, () => expected.test(text()));
    },
    buttons: (channelId, messageId) => {
      const found = control.messages(channelId).find(({ id }) => id === messageId);
      return [...JSON.stringify(found?.components ?? []).matchAll(/"custom_id":"([^"]+)"/g)].map(([, id]) => id!);
    },
    said: (channelId) =>
      control
        .messages(channelId)
        .filter(({ author }) => author.id === control.botId)
        .map(({ id, embeds }) => ({ id, text: [embeds[0]?.title, embeds[0]?.description].filter(Boolean).join("\n") })),
    restart: async () => {
      await house.close();
      house = await openOver(store, assembled, folder);
    },
    close: async () => {
      await house.close();
      await simulator.close();
      rmSync(folder, { recursive: true });
    },
  };
}

function missing(name: string): never {
  throw new Error(`the guild has no ${name}`);
}
