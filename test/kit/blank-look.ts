import type { Look } from "#core";

/** A look at a guild of which nothing is known: a test adds what its rule reads. */
export const blankLook: Look = {
  count: () => 0,
  total: () => 0,
  ranking: () => ({ rows: [], members: 0 }),
  record: () => undefined,
  cases: () => [],
  said: () => undefined,
  recent: () => [],
  channel: () => undefined,
  role: () => undefined,
  guild: () => ({ name: "The Lantern", ownerId: "1", memberCount: 3, locale: "en" }),
};
