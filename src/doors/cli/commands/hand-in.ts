import { randomUUID } from "node:crypto";
import type { EventOf, GuildStore, Store } from "#core";
import type { Context, GuildFlags } from "../context.ts";

export interface WaitFlags extends GuildFlags {
  readonly wait: number;
}

const LOOK_EVERY_MS = 200;
export const NOT_YET = "The house has not taken it yet; it does as soon as it runs.\n";

type Change = EventOf<"knowledge.given" | "knowledge.withdrawn">;
type Given = Change extends infer One
  ? One extends Change
    ? Omit<One, "id" | "guildId" | "at" | "by">
    : never
  : never;

/** Like everything that comes by a door it waits in the inbox for the house. True once it is committed. */
export async function handIn(
  context: Context,
  { guild, store, wait }: { readonly guild: GuildStore; readonly store: Store; readonly wait: number },
  given: Given,
): Promise<boolean> {
  const id = `cli:${randomUUID()}`;
  const by = `terminal:${context.terminal.user}`;
  await store.inbox.put({ ...given, id, guildId: guild.guildId, at: context.house.clock.now(), by });
  for (let waited = 0; waited <= wait * 1_000; waited += LOOK_EVERY_MS) {
    if ((await store.seen([id])).has(id)) return true;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  return false;
}
