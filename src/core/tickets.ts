import type { InteractionHandle } from "./facts.ts";

export const TICKET_PRIORITIES = ["low", "normal", "high", "urgent"] as const;
export type TicketPriority = (typeof TICKET_PRIORITIES)[number];

/**
 * Something a member wants from staff, in a private thread of its own.
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
  readonly said: { readonly title: string; readonly text: string };
  /** The channel its thread belongs to. */
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
  /** *gone*: its thread was deleted, or cannot be reached any more. */
  readonly closed?: {
    readonly at: number;
    readonly how: "asked" | "silence" | "gone";
    readonly byUserId?: string;
    readonly reason?: string;
  };
  readonly feedback?: { readonly stars: number; readonly text: string; readonly at: number };
}
