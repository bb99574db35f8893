import type { Attachment, Member } from "./facts.ts";
import { Permission } from "./permissions.ts";

/** Who may read a ticket's transcript, by what they are to it. Nobody else may. */
export const TRANSCRIPT_READERS = ["opener", "staff", "manager"] as const;
export type TranscriptReader = (typeof TRANSCRIPT_READERS)[number];

/** As much of a guild as it takes to tell who answers a ticket and who may read it. */
export interface TicketGuild {
  readonly ownerId: string;
  /** Of the ticket's type. */
  readonly staffRoleIds: readonly string[];
  /** A role's bits as a decimal string; undefined where there is no such role. */
  readonly permissionsOf: (roleId: string) => string | undefined;
}

type Who = Pick<Member, "userId" | "roleIds">;

/** Whoever has a role of the ticket's type, manages threads, or owns the guild. */
export function answersTickets(who: Who, guild: TicketGuild): boolean {
  if (who.userId === guild.ownerId) return true;
  return who.roleIds.some((id) => guild.staffRoleIds.includes(id)) || holds(who, Permission.MANAGE_THREADS, guild);
}

export function managesGuild(who: Who, guild: Omit<TicketGuild, "staffRoleIds">): boolean {
  return who.userId === guild.ownerId || holds(who, Permission.MANAGE_GUILD, guild);
}

/** As what somebody may read what was said in a ticket: whoever opened it, its staff, who manages the guild. Nobody else. */
export function transcriptReader(who: Who, openerId: string, guild: TicketGuild): TranscriptReader | undefined {
  if (who.userId === openerId) return "opener";
  if (answersTickets(who, guild)) return "staff";
  return managesGuild(who, guild) ? "manager" : undefined;
}

function holds({ roleIds }: Who, bit: bigint, { permissionsOf }: Pick<TicketGuild, "permissionsOf">): boolean {
  return roleIds.some((id) => (BigInt(permissionsOf(id) ?? "0") & (bit | Permission.ADMINISTRATOR)) !== 0n);
}

/** Which roles somebody has at this moment; undefined where they are no member. Rejects where it cannot be asked. */
export type RoleReader = (guildId: string, userId: string) => Promise<readonly string[] | undefined>;

/**
 * For one person and a while. It is signed when it is sent: what is stored of the message has `{link}`, `{markdown}` and `{json}`
 * where the addresses will be, since a journal is no place for a credential.
 */
export interface TranscriptPass {
  readonly number: number;
  readonly userId: string;
  readonly as: TranscriptReader;
  readonly until: number;
}

/** What is kept about a transcript once it is made; the conversation itself is a blob. */
export interface TranscriptFacts {
  readonly at: number;
  readonly keptUntil: number;
  readonly messages: number;
}

/** Under which key a ticket's transcript lies. */
export function transcriptKey(number: number): string {
  return `ticket/${number}`;
}

/** One message of a thread, as whoever reads the thread sees it. */
export interface ThreadMessage {
  readonly messageId: string;
  readonly at: number;
  readonly editedAt?: number;
  readonly author: { readonly userId: string; readonly name: string; readonly bot?: true };
  /** With what stands in its boxes. */
  readonly text: string;
  readonly attachments: readonly Attachment[];
}

/** Reads a thread where it is. Twins: adapters/discord, and what a test puts there. */
export interface ThreadReader {
  /** Oldest first, the newest `most`; undefined where there is no such thread any more, or the bot may not read it. */
  read(
    threadId: string,
    most: number,
    signal: AbortSignal,
  ): Promise<{ readonly messages: readonly ThreadMessage[]; readonly isCut: boolean } | undefined>;
  /** A file somebody attached. Throws where it is larger, is gone or lies elsewhere. */
  file(url: string, mostBytes: number, signal: AbortSignal): Promise<Uint8Array>;
}
