import type { ActionExecutor, GuildEvent, LeasedOrder, Order, Outbox } from "#core";
import { createEchoes } from "../../src/adapters/discord/echoes.ts";
import { createExecutor } from "../../src/adapters/discord/hands/index.ts";
import { createInteractions } from "../../src/adapters/discord/interactions/acknowledging.ts";
import { createRest, type Rest } from "../../src/adapters/discord/rest.ts";
import { createActor } from "../../src/flow/act/act.ts";
import type { Simulator } from "../../src/simulator/index.ts";
import { plainSeal } from "./context.ts";

const clock = { now: () => Date.now() };
export const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const metrics = { count: () => undefined, observe: () => undefined };
const killSwitch = { pass: () => undefined };

/** What hands need to know of Discord; small enough to be told to another process. */
export type HandsPlace = Pick<Simulator, "apiUrl" | "token"> & {
  readonly control: Pick<Simulator["control"], "botId" | "applicationId">;
};

/** Hands without a gateway: whatever only an echo would tell has to be found by looking. */
export function openHands(simulator: HandsPlace): { readonly executor: ActionExecutor; readonly rest: Rest } {
  const rest = createRest({ token: simulator.token, apiUrl: simulator.apiUrl, log: silent, metrics });
  const executor = createExecutor({
    ...{ call: rest.call, clock, log: silent, seal: plainSeal, killSwitch, echoes: createEchoes(clock) },
    interactions: createInteractions({ call: rest.call, log: silent, metrics }),
    ...{ botUserId: simulator.control.botId, applicationId: simulator.control.applicationId },
    tokenRefused: () => undefined,
  });
  return { executor, rest };
}

/** The one row of an outbox that outlives every process. */
export function outboxOf(draft: Order): Outbox & { readonly isWaiting: () => boolean } {
  let row: Order = { ...draft, status: "waiting", attempt: 0 };
  let due = 0;
  const leased = (): LeasedOrder => ({ order: row, results: [] });
  return {
    isWaiting: () => row.status === "waiting",
    lease: (_id, _holder, now) => {
      if (row.status !== "waiting" || now < due) return Promise.resolve(undefined);
      row = { ...row, status: "leased", attempt: row.attempt + 1, attemptedAt: now };
      return Promise.resolve(leased());
    },
    release: (_id, notBefore) => {
      row = { ...row, status: "waiting" };
      due = notBefore;
      return Promise.resolve();
    },
    due: () => Promise.resolve([]),
    stranded: () => Promise.resolve(row.status === "leased" ? [leased()] : []),
    nextDue: () => Promise.resolve(undefined),
  };
}

/**
 * One process that acts: what it remembers dies with it. Its clock is some seconds ahead, so that what a human did to set
 * the scene surely lies before the attempt.
 */
export function startProcess(simulator: Simulator, outbox: Outbox, { deadlineMs = 5_000, aheadMs = 5_000 } = {}) {
  const { executor, rest } = openHands(simulator);
  const clock = { now: () => Date.now() + aheadMs };
  const events: GuildEvent[] = [];
  const actor = createActor({
    ...{ outbox, executor, clock, log: silent, metrics, killSwitch },
    holder: `process-${Math.random()}`,
    times: { deadlineMs, leaseMs: 60_000, reconcileAfterMs: 0 },
    report: (event) => void events.push(event),
  });
  return { ...actor, executor, events, end: () => rest.close() };
}
