import { managesGuild, transcriptReader, type Look, type Member, type Ticket, type TranscriptReader } from "#core";
import type { Config } from "./config.ts";
import { guildOf } from "./staff.ts";

type Who = Pick<Member, "userId" | "roleIds">;

/** The same is asked again whenever a link is opened. */
export function readerOf(who: Who, ticket: Ticket, look: Look, config: Config): TranscriptReader | undefined {
  return transcriptReader(who, ticket.userId, guildOf(ticket.typeId, look, config));
}

export function managesThis(who: Who, look: Look): boolean {
  return managesGuild(who, { ownerId: look.guild().ownerId, permissionsOf: (id) => look.role(id)?.permissions });
}
