import { describe, expect, it } from "vitest";
import type { CommitEntry, OrderDraft } from "#core";
import { silentLog } from "../../../test/kit/road.ts";
import { createAtOnce } from "./at-once.ts";

const [BUSY, CALM] = ["80100000000000001", "80100000000000002"];

const draftOf = (guildId: string, id: string, changes: Partial<OrderDraft> = {}): OrderDraft => ({
  ...{
    id,
    guildId,
    eventId: `event of ${id}`,
    proposalId: id,
    agent: "raids",
    step: 0,
    status: "waiting",
    notBefore: 0,
  },
  ...{ action: { verb: "role.add", member: { userId: "50", name: "Ada", roleIds: [] }, roleId: "31" } },
  ...{ priority: "high", reason: "a test", onFailure: "stop" },
  ...changes,
});

const entryOf = (order: OrderDraft): CommitEntry => ({
  ...{
    event: {
      kind: "clock.struck",
      id: order.eventId,
      guildId: order.guildId,
      at: 0,
      timer: "t",
      owner: "raids",
      payload: undefined,
    },
    receivedAt: 0,
  },
  ...{ silent: [], decisions: [], tallies: [], writes: [], rollups: [], house: [{ write: "order.put", order }] },
});

const handsOf = (handsAtOnce: number) =>
  createAtOnce({
    ...{ handsAtOnce, holder: "here", leaseMs: 30_000, clock: { now: () => 0 }, log: silentLog },
    ...{ release: () => Promise.resolve(), carryOut: () => Promise.resolve() },
  });
const chosen = (hands: ReturnType<typeof handsOf>, ...drafts: readonly OrderDraft[]) =>
  hands.choose(drafts.map(entryOf))?.drafts.map(({ id }) => id);

describe("orders that go straight into a free hand", () => {
  it("are the first of each guild before the second of any", () => {
    const raid = ["raid-1", "raid-2", "raid-3"].map((id) => draftOf(BUSY, id));
    expect(chosen(handsOf(2), ...raid, draftOf(CALM, "calm-1"))).toEqual(["raid-1", "calm-1"]);
    expect(chosen(handsOf(8), ...raid, draftOf(CALM, "calm-1"))).toEqual(["raid-1", "calm-1", "raid-2", "raid-3"]);
  });

  it("are no more than hands are free, counting those that were promised", () => {
    const hands = handsOf(2);
    expect(chosen(hands, draftOf(BUSY, "one"))).toEqual(["one"]);
    expect(chosen(hands, draftOf(BUSY, "two"), draftOf(BUSY, "three"))).toEqual(["two"]);
    expect(chosen(hands, draftOf(BUSY, "four"))).toBeUndefined();
  });

  it.each<[string, Partial<OrderDraft>]>([
    ["what comes after another step", { step: 1 }],
    ["what waits for its time", { notBefore: 5_000 }],
    ["what must not be sent twice", { action: { verb: "message.send", channelId: "20", words: { text: "Hello" } } }],
  ])("are not %s", (_name, changes) => {
    expect(chosen(handsOf(2), draftOf(BUSY, "one", changes))).toBeUndefined();
  });
});
