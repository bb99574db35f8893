import { z } from "zod";
import { MEMBERS_PER_CHUNK } from "../limits.ts";
import { memberPayload, userById } from "../world/payloads.ts";
import type { GuildState, MemberState } from "../world/states.ts";
import type { World } from "../world/world.ts";

const requestSchema = z.looseObject({
  guild_id: z.string(),
  query: z.string().optional(),
  limit: z.number().int().nonnegative().default(0),
  user_ids: z.union([z.string(), z.array(z.string())]).optional(),
  nonce: z.string().optional(),
  presences: z.boolean().optional(),
});

export type MemberRequest = z.infer<typeof requestSchema>;

export function readMemberRequest(data: unknown): MemberRequest | undefined {
  const parsed = requestSchema.safeParse(data);
  return parsed.success ? parsed.data : undefined;
}

/** Asking for everybody is what Discord allows once in 30 seconds, and only with the members intent. */
export const isFullRequest = (request: MemberRequest): boolean =>
  request.user_ids === undefined && (request.query ?? "") === "" && request.limit === 0;

/** The chunks that answer a request, at least one. */
export function memberChunks(world: World, guild: GuildState, request: MemberRequest): object[] {
  const wanted = request.user_ids === undefined ? undefined : [request.user_ids].flat();
  const found = wanted === undefined ? matching(world, guild, request) : wanted.map((id) => guild.members.get(id));
  const members = found.filter((one): one is MemberState => one !== undefined);
  const missing = (wanted ?? []).filter((id) => !guild.members.has(id));
  const count = Math.max(1, Math.ceil(members.length / MEMBERS_PER_CHUNK));
  return Array.from({ length: count }, (_, index) => ({
    guild_id: guild.id,
    members: members
      .slice(index * MEMBERS_PER_CHUNK, (index + 1) * MEMBERS_PER_CHUNK)
      .map((one) => memberPayload(world, one)),
    chunk_index: index,
    chunk_count: count,
    not_found: missing,
    ...(request.presences === true ? { presences: [] } : {}),
    ...(request.nonce === undefined ? {} : { nonce: request.nonce }),
  }));
}

function matching(world: World, guild: GuildState, request: MemberRequest): MemberState[] {
  const start = (request.query ?? "").toLowerCase();
  const found = [...guild.members.values()].filter((one) => {
    const name = one.nick ?? userById(world, one.userId).username;
    return name.toLowerCase().startsWith(start);
  });
  return request.limit === 0 ? found : found.slice(0, request.limit);
}
