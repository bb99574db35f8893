import { write, type Action, type Effect, type EventOf, type Look, type Overwrite } from "#core";

type Logged = EventOf<"audit.logged">;

/** Discord's numbers for these entries of its log. */
export const CHANNEL_DELETE = 12;
export const ROLE_DELETE = 32;

/** The log follows within seconds; of so many channels at once. */
const PLACES_MS = 600_000;
const PLACES = 100;

/** Discord's log says what a channel or a role was; where it does not say enough, nothing is made up. */
export function recreationOf(event: Logged, look: Look): Action | undefined {
  if (event.action === CHANNEL_DELETE) return channelAgain(event, look);
  return event.action === ROLE_DELETE ? roleAgain(event) : undefined;
}

function channelAgain(event: Logged, look: Look): Action | undefined {
  const [name, type] = [was(event, "name"), was(event, "type")];
  if (typeof name !== "string" || typeof type !== "number") return undefined;
  const topic = was(event, "topic");
  const slowmode = was(event, "rate_limit_per_user");
  const parentId = placeOf(event, look);
  return {
    ...{ verb: "channel.create", name, type, overwrites: overwritesIn(was(event, "permission_overwrites"), look) },
    ...(typeof topic === "string" && topic !== "" && { topic }),
    ...(parentId !== undefined && { parentId }),
    ...(typeof slowmode === "number" && slowmode > 0 && { slowmode }),
  };
}

/** The category it lay in: Discord's log does not say, the deletion's own event did. One that is gone as well takes nothing in. */
function placeOf({ targetId }: Logged, look: Look): string | undefined {
  const lost = look.record("lostPlaces", "recent")?.last.find(({ channelId }) => channelId === targetId);
  return lost === undefined || look.channel(lost.parentId) === undefined ? undefined : lost.parentId;
}

/** Discord tells of a deletion before its log does. */
export function rememberPlace({ change, at }: EventOf<"directory.changed">, look: Look): readonly Effect[] {
  if (change.change !== "channel.gone" || change.parentId === undefined) return [];
  const { channelId, parentId } = change;
  const fresh = (look.record("lostPlaces", "recent")?.last ?? []).filter((one) => at - one.at < PLACES_MS);
  const last = [...fresh, { channelId, parentId, at }].slice(-PLACES);
  return [write({ write: "record.put", record: "lostPlaces", key: "recent", value: { last } })];
}

function roleAgain(event: Logged): Action | undefined {
  const [name, permissions] = [was(event, "name"), was(event, "permissions")];
  if (typeof name !== "string" || typeof permissions !== "string") return undefined;
  return { verb: "role.create", name, permissions };
}

function was({ changes }: Logged, wanted: string): unknown {
  return changes.find(({ key }) => key === wanted)?.before;
}

/** Of a role that is gone as well nothing can be said any more. */
function overwritesIn(value: unknown, look: Look): readonly Overwrite[] {
  if (!Array.isArray(value)) return [];
  return (value as readonly Record<string, unknown>[]).flatMap(({ id, type, allow, deny }): Overwrite[] => {
    if (typeof id !== "string" || typeof allow !== "string" || typeof deny !== "string") return [];
    const kind = Number(type) === 1 ? "member" : "role";
    return kind === "role" && look.role(id) === undefined ? [] : [{ id, type: kind, allow, deny }];
  });
}
