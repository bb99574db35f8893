import { GuildhallError, PRIORITIES, type Job, type Priority, type WorkQueue } from "#core";

type Handler = (job: Job) => Promise<void>;
/** Guilds in the order of their turns, each with what waits for it. A Map keeps its order, so both are queues that know what they hold. */
type Lane = Map<string, Map<string, Job>>;
type Lanes = Readonly<Record<Priority, Lane>>;

/** The queue of a house that is one process: three lanes in memory. What is lost with it is found again from the rows. */
export function memoryQueue(): WorkQueue {
  const lanes: Lanes = { high: new Map(), medium: new Map(), low: new Map() };
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
function add(lanes: Lanes, job: Job): void {
  const key = jobKey(job);
  const { guildId, priority } = job;
  if (PRIORITIES.some((each) => lanes[each].get(guildId)?.has(key))) return;
  const lane = lanes[priority];
  const waiting = lane.get(guildId);
  if (waiting === undefined) lane.set(guildId, new Map([[key, job]]));
  else waiting.set(key, job);
}

function takeFirst(lanes: Lanes): Job | undefined {
  for (const priority of PRIORITIES) {
    const lane = lanes[priority];
    for (const [guildId, waiting] of lane) {
      for (const [key, job] of waiting) {
        waiting.delete(key);
        // Whoever was served goes to the end: a guild under attack does not hold up the others.
        lane.delete(guildId);
        if (waiting.size > 0) lane.set(guildId, waiting);
        return job;
      }
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
