import type { ActionExecutor, Clock, GuildEvent, Order } from "#core";

/**
 * The hand for what is done in the house itself: choices go onto the road as an event, by which they are taken or turned down
 * where somebody was faster. The event's id follows from the order's, so doing it twice is doing it once.
 */
export function houseHand(submit: (event: GuildEvent) => Promise<void>, clock: Clock): ActionExecutor {
  return {
    perform: async (order) => {
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
