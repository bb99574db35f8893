import { GuildhallError, PRIORITIES, type Job, type Priority, type WorkQueue } from "#core";

type Handler = (job: Job) => Promise<void>;

/** The queue of a house that is one process: three lanes in memory. What is lost with it is found again from the rows. */
export function memoryQueue(): WorkQueue {
  // A Map keeps its order, so each lane is a queue that also knows what it holds.
  const lanes: Readonly<Record<Priority, Map<string, Job>>> = { high: new Map(), medium: new Map(), low: new Map() };
  const underWay = new Set<Promise<void>>();
  let worker: { readonly handler: Handler; readonly concurrency: number } | undefined;
  let isClosed = false;

  const pump = (): void => {
    while (worker !== undefined && !isClosed && underWay.size < worker.concurrency) {
      const job = takeFirst(lanes);
      if (job === undefined) return;
      const run = settled(worker.handler, job).then(() => {
        underWay.delete(run);
        pump();
      });
      underWay.add(run);
    }
  };

  return {
    push: (jobs) => {
      for (const job of jobs) add(lanes, job);
      pump();
      return Promise.resolve();
    },
    work: (handler, concurrency) => {
      if (worker !== undefined) throw new GuildhallError("queue.busy", "this queue has a handler already");
      worker = { handler, concurrency };
      pump();
    },
    close: async () => {
      isClosed = true;
      for (const priority of PRIORITIES) lanes[priority].clear();
      await Promise.all(underWay);
    },
  };
}

/** A job that waits already is not queued again, whatever its lane: its row decides what is to be done. */
function add(lanes: Readonly<Record<Priority, Map<string, Job>>>, job: Job): void {
  const key = jobKey(job);
  if (PRIORITIES.some((priority) => lanes[priority].has(key))) return;
  lanes[job.priority].set(key, job);
}

function takeFirst(lanes: Readonly<Record<Priority, Map<string, Job>>>): Job | undefined {
  for (const priority of PRIORITIES) {
    for (const [key, job] of lanes[priority]) {
      lanes[priority].delete(key);
      return job;
    }
  }
  return undefined;
}

function jobKey(job: Job): string {
  return job.job === "act" ? `act ${job.orderId}` : `consider ${job.eventId} ${job.agent}`;
}

/** The handler logs its own failures (that is the port's promise); here one only must not stop the next job. */
async function settled(handler: Handler, job: Job): Promise<void> {
  await Promise.resolve();
  await Promise.allSettled([handler(job)]);
}
