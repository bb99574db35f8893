import { Queue, Worker } from "bullmq";
import type { Redis } from "ioredis";
import { GuildhallError, type Job, type Log, type WorkQueue } from "#core";
import { connectionsTo, type Connections } from "./connections.ts";
import { turnsOf } from "./turns.ts";

const NAME = "work";
/** A command lost with its connection is given up after so long; longer than any read that waits for work. */
const COMMAND_MS = 10_000;
/** How long a closing queue tells Redis what was done; after that the rows tell it. */
const FAREWELL_MS = 2_000;

/**
 * The queue of a house of many processes: BullMQ on Redis. Redis may go away at any time: a push that cannot be made is left
 * to the sweep over the rows, a worker goes on when it is back, and neither throws.
 */
export function createRedisQueue(options: {
  readonly url: string;
  /** Sets this house's keys apart from others in the same Redis. */
  readonly prefix: string;
  readonly log: Log;
}): WorkQueue {
  const connections = connectionsTo(options.url, options.log);
  // A push answers now: it neither waits for a Redis that is away nor is it sent again behind our back.
  const sender = connections.open({ enableOfflineQueue: false, maxRetriesPerRequest: 0 });
  const queue = queueOver(sender, options.prefix, connections);
  const underWay = new Set<Promise<void>>();
  const placeOf = turnsOf(() => performance.now());
  let worker: Worker<Job> | undefined;
  let isClosed = false;

  return {
    push: async (jobs) => {
      if (isClosed || jobs.length === 0 || !(await isReachable(sender))) return;
      try {
        await queue.addBulk(jobs.map((job) => entryOf(job, placeOf(job.guildId, job.priority))));
      } catch (error) {
        connections.note(error);
      }
    },
    work: (handler, concurrency) => {
      if (worker !== undefined) throw new GuildhallError("queue.busy", "this queue has a handler already");
      worker = workerOver(connections, options.prefix, concurrency, tracked(handler, underWay));
    },
    close: async () => {
      if (isClosed) return;
      isClosed = true;
      connections.expectClose();
      await closed(queue, worker, underWay, connections);
    },
  };
}

function queueOver(sender: Redis, prefix: string, connections: Connections): Queue<Job> {
  const queue = new Queue<Job>(NAME, {
    connection: sender,
    prefix,
    skipVersionCheck: true,
    streams: { events: { maxLen: 100 } },
    defaultJobOptions: { attempts: 1, removeOnComplete: true, removeOnFail: true },
  });
  queue.on("error", connections.note);
  return queue;
}

function workerOver(
  connections: Connections,
  prefix: string,
  concurrency: number,
  handler: (job: Job) => Promise<void>,
): Worker<Job> {
  const connection = connections.open({ maxRetriesPerRequest: null, commandTimeout: COMMAND_MS });
  const worker = new Worker<Job>(NAME, (job) => handler(job.data), {
    connection,
    prefix,
    concurrency,
    skipVersionCheck: true,
    removeOnComplete: { count: 0 },
    removeOnFail: { count: 0 },
  });
  worker.on("error", connections.note);
  return worker;
}

/** One id per thing to do: what waits already is not queued twice. BullMQ keeps ":" for itself. */
function entryOf(job: Job, priority: number): { name: string; data: Job; opts: { jobId: string; priority: number } } {
  const id = job.job === "act" ? `act ${job.orderId}` : `consider ${job.eventId} ${job.agent}`;
  return { name: job.job, data: job, opts: { jobId: encodeURIComponent(id), priority } };
}

function tracked(handler: (job: Job) => Promise<void>, underWay: Set<Promise<void>>): (job: Job) => Promise<void> {
  return (job) => {
    const run = handler(job);
    const settled = Promise.allSettled([run]).then(() => {
      underWay.delete(settled);
    });
    underWay.add(settled);
    return run;
  };
}

/** Waits while a connection is being made, however that ends; one that was lost is tried again in the background. */
async function isReachable(client: Redis): Promise<boolean> {
  if (client.status === "connecting" || client.status === "connect") await nextTurn(client);
  return client.status === "ready";
}

function nextTurn(client: Redis): Promise<void> {
  const turns = ["ready", "close", "end"] as const;
  return new Promise((resolve) => {
    const done = (): void => {
      for (const turn of turns) client.off(turn, done);
      resolve();
    };
    for (const turn of turns) client.on(turn, done);
  });
}

async function closed(
  queue: Queue<Job>,
  worker: Worker<Job> | undefined,
  underWay: ReadonlySet<Promise<void>>,
  connections: Connections,
): Promise<void> {
  const farewell = Promise.all([worker?.close(), queue.close()]).catch(connections.note);
  await Promise.all(underWay);
  if (connections.isHeard()) await within(FAREWELL_MS, farewell);
  await within(FAREWELL_MS, connections.closeAll());
  // With its connections gone a worker that waited for Redis gives up, too.
  await within(FAREWELL_MS, farewell);
}

async function within(milliseconds: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise((resolve) => {
    timer = setTimeout(resolve, milliseconds);
  });
  await Promise.race([work, patience]);
  clearTimeout(timer);
}
