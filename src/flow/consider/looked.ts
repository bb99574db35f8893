import { canonical, type FileReader, type GuildStore, type SlowLook } from "#core";
import type { Finder, MeaningOf } from "./finder.ts";

/** The roads of a slow half into the guild's own past and knowledge. */
export type LookingRoads = Pick<SlowLook, "search" | "passages" | "message" | "file" | "ticketFigures">;

/** What was looked up once stays as it was seen, however often the slow half is thought again from the start. */
export function createLooked(guild: GuildStore, finder: Finder, meaningOf: MeaningOf, files: FileReader): LookingRoads {
  const seen = new Map<string, Promise<unknown>>();
  const once = <T>(words: readonly unknown[], look: () => Promise<T>): Promise<T> => {
    const key = canonical(words);
    const found = seen.get(key) ?? look();
    seen.set(key, found);
    return found as Promise<T>;
  };
  return {
    search: (query) => once(["search", query], () => finder.find(guild, query, meaningOf)),
    passages: (query) => once(["passages", query], () => guild.passages(query)),
    file: (url, wish) => once(["file", url, wish], () => files.look(url, wish)),
    ticketFigures: (since) => once(["ticketFigures", since], () => guild.ticketFigures(since)),
    message: (messageId) =>
      once(["message", messageId], async () => {
        const event = await guild.event(`m:${messageId}`);
        return event?.kind === "message.created" ? event : undefined;
      }),
  };
}
