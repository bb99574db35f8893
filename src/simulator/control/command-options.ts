import { ApplicationCommandOptionType as Option, type APIApplicationCommandOption } from "discord-api-types/v10";
import { channelPayload, memberWithoutUser, userPayload } from "../world/payloads.ts";
import { guildPermissions } from "../world/permissions.ts";
import { attachmentPayload } from "../rest/attachments.ts";
import type { GuildState } from "../world/states.ts";
import type { World } from "../world/world.ts";
import { refused } from "./refused.ts";

export type OptionValues = Readonly<Record<string, string | number | boolean>>;

interface Sent {
  readonly name: string;
  readonly type: number;
  readonly value?: string | number | boolean;
  readonly focused?: boolean;
  readonly options?: readonly Sent[];
}

/** What the client sends of a command: its options in their places, and whom or what they name in `resolved`. */
export function buildOptions(
  world: World,
  guild: GuildState,
  declared: readonly APIApplicationCommandOption[],
  path: readonly string[],
  values: OptionValues,
  focused: string | undefined,
): { options?: readonly Sent[]; resolved?: object } {
  const [next, ...below] = path;
  if (next !== undefined) {
    const branch = declared.find((one) => one.name === next);
    if (branch === undefined) throw refused(`there is no subcommand ${next}`);
    const inner = "options" in branch ? (branch.options ?? []) : [];
    const { resolved, options = [] } = buildOptions(world, guild, inner, below, values, focused);
    return { options: [{ name: next, type: branch.type, options }], ...(resolved === undefined ? {} : { resolved }) };
  }
  const missing = declared.find(
    (one) => one.required === true && values[one.name] === undefined && focused === undefined,
  );
  if (missing !== undefined) throw refused(`the option ${missing.name} is required`);
  const options = Object.entries(values).map(([name, value]) => sent(declared, name, value, focused));
  const resolved = resolve(world, guild, options);
  return {
    ...(options.length === 0 ? {} : { options }),
    ...(Object.keys(resolved).length === 0 ? {} : { resolved }),
  };
}

function sent(
  declared: readonly APIApplicationCommandOption[],
  name: string,
  value: string | number | boolean,
  focused: string | undefined,
): Sent {
  const option = declared.find((one) => one.name === name);
  if (option === undefined) throw refused(`there is no option ${name}`);
  return { name, type: option.type, value, ...(focused === name ? { focused: true } : {}) };
}

function resolve(world: World, guild: GuildState, options: readonly Sent[]): Record<string, Record<string, unknown>> {
  const resolved: Record<string, Record<string, unknown>> = {};
  const keep = (kind: string, id: string, payload: unknown): void => {
    (resolved[kind] ??= {})[id] = payload;
  };
  for (const { type, value } of options) {
    const id = String(value);
    if (type === Option.User || type === Option.Mentionable) keepUser(world, guild, id, keep);
    const role = guild.roles.get(id);
    if ((type === Option.Role || type === Option.Mentionable) && role !== undefined) keep("roles", id, role);
    const file = type === Option.Attachment ? attachmentPayload(world, id) : undefined;
    if (file !== undefined) keep("attachments", id, file);
    const channel = guild.channels.get(id);
    if (type === Option.Channel && channel !== undefined) keep("channels", id, channelPayload(world, channel));
  }
  return resolved;
}

/** One member as `resolved` names them. */
export function resolveUser(world: World, guild: GuildState, id: string): object {
  const resolved: Record<string, Record<string, unknown>> = {};
  keepUser(world, guild, id, (kind, of, payload) => void ((resolved[kind] ??= {})[of] = payload));
  return resolved;
}

function keepUser(
  world: World,
  guild: GuildState,
  id: string,
  keep: (kind: string, id: string, payload: unknown) => void,
): void {
  const user = world.users.get(id);
  if (user === undefined) return;
  keep("users", id, userPayload(user));
  const member = guild.members.get(id);
  if (member !== undefined)
    keep("members", id, { ...memberWithoutUser(member), permissions: guildPermissions(world, guild, id).toString() });
}
