import type { ActionExecutor, ActionOf, Clock, GuildEvent, Order, Outcome } from "#core";

export interface HouseHandParts {
  readonly submit: (event: GuildEvent) => Promise<void>;
  readonly clock: Clock;
  readonly makeTranscript: (order: Order, action: ActionOf<"transcript.make">, signal: AbortSignal) => Promise<Outcome>;
}

/** Verbs that touch nothing outside of the house. */
export function isHouses({ action }: Order): boolean {
  return action.verb === "policy.choose" || action.verb === "transcript.make";
}

/**
 * The hand for what is done in the house itself. Choices go onto the road as an event, by which they are taken or turned down
 * where somebody was faster; the event's id follows from the order's, so doing it twice is doing it once. A transcript takes the
 * place of the one before, which comes to the same.
 */
export function houseHand({ submit, clock, makeTranscript }: HouseHandParts): ActionExecutor {
  return {
    perform: async (order, signal) => {
      if (order.action.verb === "transcript.make") return makeTranscript(order, order.action, signal);
      const event = chosen(order, clock.now());
      if (event === undefined) return { kind: "failed", code: "no-hand", why: "this is done elsewhere" };
      await submit(event);
      return { kind: "done", result: { eventId: event.id } };
    },
    reconcile: () => Promise.resolve({ found: "absent" }),
  };
}

function chosen({ id, guildId, action }: Order, at: number): GuildEvent | undefined {
  if (action.verb !== "policy.choose") return undefined;
  const { document, basedOn, by } = action;
  return { id: `choice:${id}`, guildId, at, kind: "policy.chosen", document, basedOn, by };
}
