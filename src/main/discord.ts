import {
  GuildhallError,
  type ActionExecutor,
  type Agent,
  type PinReader,
  type Road,
  type RoleReader,
  type Store,
  type ThreadReader,
} from "#core";
import {
  connectDiscord,
  REQUESTS_PER_SECOND,
  type DiscordConnection,
  type DiscordOptions,
  type RememberedSession,
} from "../adapters/discord/index.ts";
import type { Settings } from "../config/index.ts";
import type { Health } from "../doors/api/index.ts";
import { CARD_FORMS, type RunningRoad } from "../flow/index.ts";
import type { DemoHouse } from "./demo/index.ts";

export interface DiscordDoor {
  /** Works before Discord is reached: orders wait, as they would in an outage. */
  readonly hands: ActionExecutor;
  readonly committed: DiscordConnection["committed"];
  /** Undefined until Discord is reached. */
  threads(): ThreadReader | undefined;
  readonly rolesOf: RoleReader;
  pins(): PinReader | undefined;
  health(): Health;
  connect(options: ConnectOptions): Promise<DiscordConnection>;
}

type Shared = "linkBase" | "seal" | "log" | "metrics" | "clock" | "killSwitch" | "fatal" | "signal";

export interface ConnectOptions extends Pick<DiscordOptions, Shared> {
  readonly settings: Settings;
  readonly demo: DemoHouse | undefined;
  readonly road: Pick<RunningRoad, keyof Road | "suggest" | "formFields">;
  readonly store: Store;
  readonly agents: readonly Agent[];
}

/** Discord as the house sees it, from before it is reached until it is left. */
export function createDiscordDoor(): DiscordDoor {
  let connection: DiscordConnection | undefined;
  return {
    hands: handsOf(() => connection),
    committed: (checkpoints) => connection?.committed(checkpoints),
    threads: () => connection?.threads,
    rolesOf: async (guildId, userId) => {
      if (connection === undefined) throw new GuildhallError("discord.away", "Discord is not reached yet");
      return connection.rolesOf(guildId, userId);
    },
    pins: () => connection?.pins,
    health: () => healthOf(connection),
    connect: async (options) => (connection = await connect(options)),
  };
}

function connect({ settings, demo, store, agents, road, ...shared }: ConnectOptions): Promise<DiscordConnection> {
  return connectDiscord({
    ...shared,
    road,
    token: demo?.token ?? settings.discordToken!.reveal(),
    ...apiUrlOf(demo?.apiUrl ?? settings.discordApiUrl),
    shardCount: settings.shards,
    ...(settings.shardIds === undefined ? {} : { shardIds: settings.shardIds }),
    ...paceOf(settings),
    // The demo's world begins anew with every start: there is nothing to resume.
    checkpoint: demo === undefined ? (shardId) => remembered(store, shardId) : () => Promise.resolve(undefined),
    agents: [...agents, CARD_FORMS],
    suggest: road.suggest,
    formFields: road.formFields,
  });
}

/** Discord counts a bot's requests over all of its processes: each takes its part of the fifty a second. */
function paceOf({ shards, shardIds }: Settings): { requestsPerSecond?: number } {
  if (shardIds === undefined || shards === "auto") return {};
  return { requestsPerSecond: Math.max(1, Math.floor((REQUESTS_PER_SECOND * shardIds.length) / shards)) };
}

function apiUrlOf(apiUrl: string | undefined): { apiUrl?: string } {
  return apiUrl === undefined ? {} : { apiUrl };
}

function handsOf(connection: () => DiscordConnection | undefined): ActionExecutor {
  return {
    perform: async (order, signal) =>
      (await connection()?.executor.perform(order, signal)) ?? {
        kind: "later",
        afterMs: 500,
        why: "Discord is not reached yet",
      },
    reconcile: async (order, signal) =>
      (await connection()?.executor.reconcile(order, signal)) ?? {
        found: "later",
        why: "Discord is not reached yet",
      },
  };
}

/** Where to resume from, and since when messages may be missing should the session be gone. */
async function remembered(store: Store, shardId: number): Promise<RememberedSession | undefined> {
  const checkpoint = await store.checkpoint(shardId);
  if (checkpoint === undefined) return undefined;
  const latest = await Promise.all(
    (await store.guilds()).map(({ guildId }) => store.guild(guildId).latest({ limit: 1 })),
  );
  const lastEventAt = Math.max(0, ...latest.map(([row]) => row?.event.at ?? 0));
  return lastEventAt === 0 ? checkpoint : { ...checkpoint, lastEventAt };
}

function healthOf(connection: DiscordConnection | undefined): Health {
  const status = connection?.status();
  const degraded = [
    ...(status?.ready === true ? [] : ["discord: not connected"]),
    ...(status?.degraded === true ? ["discord: no message content; switch the intent on in the developer portal"] : []),
  ];
  return { alive: true, ready: status?.ready ?? false, degraded, details: { shards: status?.shards ?? [] } };
}
