import type { Clock } from "#core";
import { markerOf } from "./marker.ts";

/** Orders in flight by marker, so that a message of ours that comes back is known at once; later, listing finds it. */
export interface Echoes {
  orderOf(marker: string): string | undefined;
  /** Notes a try and returns when the first one was. */
  tried(orderId: string): number;
}

/** An echo takes seconds; an hour covers a long resume. More than this many at once means listing for the oldest. */
const REMEMBERED_MS = 3_600_000;
const REMEMBERED = 20_000;

export function createEchoes(clock: Clock): Echoes {
  const orders = new Map<string, { readonly orderId: string; readonly firstTriedAt: number }>();
  const forget = (now: number) => {
    for (const [marker, { firstTriedAt }] of orders) {
      if (orders.size <= REMEMBERED && now - firstTriedAt < REMEMBERED_MS) return;
      orders.delete(marker);
    }
  };
  return {
    orderOf: (marker) => orders.get(marker)?.orderId,
    tried: (orderId) => {
      const now = clock.now();
      forget(now);
      const marker = markerOf(orderId);
      const known = orders.get(marker);
      if (known !== undefined) return known.firstTriedAt;
      orders.set(marker, { orderId, firstTriedAt: now });
      return now;
    },
  };
}
