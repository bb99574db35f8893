import type { GuildPolicy, GuildStore, TicketStats } from "#core";

/** What a guild calls its kinds of tickets, as far as it says: by their ids. */
export function typeLabels({ agents }: GuildPolicy): ReadonlyMap<string, string> {
  const { types = [] } = (agents["tickets"]?.config ?? {}) as {
    types?: readonly { readonly id: string; readonly label?: string }[];
  };
  return new Map(types.flatMap(({ id, label }) => (label === undefined ? [] : [[id, label] as const])));
}

/** The roles that answer tickets of a kind. */
export function staffOf({ agents }: GuildPolicy, typeId: string): readonly string[] {
  const { types = [] } = (agents["tickets"]?.config ?? {}) as {
    types?: readonly { readonly id: string; readonly staffRoleIds?: readonly string[] }[];
  };
  return types.find(({ id }) => id === typeId)?.staffRoleIds ?? [];
}

/** So many of the newest events are looked at for names: whoever works on tickets has used something lately. */
const EVENTS = 500;

/** The names staff were last seen under; whoever was not seen lately has none. */
export async function namesOfStaff(guild: GuildStore, { staff }: TicketStats): Promise<ReadonlyMap<string, string>> {
  const wanted = new Set(staff.map(({ userId }) => userId));
  const names = new Map<string, string>();
  if (wanted.size === 0) return names;
  for (const { event } of await guild.latest({ limit: EVENTS })) {
    const who = "by" in event ? event.by : "author" in event ? event.author : undefined;
    if (typeof who !== "object" || !wanted.has(who.userId) || names.has(who.userId)) continue;
    names.set(who.userId, who.name);
  }
  return names;
}
