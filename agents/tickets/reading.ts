import { Permission, type Look, type Member, type Ticket, type TranscriptReader } from "#core";
import type { Config } from "./config.ts";
import { isStaff } from "./staff.ts";

const MANAGES = Permission.MANAGE_GUILD | Permission.ADMINISTRATOR;

/** As what somebody may read what was said in a ticket: whoever opened it, its staff, who manages the guild. Nobody else. */
export function readerOf(
  who: Pick<Member, "userId" | "roleIds">,
  ticket: Ticket,
  look: Look,
  config: Config,
): TranscriptReader | undefined {
  if (who.userId === ticket.userId) return "opener";
  if (isStaff(who, ticket.typeId, look, config)) return "staff";
  return managesGuild(who, look) ? "manager" : undefined;
}

export function managesGuild({ userId, roleIds }: Pick<Member, "userId" | "roleIds">, look: Look): boolean {
  if (userId === look.guild().ownerId) return true;
  return roleIds.some((id) => (BigInt(look.role(id)?.permissions ?? "0") & MANAGES) !== 0n);
}
