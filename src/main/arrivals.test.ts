import { expect, it } from "vitest";
import { type Arrival, EVERYTHING, type GuildEvent, shardOf } from "#core";
import { arrivalsFor } from "./arrivals.ts";

const nothing = () => undefined;
const log = { debug: nothing, info: nothing, warn: nothing, error: nothing };
const [mine, theirs] = [0, 1].map((shard) => {
  let id = 1n << 22n;
  while (shardOf(id.toString(), 2) !== shard) id += 1n << 22n;
  return id.toString();
}) as [string, string];

const event = (guildId: string): GuildEvent => ({ id: guildId, guildId, at: 1, kind: "guild.unavailable" });
const frame = { shardId: 0, shardCount: 2, sessionId: "s", sequence: 7, intents: 0, resumeUrl: "wss://x" };

it("an event of another process's guild waits in the inbox, and its frame is through", async () => {
  const [arrived, waiting]: [Arrival[], string[]] = [[], []];
  let failing = 2;
  const put = async ({ guildId }: GuildEvent) => {
    if (failing-- > 0) throw new Error("the database is away");
    waiting.push(guildId);
  };
  const parts = { share: { count: 2, ids: [0] }, inbox: { put }, log };
  const arrive = arrivalsFor(parts, (arrival) => void arrived.push(arrival));
  arrive({ receivedAt: 1, events: [event(mine)], frame });
  arrive({ receivedAt: 2, events: [event(theirs)], frame });
  await expect.poll(() => waiting).toEqual([theirs]);
  expect(arrived.map(({ events, frame: at }) => [events.map(({ guildId }) => guildId), at?.sequence])).toEqual([
    [[mine], 7],
    [[], 7],
  ]);
});

it("a house of one process keeps everything", () => {
  const arrive = nothing;
  expect(arrivalsFor({ share: EVERYTHING, inbox: { put: () => Promise.reject(new Error("no")) }, log }, arrive)).toBe(
    arrive,
  );
});
