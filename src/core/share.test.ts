import { expect, it } from "vitest";
import { EVERYTHING, isOwn, shardOf } from "./share.ts";

it.each([
  ["4194304", 2, 1],
  ["8388608", 2, 0],
  ["900000000000000001", 4, Number((900000000000000001n >> 22n) % 4n)],
  ["9223372036854775807", 16, 15],
  ["guild-1", 4, 0],
])("guild %s lies, of %i shards, with shard %i", (guildId, count, shard) => {
  expect(shardOf(guildId, count)).toBe(shard);
});

it("leaves every guild to exactly one share, and all of them to the whole house", () => {
  const shares = [
    { count: 4, ids: [0, 3] },
    { count: 4, ids: [1] },
    { count: 4, ids: [2] },
  ];
  const guildIds = Array.from({ length: 64 }, (_, index) => String((BigInt(index) << 22n) + 5n));
  for (const guildId of guildIds) {
    expect(shares.filter((share) => isOwn(share, guildId))).toHaveLength(1);
    expect(isOwn(EVERYTHING, guildId)).toBe(true);
  }
});
