import { GatewayDispatchEvents, GatewayIntentBits, GatewayOpcodes, type APIMessage } from "discord-api-types/v10";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { SESSION_LIFE_MS } from "../limits.ts";
import { guildCreatePayload } from "../world/guilds.ts";
import type { Dispatch, World } from "../world/world.ts";
import type { Expectation } from "./identify.ts";
import type { PrivilegedIntent } from "./intents.ts";
import { belongsTo, deliver, type Connection, type Session } from "./session.ts";
import { isContentHidden, isWanted, reachesBot, withoutContent } from "./visibility.ts";

/** All sessions and sockets of the gateway. */
export interface Hub {
  readonly world: World;
  readonly expected: Expectation & { readonly disallowed: Set<PrivilegedIntent> };
  readonly sessions: Map<string, Session>;
  readonly connections: Set<Connection>;
  /** Events whose next frame goes missing on the wire. */
  readonly drops: string[];
  /** When a guild was last asked for all of its members, by real time. */
  readonly memberRequests: Map<string, number>;
  readonly counts: { identified: number; resumed: number; invalidated: number; dispatched: number };
  url: string;
  identifiesLeft: number;
  capacity(): number;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): Promise<void>;
}

/** Sessions whose client never came back are given up. */
export function forgetStale(hub: Hub): void {
  const limit = hub.world.clock.now() - SESSION_LIFE_MS;
  for (const session of hub.sessions.values())
    if (session.detachedAt !== undefined && session.detachedAt < limit) hub.sessions.delete(session.id);
}

/** Each variant of an event is serialised once, however many sessions hear it. */
export function broadcast(hub: Hub, dispatched: Dispatch): void {
  if (!reachesBot(hub.world, dispatched)) return;
  hub.counts.dispatched += 1;
  const dropped = hub.drops.indexOf(dispatched.event);
  if (dropped !== -1) hub.drops.splice(dropped, 1);
  const variants = new Map<string, string>();
  for (const session of hub.sessions.values()) {
    if (!belongsTo(session.shard, dispatched.guildId) || !isWanted(hub.world, session.intents, dispatched)) continue;
    const variant = variantFor(hub.world, session.intents, dispatched);
    const text = variants.get(variant) ?? render(hub.world, dispatched, variant);
    variants.set(variant, text);
    deliver(session, dispatched.event, text, hub.capacity(), dropped !== -1);
  }
}

type Variant = "whole" | "without-content" | "everybody" | "only-bot";

function variantFor(world: World, intents: number, dispatched: Dispatch): Variant {
  if (dispatched.event === GatewayDispatchEvents.GuildCreate)
    return (intents & GatewayIntentBits.GuildPresences) !== 0 ? "everybody" : "only-bot";
  return isContentHidden(world, intents, dispatched) ? "without-content" : "whole";
}

function render(world: World, { guildId, data }: Dispatch, variant: string): string {
  if (variant === "without-content") return JSON.stringify(withoutContent(world, data as APIMessage));
  const guild = guildId === undefined ? undefined : world.guilds.get(guildId);
  if (guild !== undefined && (variant === "everybody" || variant === "only-bot"))
    return JSON.stringify(guildCreatePayload(world, guild, variant === "everybody"));
  return JSON.stringify(data);
}

export function invalidate(hub: Hub, connection: Connection, resumable: boolean): void {
  hub.counts.invalidated += 1;
  connection.sendOperation(GatewayOpcodes.InvalidSession, resumable);
}
