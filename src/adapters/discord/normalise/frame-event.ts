import type { DirectoryChange, GuildEvent } from "#core";
import type { IntakeContext } from "./context.ts";

type Body<T = GuildEvent> = T extends GuildEvent ? Omit<T, "id" | "guildId" | "at"> : never;

/** An event to which Discord gives neither an id nor a moment: it is known by its frame, and happened as it was received. */
export function event(guildId: string, context: IntakeContext, body: Body): GuildEvent {
  return { id: context.frameId, guildId, at: context.receivedAt, ...body } as GuildEvent;
}

export function change(guildId: string, context: IntakeContext, made: DirectoryChange): GuildEvent {
  return event(guildId, context, { kind: "directory.changed", change: made });
}
