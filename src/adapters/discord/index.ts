import {
  type ActionExecutor,
  type Checkpoint,
  type Choice,
  type FormOpening,
  type Clock,
  type Declared,
  type GuildhallError,
  type KillSwitch,
  type Log,
  type Metrics,
  type ModalField,
  type PinReader,
  type Road,
  type RoleReader,
  type Seal,
  type ThreadReader,
  type Typing,
} from "#core";
import { registerCommands } from "./commands/registrar.ts";
import { createEchoes } from "./echoes.ts";
import { createGateway, type Gateway, type ShardStatus } from "./gateway/gateway.ts";
import type { RememberedSession } from "./gateway/sessions.ts";
import { createExecutor } from "./hands/index.ts";
import { createThreadReader } from "./history.ts";
import { createRoleReader } from "./roles-now.ts";
import { checkToken, type Identity, identify, refusedToken } from "./identity.ts";
import { createInteractions } from "./interactions/acknowledging.ts";
import { createGreeter } from "./interactions/greeting.ts";
import { createPinReader } from "./pins.ts";
import { createRest, type Rest } from "./rest.ts";

export { createFileReader } from "./files.ts";
export type { RememberedSession } from "./gateway/sessions.ts";
export { REQUESTS_PER_SECOND } from "./rest.ts";
export type { ShardStatus } from "./gateway/gateway.ts";

export interface DiscordOptions {
  readonly token: string;
  /** Base of the REST address without its version; the gateway's address is asked for there. Absent: Discord's library's own. */
  readonly apiUrl?: string;
  readonly road: Road;
  readonly seal: Seal;
  /** Where links that members are given begin; absent: nobody is given any. */
  readonly linkBase?: string;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly clock: Clock;
  /** The committed session to RESUME from. Without `lastEventAt` a gap is named and not filled. */
  readonly checkpoint: (shardId: number) => Promise<RememberedSession | undefined>;
  /** What agents declare of commands, buttons and forms. */
  readonly agents: readonly Declared[];
  /** What could stand in an option somebody is typing in: at once, or nothing. */
  readonly suggest?: (guildId: string, typing: Typing) => readonly Choice[];
  /** The fields a guild chose for a form, where it did. */
  readonly formFields?: (guildId: string, opening: FormOpening) => Promise<readonly ModalField[] | undefined>;
  readonly killSwitch: KillSwitch;
  readonly shardCount?: number | "auto";
  readonly shardIds?: readonly number[];
  /** This process's part of the bot's requests; absent: all of them. */
  readonly requestsPerSecond?: number;
  /** Ends waiting for a Discord that cannot be reached while connecting. */
  readonly signal?: AbortSignal;
  /** What only the operator can mend came up after the connection stood: a token withdrawn, an intent refused. */
  readonly fatal: (error: GuildhallError) => void;
}

export interface DiscordConnection {
  readonly executor: ActionExecutor;
  readonly threads: ThreadReader;
  readonly rolesOf: RoleReader;
  readonly pins: PinReader;
  readonly botUserId: string;
  readonly applicationId: string;
  registerCommands(guildId?: string): Promise<void>;
  /** The road tells what is durable: from there a RESUME goes on. */
  committed(checkpoints: readonly Checkpoint[]): void;
  status(): { readonly shards: readonly ShardStatus[]; readonly ready: boolean; readonly degraded: boolean };
  /** Within a second. Sessions stay resumable; requests under way are given up, and their orders reconciled later. */
  close(): Promise<void>;
}

/**
 * Learns who the token belongs to (waiting out an outage) and sets the gateway going. Returns before the shards are ready,
 * so that hands can work at once; what the operator must mend is thrown here as ConfigurationError.
 */
export async function connectDiscord(options: DiscordOptions): Promise<DiscordConnection> {
  checkToken(options.token);
  const rest = createRest(options);
  const giveUp = () => rest.close();
  options.signal?.addEventListener("abort", giveUp, { once: true });
  try {
    const identity = await identify(rest.call, rest.closing, options.log);
    const { start, ...connection } = assemble(options, rest, identity);
    await start();
    return connection;
  } catch (error) {
    rest.close();
    throw error;
  } finally {
    options.signal?.removeEventListener("abort", giveUp);
  }
}

const declaredOnly = () => Promise.resolve(undefined);

function assemble(options: DiscordOptions, rest: Rest, identity: Identity): DiscordConnection & Pick<Gateway, "start"> {
  const { call, closing } = rest;
  const { clock, seal, killSwitch, agents, suggest = () => [], formFields = declaredOnly } = options;
  const echoes = createEchoes(clock);
  const interactions = createInteractions({ ...options, call });
  const gateway = createGateway({
    ...options,
    call,
    context: { botUserId: identity.botUserId, seal, orderOf: echoes.orderOf },
    shardCount: options.shardCount ?? "auto",
    shardIds: options.shardIds,
    interactionReceived: createGreeter({
      ...options,
      agents,
      suggest,
      formFields,
      interactions,
      call,
      signal: closing,
    }),
  });
  const tokenRefused = (cause: unknown) => options.fatal(refusedToken(cause));
  return {
    ...identity,
    executor: createExecutor({
      ...{ ...identity, call, clock, log: options.log, seal, echoes, interactions, killSwitch, tokenRefused },
      ...(options.apiUrl !== undefined && { apiUrl: options.apiUrl }),
      ...(options.linkBase !== undefined && { linkBase: options.linkBase }),
    }),
    threads: createThreadReader({ call, closing, ...(options.apiUrl !== undefined && { apiUrl: options.apiUrl }) }),
    pins: createPinReader(call),
    rolesOf: createRoleReader(call),
    registerCommands: (guildId) =>
      registerCommands(
        { ...options, call },
        { applicationId: identity.applicationId, guildId },
        agents.flatMap(({ commands = [] }) => commands),
        closing,
      ),
    start: gateway.start,
    committed: gateway.committed,
    status: gateway.status,
    close: async () => {
      interactions.close();
      rest.close();
      await gateway.close();
    },
  };
}
