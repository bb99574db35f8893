import type { InteractionHandle } from "../facts.ts";
import type { Ticket, TicketPanel } from "../tickets.ts";
import type { TranscriptFacts, TranscriptReader } from "../transcripts.ts";

/** What members want from staff. */
export interface TicketsRecords {
  /** Tickets by their number. */
  readonly ticket: Ticket;
  /** Leads to a ticket from its thread, or from the event that has ordered a step whose outcome is awaited; key: that id. */
  readonly ticketRef: {
    readonly number: number;
    readonly step?: "thread" | "card" | "warning" | "reminder" | "transcript" | "panel";
    /** Of a panel: where it is posted. */
    readonly channelId?: string;
    /** Of a warning or a reminder: the ticket's last word when it was ordered. */
    readonly since?: number;
  };
  /** What a member has open, and when they lately opened any; key: user id. */
  readonly ticketing: { readonly open: readonly number[]; readonly openedAt: readonly number[] };
  /** Tickets that are not closed, oldest first; key: "all". */
  readonly ticketsOpen: { readonly numbers: readonly number[] };
  /** Who of staff has said that they are away; key: "all". */
  readonly ticketAway: {
    readonly away: readonly { readonly userId: string; readonly since: number; readonly until?: number }[];
  };
  /** Where tickets can be opened, the newest last; key: "all". */
  readonly ticketPanels: { readonly panels: readonly TicketPanel[] };
  /** What is known of a ticket's transcript; key: the ticket's number. */
  readonly transcript: TranscriptFacts;
  /** What staff often say, by its name; key: "all". Without who wrote it: it is the guild's. */
  readonly cannedReplies: {
    readonly replies: readonly { readonly name: string; readonly text: string; readonly typeIds: readonly string[] }[];
  };
  /** The last reply a model drafted for a ticket, until it is sent; key: the ticket's number. */
  readonly ticketDraft: { readonly text: string; readonly userId: string; readonly at: number };
  /** Who waits for a transcript that is being made, and is answered then; key: the ticket's number. */
  readonly transcriptAsked: {
    readonly userId: string;
    readonly as: TranscriptReader;
    readonly interaction: InteractionHandle;
    readonly at: number;
  };
}
