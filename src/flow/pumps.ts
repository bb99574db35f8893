import type { Clock, GuildEvent, Job, Log, Store, Timer } from "#core";
import { errorFields } from "#core";

/** How often the house looks for work that nobody announced: a row from another process, a timer, a stranded order. */
export interface PumpTimes {
  readonly inboxMs: number;
  readonly sweepMs: number;
}

export interface PumpParts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly holder: string;
  readonly times: PumpTimes;
  readonly arrive: (event: GuildEvent) => void;
  readonly enqueue: (jobs: readonly Job[]) => Promise<void>;
  readonly reconcile: () => Promise<void>;
}

/**
 * Brings in what no socket brings: timers, the inbox, work left behind. Each pump repeats what it found until the commit
 * takes the row away; `under way` keeps one process from pushing the same thing again meanwhile.
 */
export function createPumps(parts: PumpParts) {
  const { store, clock } = parts;
  const underWay = new Set<string>();
  const inbox = repeat(takeInbox, () => parts.times.inboxMs, parts.log);
  const timers = repeat(strike, () => parts.times.inboxMs, parts.log);
  const sweep = repeat(sweepUp, () => parts.times.sweepMs, parts.log);

  function once(event: GuildEvent): void {
    if (underWay.has(event.id)) return;
    underWay.add(event.id);
    parts.arrive(event);
  }

  async function takeInbox(): Promise<void> {
    for (const event of await store.inbox.waiting(200)) once(event);
  }

  async function strike(): Promise<void> {
    for (const timer of await store.timers.due(clock.now(), 200)) once(struck(timer));
  }

  async function sweepUp(): Promise<void> {
    await parts.reconcile();
    const now = clock.now();
    const [orders, slow] = await Promise.all([store.outbox.due(now, 500), store.pending.due(now, [parts.holder], 500)]);
    await parts.enqueue([
      ...orders.map((order) => ({ job: "act" as const, ...order })),
      ...slow.map(({ eventId, agent, guildId, priority }) => ({
        job: "consider" as const,
        eventId,
        agent,
        guildId,
        priority,
      })),
    ]);
  }

  return {
    start(): void {
      for (const pump of [inbox, timers, sweep]) pump.start();
    },
    async stop(): Promise<void> {
      await Promise.all([inbox.stop(), timers.stop(), sweep.stop()]);
    },
    /** Something was put into the inbox by this process: no need to wait for the next look. */
    nudge: () => inbox.now(),
    committed(events: readonly GuildEvent[]): void {
      if (underWay.size > 0) for (const event of events) underWay.delete(event.id);
    },
  };
}

function struck({ guildId, owner, timer, at, payload }: Timer): GuildEvent {
  return { id: `timer:${guildId}:${owner}:${timer}:${at}`, guildId, at, kind: "clock.struck", timer, owner, payload };
}

const LONGEST_PAUSE_MS = 5_000;

/** A power of two: an outage of minutes is told in a few lines. */
const isTold = (tries: number): boolean => (tries & (tries - 1)) === 0;

/**
 * Runs again and again with a pause between, one at a time; `now` shortens the pause. The longer it fails the longer it
 * waits, and the less it says.
 */
function repeat(work: () => Promise<void>, pauseMs: () => number, log: Log) {
  let stopped = true;
  let tries = 0;
  let again = false;
  let running: Promise<void> = Promise.resolve();
  let wake: () => void = () => undefined;

  async function loop(): Promise<void> {
    while (!stopped) {
      again = false;
      try {
        await work();
        tries = 0;
      } catch (error) {
        if (isTold(++tries)) log.warn({ tries, ...errorFields(error) }, "looking for work failed; it is tried again");
      }
      if (!stopped && !again) await pause();
    }
  }

  async function pause(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      wake = resolve;
      timer = setTimeout(resolve, tries === 0 ? pauseMs() : Math.min(pauseMs() * 2 ** tries, LONGEST_PAUSE_MS));
    });
    clearTimeout(timer);
  }

  return {
    start(): void {
      stopped = false;
      running = loop();
    },
    async stop(): Promise<void> {
      stopped = true;
      wake();
      await running;
    },
    now(): void {
      again = true;
      wake();
    },
  };
}
