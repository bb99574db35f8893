import { type BenchOptions, rounded, withChildren } from "./bench.ts";
import { withPlace } from "./place.ts";

export interface MemoryResult {
  readonly mb: number;
  readonly client_mb: number;
  readonly ratio: number;
  readonly rss_mb: number;
  readonly client_rss_mb: number;
  /** A client that is not told who the members are, as the house is not. */
  readonly client_without_members_mb: number;
  readonly guilds: number;
  readonly members: number;
}

interface Used {
  readonly mb: number;
  readonly rssMb: number;
}

/** Heap and external memory, settled, after all guilds have come and every guild has said a few things. */
export async function benchMemory(options: BenchOptions): Promise<MemoryResult> {
  const { memoryGuilds: guilds, memoryMembers: members } = options;
  const house = await withPlace(options.databaseUrl, (place) => used(options, "house", place.environment));
  const client = await used(options, "client", { BENCH_PRESENCES: "1" });
  const alone = await used(options, "client", {});
  options.tell(`memory: ${rounded(house.mb)} MB, client ${rounded(client.mb)} MB`);
  return {
    mb: rounded(house.mb, 1),
    client_mb: rounded(client.mb, 1),
    ratio: rounded(house.mb / client.mb, 3),
    rss_mb: rounded(house.rssMb, 1),
    client_rss_mb: rounded(client.rssMb, 1),
    client_without_members_mb: rounded(alone.mb, 1),
    ...{ guilds, members },
  };
}

function used(
  options: BenchOptions,
  role: "house" | "client",
  environment: Readonly<Record<string, string>>,
): Promise<Used> {
  const { memoryGuilds: guilds, memoryMembers: members } = options;
  return withChildren(options, async (start) => {
    const simulator = start("simulator", { NODE_ENV: "production" }, ["--max-old-space-size=8192"]);
    const wish = { guilds, members, millisecondsApart: 2.5 };
    const { apiUrl, token } = await simulator.ask<{ apiUrl: string; token: string }>("open", wish);
    const place = { ...environment, NODE_ENV: "production", DISCORD_API_URL: apiUrl, DISCORD_TOKEN: token };
    const subject = start(role, place, ["--max-old-space-size=8192"]);
    await subject.ask("ready", { guilds });
    const messages = guilds * 16;
    await subject.ask("watch", { count: messages });
    await simulator.ask("flood", { messages, violatingShare: 0 });
    await subject.ask("reached");
    return subject.ask<Used>("memory");
  });
}
