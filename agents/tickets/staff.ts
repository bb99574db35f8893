import { Permission, type Look, type Member, type Ticket } from "#core";
import type { Config, TicketType } from "./config.ts";

const MANAGES = Permission.MANAGE_THREADS | Permission.ADMINISTRATOR;

export function typeOf(id: string, config: Config): TicketType | undefined {
  return config.types.find((type) => type.id === id);
}

/** Of the roles a guild once chose, those it still has. */
export function staffRoles(type: TicketType | undefined, look: Look): readonly string[] {
  return (type?.staffRoleIds ?? []).filter((id) => look.role(id) !== undefined);
}

/** Whoever has a role of the ticket's type, manages threads, or owns the guild. */
export function isStaff(who: Pick<Member, "userId" | "roleIds">, typeId: string, look: Look, config: Config): boolean {
  const roles = typeOf(typeId, config)?.staffRoleIds ?? [];
  if (who.roleIds.some((id) => roles.includes(id))) return true;
  if (who.userId === look.guild().ownerId) return true;
  return who.roleIds.some((id) => (BigInt(look.role(id)?.permissions ?? "0") & MANAGES) !== 0n);
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
