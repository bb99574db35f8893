import type {
  ActionExecutor,
  Agent,
  Arrival,
  Checkpoint,
  Choice,
  Clock,
  CommitEntry,
  Committed,
  FileReader,
  GuildEvent,
  GuildhallError,
  Job,
  KillSwitch,
  Lease,
  Lists,
  LlmGateway,
  Log,
  Metrics,
  PinReader,
  PolicyFor,
  PolicyKeeper,
  Priority,
  Road,
  Store,
  Typing,
  WorkQueue,
} from "#core";
import { errorFields, unreachable } from "#core";
import { createActor, type ActTimes } from "./act/act.ts";
import { createAtOnce } from "./act/at-once.ts";
import { Committer } from "./commit/committer.ts";
import { createComposer } from "./commit/compose.ts";
import type { Item } from "./commit/turns.ts";
import { Guilds } from "./commit/guilds.ts";
import { createThinker } from "./consider/consider.ts";
import { logSpoken } from "./line.ts";
import { createPumps, type PumpTimes } from "./pumps.ts";
import { createFormFields, type FormFields } from "./suggest/form-fields.ts";
import { createSuggester } from "./suggest/suggest.ts";

export interface RoadParts {
  readonly store: Store;
  readonly queue: WorkQueue;
  readonly executor: ActionExecutor;
  readonly llm: LlmGateway;
  /** Looks into members' files; absent: none can be had. */
  readonly files?: FileReader;
  /** Reads what is pinned; undefined before Discord is reached, absent: nobody can tell. */
  readonly pins?: () => PinReader | undefined;
  readonly agents: readonly Agent[];
  readonly policyFor: PolicyFor;
  readonly keeper: PolicyKeeper;
  /** Lists of domains that are kept up to date from outside; absent: none. */
  readonly lists?: Lists;
  readonly leases: () => readonly Lease[];
  readonly holder: string;
  readonly times: ActTimes & PumpTimes;
  readonly record: "speaking" | "all";
  /** Waiting slow halves of low priority beyond which further ones are shed. */
  readonly shedAbove: number;
  readonly handsAtOnce: number;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly killSwitch: KillSwitch;
  readonly onCommitted?: (entries: readonly CommitEntry[], checkpoints: readonly Checkpoint[]) => void;
  readonly onFatal: (error: GuildhallError) => void;
}

export interface RunningRoad extends Road {
  start(): void;
  /** What could stand in an option somebody is typing in: at once, from memory, recorded nowhere. */
  suggest(guildId: string, typing: Typing): readonly Choice[];
  /** What a guild's own configuration asks in a form, where it does. */
  readonly formFields: FormFields;
  /** An event by a door: stored in the inbox first, so that it is not lost between the door and the commit. */
  submit(event: GuildEvent): Promise<void>;
  /** That it waits for its database, while it does. */
  outage(): string | undefined;
  /** Takes nothing new, commits what has arrived, lets hands finish. */
  stop(): Promise<void>;
}

/** The trip of every event: intake → decide → judge → commit → act. There is no second road. */
export function createRoad(parts: RoadParts): RunningRoad {
  const { store, queue, clock, killSwitch } = parts;
  const guilds = new Guilds(store, parts.agents, parts.policyFor, parts.lists);
  const lowWaiting = new Set<string>();
  const accepts = (priority: Priority) => priority !== "low" || lowWaiting.size < parts.shedAbove;
  const compose = createComposer(parts.agents, { record: parts.record, accepts, policyFor: parts.policyFor });
  const report = (event: GuildEvent) => committer.push({ event, receivedAt: clock.now() });
  const actor = createActor({ ...parts, outbox: store.outbox, report });
  const atOnce = createAtOnce({ ...parts, ...parts.times, ...store.outbox, carryOut: actor.carryOut });
  const committer = new Committer({ ...parts, guilds, compose, atOnce, onCommitted: afterCommit, onKnown });
  const suggest = createSuggester({ ...parts, guilds });
  const formFields = createFormFields({ ...parts, guilds });
  const agents = new Map(parts.agents.map((agent) => [agent.name, agent]));
  const thinker = createThinker({ ...parts, guilds, agents, push: (item) => committer.push(item) });
  const pumps = createPumps({
    ...parts,
    arrive: report,
    enqueue: (jobs) => queue.push(jobs),
    reconcile: () => actor.reconcile(),
  });

  function arrive(arrival: Arrival): void {
    killSwitch.pass("received");
    const { frame: position, events, receivedAt } = arrival;
    const frame = position === undefined ? undefined : committer.frames.arrive(position, events.length);
    for (const event of events) {
      committer.push({
        event,
        receivedAt,
        ...(frame === undefined ? {} : { from: { frame, shardId: position!.shardId } }),
      });
    }
  }

  function afterCommit(
    entries: readonly CommitEntry[],
    { ready }: Committed,
    checkpoints: readonly Checkpoint[],
  ): void {
    const jobs: Job[] = ready.map((order) => ({ job: "act", ...order }));
    for (const entry of entries)
      for (const write of entry.house) if (write.write === "pending.put") jobs.push(jobOf(write.pending));
    countLow(entries);
    logSpoken(entries, clock.now(), parts.log);
    if (jobs.length > 0) void queue.push(jobs).catch(() => parts.metrics.count("queue_push_failed"));
    pumps.committed(entries.map((entry) => entry.event));
    parts.onCommitted?.(entries, checkpoints);
  }

  function onKnown(items: readonly Item[]): void {
    pumps.committed(items.map((item) => item.event));
  }

  function countLow(entries: readonly CommitEntry[]): void {
    for (const entry of entries) {
      for (const write of entry.house) {
        if (write.write === "pending.put" && write.pending.priority === "low")
          lowWaiting.add(`${entry.event.id}/${write.pending.agent}`);
      }
      if (entry.considered !== undefined) lowWaiting.delete(`${entry.event.id}/${entry.considered.agent}`);
    }
  }

  /** A job that fails is found again by the sweep: its row is the truth. */
  async function work(job: Job): Promise<void> {
    try {
      await run(job);
    } catch (error) {
      parts.metrics.count("jobs_failed", { job: job.job });
      parts.log.warn({ job: job.job, ...errorFields(error) }, "a job failed; the sweep will find its row again");
    }
  }

  async function run(job: Job): Promise<void> {
    switch (job.job) {
      case "act":
        return actor.act(job.orderId);
      case "consider":
        return thinker.consider(job.eventId, job.agent, job.guildId);
      default:
        return unreachable(job);
    }
  }

  return {
    arrive,
    suggest,
    outage: () => committer.outage.finding(),
    formFields,
    uncommitted: (shardId) => committer.frames.uncommitted(shardId),
    onRelief: (shardId, line, then) => committer.frames.onRelief(shardId, line, then),
    start() {
      committer.start();
      queue.work(work, parts.handsAtOnce);
      pumps.start();
    },
    async submit(event) {
      await store.inbox.put(event);
      pumps.nudge();
    },
    async stop() {
      await pumps.stop();
      await queue.close();
      await atOnce.close();
      await committer.drain();
    },
  };
}

function jobOf({
  eventId,
  agent,
  guildId,
  priority,
}: {
  eventId: string;
  agent: string;
  guildId: string;
  priority: Priority;
}): Job {
  return { job: "consider", eventId, agent, guildId, priority };
}
