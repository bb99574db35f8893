import { type Arrival, errorFields, type GuildEvent, type Inbox, isOwn, type Log, type Share } from "#core";

const TRIES = 3;

interface Parts {
  readonly share: Share;
  readonly inbox: Pick<Inbox, "put">;
  readonly log: Log;
}

/**
 * Direct messages reach the process of the first shard, also where a button or a form under one is about a guild of another
 * process's: such an event waits in the inbox for whoever owns the guild, who alone may decide about it. The frame is through at once:
 * what Discord waits for is lost after three seconds anyway, so that there is nothing to replay.
 */
export function arrivalsFor({ share, inbox, log }: Parts, arrive: (arrival: Arrival) => void) {
  if (share.ids.length === share.count) return arrive;
  const isForeign = (event: GuildEvent): boolean => !isOwn(share, event.guildId);
  return (arrival: Arrival): void => {
    if (!arrival.events.some(isForeign)) return arrive(arrival);
    for (const event of arrival.events.filter(isForeign)) void handOver(event, inbox, log);
    arrive({ ...arrival, events: arrival.events.filter((event) => !isForeign(event)) });
  };
}

async function handOver(event: GuildEvent, inbox: Parts["inbox"], log: Log): Promise<void> {
  for (let left = TRIES; ; left -= 1) {
    try {
      return await inbox.put(event);
    } catch (error) {
      if (left > 1) continue;
      return log.warn({ kind: event.kind, ...errorFields(error) }, "an event for another process's guild was lost");
    }
  }
}
