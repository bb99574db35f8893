import type { APIApplicationCommand, GatewayDispatchEvents, GatewayDispatchPayload } from "discord-api-types/v10";
import type { Clock } from "#core";
import type { Change } from "./changes.ts";
import type { Ids } from "./ids.ts";
import type {
  ChannelState,
  GuildState,
  Interaction,
  InviteState,
  StoredFile,
  UserState,
  WebhookState,
} from "./states.ts";

/** What goes to every session that asked for it. */
export interface Dispatch {
  readonly event: string;
  readonly guildId: string | undefined;
  readonly data: unknown;
}

/** Everything there is. Requests and the control change it through the functions beside this file, which also tell of it. */
export interface World {
  readonly clock: Clock;
  readonly seed: number;
  readonly ids: Ids;
  readonly botId: string;
  readonly applicationId: string;
  /** Where stored attachments are served; known once the server listens. */
  baseUrl: string;
  readonly users: Map<string, UserState>;
  readonly guilds: Map<string, GuildState>;
  /** Every channel there is: of guilds, threads, direct messages. */
  readonly channels: Map<string, ChannelState>;
  readonly commands: Map<string, APIApplicationCommand>;
  readonly interactions: Map<string, Interaction>;
  readonly webhooks: Map<string, WebhookState>;
  readonly invites: Map<string, InviteState>;
  readonly files: Map<string, StoredFile>;
  /** Messages of a flood: sent, and stored nowhere. Asked when a message is to be deleted. */
  readonly flooded: Map<string, { readonly channelId: string; readonly guildId: string }>;
  /** Hears of every dispatch, in order. Set by the gateway. */
  send: (dispatch: Dispatch) => void;
  /** Hears of every visible change, in order. Set by the control. */
  told: (change: Change) => void;
}

type DataOf<T extends GatewayDispatchEvents> = GatewayDispatchPayload extends infer P
  ? P extends { t: infer U; d: infer D }
    ? T extends U
      ? D
      : never
    : never
  : never;

export function dispatch<T extends GatewayDispatchEvents>(
  world: World,
  event: T,
  guildId: string | undefined,
  data: DataOf<T>,
): void {
  world.send({ event, guildId, data });
}

export type ChangeDraft = Change extends infer C ? (C extends { at: number } ? Omit<C, "at"> : never) : never;

export function tell(world: World, change: ChangeDraft): void {
  world.told({ at: world.clock.now(), ...change });
}
