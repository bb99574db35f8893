import { customId } from "./components.ts";
import type { InteractionHandle } from "./facts.ts";

export const TICKET_PRIORITIES = ["low", "normal", "high", "urgent"] as const;
export type TicketPriority = (typeof TICKET_PRIORITIES)[number];

/** What staff were told of a ticket's deadlines: one is near, or has passed. */
export type DeadlineTold = "answer.near" | "answer.late" | "solve.near" | "solve.late";

/** How a ticket fares with the deadlines of its type. All spans are milliseconds of opening hours. */
export interface TicketClock {
  /** Since when its first answer is waited for. */
  readonly askedAt: number;
  /** Spent on it until `since`; what passes while it stands still is not counted. */
  readonly spent: number;
  /** Since when it runs; missing while it stands still. */
  readonly since?: number;
  /** Each is told once. */
  readonly told: readonly DeadlineTold[];
  /** Whether the first answer came in time; missing until then, and where nobody promised any. */
  readonly answerKept?: boolean;
  /** Whether it was closed in time; missing until then, and where nobody promised it. */
  readonly solveKept?: boolean;
}

/**
 * Something a member wants from staff, in a private thread or a channel of its own.
 *
 * *opening* its thread is ordered · *failed* it could not be opened, and the member was told · *open* · *closed*
 */
export interface Ticket {
  readonly number: number;
  readonly status: "opening" | "failed" | "open" | "closed";
  /** One of the kinds the guild offers, by its id. */
  readonly typeId: string;
  readonly userId: string;
  readonly name: string;
  /** What the member wrote into the form. */
  readonly said: {
    readonly title: string;
    readonly text: string;
    /** Where the guild asks questions of its own; `text` is empty then. */
    readonly answers?: readonly { readonly label: string; readonly text: string }[];
  };
  /** Where it is, if not in a thread: `threadId` is a channel's then. */
  readonly place?: "channel";
  /** The channel its thread belongs to, or the category its channel was made in. */
  readonly parentId: string;
  readonly at: number;
  /** By this whoever opened it is told what became of it, while it is opening. */
  readonly interaction?: InteractionHandle;
  readonly threadId?: string;
  /** The message in the thread with its buttons. */
  readonly cardId?: string;
  readonly priority: TicketPriority;
  readonly claimedBy?: string;
  /** Whose turn it is, and since when. */
  readonly waitsFor: "staff" | "member";
  readonly lastAt: number;
  /** When staff first answered. */
  readonly answeredAt?: number;
  /** How often staff were reminded since the member's last word. */
  readonly reminders: number;
  /** Staff's was the last word for long, and the member was told so. */
  readonly warnedAt?: number;
  readonly clock?: TicketClock;
  /** Staff come back to it then, or as soon as the member writes. */
  readonly snoozedUntil?: number;
  readonly tags?: readonly string[];
  /** What staff wrote for one another; the member never sees it. */
  readonly notes?: readonly { readonly byUserId: string; readonly at: number; readonly text: string }[];
  /** What single members of staff want to be reminded of. */
  readonly nudges?: readonly {
    readonly id: string;
    readonly byUserId: string;
    readonly at: number;
    readonly text: string;
  }[];
  /** *gone*: its thread was deleted, or cannot be reached any more · *merged* it goes on in the ticket `into`. */
  readonly closed?: {
    readonly at: number;
    readonly how: "asked" | "silence" | "gone" | "merged";
    readonly into?: number;
    readonly byUserId?: string;
    readonly reason?: string;
  };
  readonly feedback?: { readonly stars: number; readonly text: string; readonly at: number };
}

/** A message under which members open tickets. */
export interface TicketPanel {
  readonly channelId: string;
  readonly messageId: string;
  /** The kinds it offers. */
  readonly typeIds: readonly string[];
  /** Somebody deleted it. */
  readonly goneAt?: number;
}

/** Of a button that opens the form of one kind of ticket, on whichever message it stands: a panel, or an answer that was none. */
export function ticketButtonId(typeId: string): string {
  return customId("tickets", "open", typeId);
}
