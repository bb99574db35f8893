import { answersTickets, type Look, type Member, type Ticket, type TicketGuild } from "#core";
import { absenceOf } from "./absence.ts";
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

/** Whom a ticket calls: whoever has claimed it, or else, and while they are away, the roles of its type. */
export function calledFor(ticket: Ticket, at: number, look: Look, config: Config): Called {
  const { claimedBy, typeId } = ticket;
  const pingRoleIds = staffRoles(typeOf(typeId, config), look);
  const isThere = claimedBy !== undefined && (pingRoleIds.length === 0 || absenceOf(claimedBy, at, look) === undefined);
  return isThere ? { pingUserIds: [claimedBy] } : { pingRoleIds };
}

interface Called {
  readonly pingUserIds?: readonly string[];
  readonly pingRoleIds?: readonly string[];
}
