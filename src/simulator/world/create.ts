import type { Clock } from "#core";
import { createIds } from "./ids.ts";
import { createUser } from "./members.ts";
import type { World } from "./world.ts";

export interface WorldOptions {
  readonly clock: Clock;
  readonly seed: number;
  readonly applicationId?: string | undefined;
}

/** An empty world with nobody but the bot. Its user and its application share an id, as on Discord. */
export function createWorld(options: WorldOptions): World {
  const ids = createIds(options.clock, options.seed);
  const botId = options.applicationId ?? ids.before(86_400_000);
  const world: World = {
    clock: options.clock,
    seed: options.seed,
    ids,
    botId,
    applicationId: botId,
    baseUrl: "",
    users: new Map(),
    guilds: new Map(),
    channels: new Map(),
    commands: new Map(),
    interactions: new Map(),
    webhooks: new Map(),
    invites: new Map(),
    files: new Map(),
    flooded: new Map(),
    send: () => undefined,
    told: () => undefined,
  };
  createUser(world, { id: botId, name: "guildhall", bot: true });
  return world;
}
