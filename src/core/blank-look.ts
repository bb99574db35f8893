import type { Look } from "./agent.ts";

/** Sees a guild in which nothing ever happened. Tests of agents say only what theirs should see besides. */
export const BLANK_LOOK: Look = {
  count: () => 0,
  total: () => 0,
  ranking: () => ({ rows: [], members: 0 }),
  record: () => undefined,
  cases: () => [],
  said: () => undefined,
  recent: () => [],
  listed: () => ({ version: "" }),
  wrote: () => [],
  channel: () => undefined,
  role: () => undefined,
  guild: () => ({ name: "The Lantern", ownerId: "1", memberCount: 3, locale: "en" }),
};
