import {
  GatewayDispatchEvents,
  type APIAuditLogChange,
  type APIAuditLogEntry,
  type APIAuditLogOptions,
  type AuditLogEvent,
} from "discord-api-types/v10";
import type { GuildState } from "./states.ts";
import { dispatch, tell, type World } from "./world.ts";

/** Who did something, and what they gave as the reason: the bot through REST, or a human in the client. */
export interface Actor {
  readonly userId: string;
  readonly reason?: string | undefined;
}

export interface AuditFacts {
  readonly targetId: string | null;
  readonly changes?: readonly { readonly key: string; readonly old_value?: unknown; readonly new_value?: unknown }[];
  readonly options?: APIAuditLogOptions;
}

export function audit(
  world: World,
  guild: GuildState,
  action: AuditLogEvent,
  actor: Actor,
  facts: AuditFacts,
): APIAuditLogEntry {
  const entry: APIAuditLogEntry = {
    id: world.ids.next(),
    action_type: action,
    user_id: actor.userId,
    target_id: facts.targetId,
    ...(facts.changes === undefined ? {} : { changes: facts.changes as APIAuditLogChange[] }),
    ...(facts.options === undefined ? {} : { options: facts.options }),
    ...(actor.reason === undefined ? {} : { reason: actor.reason }),
  };
  guild.audit.push(entry);
  tell(world, {
    kind: "audit",
    guildId: guild.id,
    action,
    userId: actor.userId,
    targetId: facts.targetId,
    reason: actor.reason ?? null,
  });
  dispatch(world, GatewayDispatchEvents.GuildAuditLogEntryCreate, guild.id, { ...entry, guild_id: guild.id });
  return entry;
}

/** The keys whose value differs, as the audit log lists them. */
export function differences(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): NonNullable<AuditFacts["changes"]> {
  return Object.keys(after)
    .filter((key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]))
    .map((key) => ({ key, old_value: before[key], new_value: after[key] }));
}
