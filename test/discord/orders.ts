import type { Action, Order } from "#core";

/** An order as the outbox would hand it over. */
export function orderOf(guildId: string, action: Action, changes: Partial<Order> = {}): Order {
  return {
    id: `event-1/moderation/0#${action.verb}`,
    guildId,
    proposalId: "event-1/moderation/0",
    eventId: "event-1",
    agent: "moderation",
    step: 0,
    action,
    status: "leased",
    priority: "medium",
    onFailure: "stop",
    reason: "case #7: duplicate-flood",
    attempt: 1,
    attemptedAt: Date.now(),
    ...changes,
  };
}
