import { answersTickets, type Look, type Member, type Ticket, type TicketGuild } from "#core";
import type { Config, TicketType } from "./config.ts";

export function typeOf(id: string, config: Config): TicketType | undefined {
  return config.types.find((type) => type.id === id);
}

/** Of the roles a guild once chose, those it still has. */
export function staffRoles(type: TicketType | undefined, look: Look): readonly string[] {
  return (type?.staffRoleIds ?? []).filter((id) => look.role(id) !== undefined);
}

export function guildOf(typeId: string, look: Look, config: Config): TicketGuild {
  return {
    ownerId: look.guild().ownerId,
    staffRoleIds: typeOf(typeId, config)?.staffRoleIds ?? [],
    permissionsOf: (id) => look.role(id)?.permissions,
  };
}

export function isStaff(who: Pick<Member, "userId" | "roleIds">, typeId: string, look: Look, config: Config): boolean {
  return answersTickets(who, guildOf(typeId, look, config));
}

/** Whoever opened it is a member there, even where they are staff elsewhere. */
export function answersIn(ticket: Ticket, who: Member, look: Look, config: Config): boolean {
  return who.userId !== ticket.userId && isStaff(who, ticket.typeId, look, config);
}

/** Whom a ticket calls: whoever has claimed it, or else the roles of its type. */
export function calledFor(ticket: Ticket, look: Look, config: Config) {
  return ticket.claimedBy === undefined
    ? { pingRoleIds: staffRoles(typeOf(ticket.typeId, config), look) }
    : { pingUserIds: [ticket.claimedBy] };
}
