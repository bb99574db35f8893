import type { Action } from "./actions.ts";

/** What one account did that can empty or open a guild. */
export interface Deed {
  readonly at: number;
  readonly kind: "channel-deleted" | "role-deleted" | "removal" | "webhook" | "grant";
  readonly targetId: string;
  readonly name: string;
  /** What makes it again, where Discord's log says enough. */
  readonly again?: Action;
}

/** The latest of them by one account, and whether the house has stopped it. */
export interface Spree {
  readonly deeds: readonly Deed[];
  readonly stoppedAt?: number;
  /** Roles taken from the account, and those the bot could not take, by name. */
  readonly taken: readonly string[];
  readonly left: readonly string[];
}
