import type { GuildEvent, HouseWrite, OrderDraft } from "#core";

export interface Notice {
  /** The staff's channel, where there is one; the owner gets a DM otherwise. */
  readonly channelId?: string;
  readonly ownerId: string;
  readonly text: string;
  /** Named like a rule, with its reason: for the order's record. */
  readonly reason: string;
  /** Tells it from others of the same event. */
  readonly name?: string;
}

/** What the house itself tells those who run the guild: orders like any other, so that they survive a crash and are counted. */
export function noticeOrders(event: GuildEvent, notice: Notice): readonly HouseWrite[] {
  const proposalId = `${event.id}/house/${notice.name ?? "notice"}`;
  const order = (step: number, action: OrderDraft["action"]): HouseWrite => ({
    write: "order.put",
    order: {
      ...{ id: `${proposalId}#${step}`, guildId: event.guildId, proposalId, eventId: event.id, agent: "house", step },
      ...{ action, status: step === 0 ? "waiting" : "blocked", priority: "low", onFailure: "stop" },
      ...{ reason: notice.reason, notBefore: 0 },
    },
  });
  const send = (channelId: string) => ({ verb: "message.send", channelId, words: { text: notice.text } }) as const;
  if (notice.channelId !== undefined) return [order(0, send(notice.channelId))];
  if (notice.ownerId === "") return [];
  return [order(0, { verb: "dm.open", userId: notice.ownerId }), order(1, send("$0.channelId"))];
}
