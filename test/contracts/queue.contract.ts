import { describe, expect, it } from "vitest";
import type { Job, Priority, WorkQueue } from "#core";

const [BUSY, CALM] = ["80100000000000001", "80100000000000002"];

/** What every twin of the WorkQueue port promises. `open` gives a fresh, empty queue; the suite closes it. */
export function queueContract(name: string, open: () => Promise<WorkQueue>): void {
  describe(`WorkQueue: ${name}`, () => {
    const opened = async (use: (queue: WorkQueue) => Promise<void>): Promise<void> => {
      const queue = await open();
      try {
        await use(queue);
      } finally {
        await queue.close();
      }
    };

    it("hands over every job once, as it was pushed", () =>
      opened(async (queue) => {
        const jobs = [act("event:1#0", "high"), consider("event:2", "helper", "low"), act("event:3#1", "medium")];
        const served = collector(jobs.length);
        await queue.push(jobs);
        queue.work(served.handler, 1);
        expect(await served.all).toEqual([jobs[0], jobs[2], jobs[1]]);
      }));

    it("serves a lower lane only while no higher one has anything", () =>
      opened(async (queue) => {
        const gate = doorway();
        const served = collector(7, () => gate.open);
        queue.work(served.handler, 1);
        await queue.push([act("first", "low")]);
        await served.started;
        await queue.push([act("low-1", "low"), act("medium-1", "medium")]);
        await queue.push([act("low-2", "low"), act("high-1", "high"), act("medium-2", "medium")]);
        await queue.push([act("high-2", "high")]);
        gate.unlock();
        expect((await served.all).map(idOf)).toEqual([
          "first",
          "high-1",
          "high-2",
          "medium-1",
          "medium-2",
          "low-1",
          "low-2",
        ]);
      }));

    it("lets guilds take turns within a lane, so that a busy one does not hold up the others", () =>
      opened(async (queue) => {
        const of = (guildId: string, ...names: string[]): Job[] =>
          names.map((name) => ({ ...act(name, "high"), guildId }));
        await queue.push(of(BUSY, "busy-1", "busy-2", "busy-3", "busy-4"));
        await queue.push(of(CALM, "calm-1", "calm-2"));
        const served = collector(6);
        queue.work(served.handler, 1);
        expect((await served.all).map(idOf)).toEqual(["busy-1", "calm-1", "busy-2", "calm-2", "busy-3", "busy-4"]);
      }));

    it("never runs more at a time than it was allowed", () =>
      opened(async (queue) => {
        let running = 0;
        let most = 0;
        const full = doorway();
        const served = collector(12, async () => {
          running++;
          most = Math.max(most, running);
          if (running === 3) full.unlock();
          await full.open;
          // Whoever got in beyond the limit would be counted before these turns are over.
          for (let turn = 0; turn < 20; turn++) await Promise.resolve();
          running--;
        });
        await queue.push(Array.from({ length: 12 }, (_, index) => act(`order-${index}`, "medium")));
        queue.work(served.handler, 3);
        await served.all;
        expect(most).toBe(3);
      }));

    it("queues what waits already only once, whatever its lane", () =>
      opened(async (queue) => {
        await queue.push([act("same", "low"), act("same", "low"), consider("event", "one", "low")]);
        await queue.push([act("same", "high"), consider("event", "two", "low"), act("last", "low")]);
        const served = collector(4);
        queue.work(served.handler, 1);
        expect((await served.all).map(idOf)).toEqual(["same", "event/one", "event/two", "last"]);
      }));

    it("takes a job again once it is through", () =>
      opened(async (queue) => {
        const first = collector(3);
        queue.work(first.handler, 1);
        await queue.push([act("again", "medium"), act("between", "medium")]);
        await first.seen("between");
        await queue.push([act("again", "medium")]);
        expect((await first.all).map(idOf)).toEqual(["again", "between", "again"]);
      }));

    it("goes on after a handler that throws, and does not try the job again", () =>
      opened(async (queue) => {
        const served = collector(3, (job) =>
          idOf(job) === "throws" ? Promise.reject(new Error("the handler logged this")) : Promise.resolve(),
        );
        await queue.push([act("throws", "high"), act("next", "medium"), act("last", "low")]);
        queue.work(served.handler, 1);
        expect((await served.all).map(idOf)).toEqual(["throws", "next", "last"]);
      }));

    it("waits for handlers under way when it closes, and starts none", async () => {
      const queue = await open();
      const gate = doorway();
      const ended: string[] = [];
      const served = collector(1, async (job) => {
        await gate.open;
        await turn();
        ended.push(idOf(job));
      });
      queue.work(served.handler, 1);
      await queue.push([act("under-way", "medium"), act("never", "medium")]);
      await served.started;
      let isClosed = false;
      const closing = queue.close().then(() => {
        isClosed = true;
      });
      await turn();
      expect(isClosed).toBe(false);
      gate.unlock();
      await closing;
      expect(ended).toEqual(["under-way"]);
      await queue.push([act("too-late", "medium")]);
      await turn();
      await turn();
      expect(ended).toEqual(["under-way"]);
    });

    it("has one handler", () =>
      opened(async (queue) => {
        queue.work(() => Promise.resolve(), 1);
        expect(() => queue.work(() => Promise.resolve(), 1)).toThrow("handler already");
        await queue.push([]);
      }));
  });
}

export function act(orderId: string, priority: Priority): Job {
  return { job: "act", orderId, guildId: "80100000000000001", priority };
}

export function consider(eventId: string, agent: string, priority: Priority): Job {
  return { job: "consider", eventId, agent, guildId: "80100000000000001", priority };
}

export function idOf(job: Job): string {
  return job.job === "act" ? job.orderId : `${job.eventId}/${job.agent}`;
}

/** Lets everything that is ready run once. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

export interface Doorway {
  readonly open: Promise<void>;
  unlock(): void;
}

export function doorway(): Doorway {
  let unlock = (): void => undefined;
  const open = new Promise<void>((resolve) => {
    unlock = resolve;
  });
  return { open, unlock: () => unlock() };
}

export interface Collector {
  handler(job: Job): Promise<void>;
  /** The first job has come. */
  readonly started: Promise<void>;
  /** All the jobs waited for have come and their handlers ended. */
  readonly all: Promise<readonly Job[]>;
  seen(id: string): Promise<void>;
}

/** Writes down jobs in the order they come, and knows when it has seen enough. */
export function collector(enough: number, during?: (job: Job) => Promise<void>): Collector {
  const jobs: Job[] = [];
  const watched = new Map<string, Doorway>();
  const [started, all] = [doorway(), doorway()];
  let ended = 0;
  const watch = (id: string): Doorway => watched.get(id) ?? watched.set(id, doorway()).get(id)!;
  return {
    handler: async (job) => {
      jobs.push(job);
      started.unlock();
      try {
        await during?.(job);
      } finally {
        if (++ended === enough) all.unlock();
        watch(idOf(job)).unlock();
      }
    },
    started: started.open,
    all: all.open.then(() => jobs),
    seen: (id) => watch(id).open,
  };
}
