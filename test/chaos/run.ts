import { BAD_LINK, BAD_WORD, randomOf, scriptOf, type Step } from "./script.ts";
import { startVictim, VictimDied, type VictimProcess } from "./victim-process.ts";
import type { InteractionView } from "../../src/simulator/index.ts";
import { openChaosWorld, type ChaosWorld } from "./world.ts";
import { digestRun, type Digest } from "./digest.ts";

export const KILL_POINTS = [
  "received",
  "inside-transaction",
  "committed",
  "leased",
  "request-sent",
  "outcome",
  "checkpoint",
] as const;
export type KillPointName = (typeof KILL_POINTS)[number];

export interface Kill {
  readonly point: KillPointName;
  /** At the how-manieth passing since the process started. */
  readonly count: number;
  readonly database: boolean;
}

export interface RunOptions {
  readonly scriptSeed: number;
  readonly victim: string;
  readonly environment: Record<string, string>;
  /** One entry per process that dies; the last process lives to the end. */
  readonly kills: readonly Kill[];
}

export interface RunResult {
  readonly digest: Digest;
  readonly dump: Dump;
  readonly guildId: string;
  readonly hits: readonly KillPointName[];
}

/** What a house tells of its store when all is over. */
export interface Dump {
  readonly rows: readonly {
    readonly event: { readonly id: string; readonly kind: string } & Record<string, unknown>;
    readonly tallies: readonly Tallied[];
  }[];
  readonly decisions: readonly Record<string, unknown>[];
  readonly totals: readonly { readonly key: string }[];
  readonly cases: readonly {
    readonly verb: string;
    readonly userName: string;
    readonly rule: string;
    readonly outcome: string;
  }[];
  readonly orders: readonly {
    readonly id: string;
    readonly status: string;
    readonly action: { readonly verb: string };
  }[];
  readonly approvals: readonly { readonly status: string }[];
}

interface Tallied {
  readonly owner: string;
  readonly counter: string;
  readonly key: string;
  readonly by: number;
}

/** Kill points of a seed: one to three deaths, spread so that every point comes up often over fifty seeds. */
export function killsOf(seed: number): readonly Kill[] {
  const random = randomOf(seed * 7_919 + 13);
  const deaths = 1 + Math.floor(random() * 3);
  return Array.from({ length: deaths }, (_, index) => {
    const point = KILL_POINTS[(seed + index * 3) % KILL_POINTS.length]!;
    return { point, count: 1 + Math.floor(random() * most(point)), database: seed % 2 === 0 };
  });
}

/** Rarer points are passed less often before the script is through. */
function most(point: KillPointName): number {
  return point === "leased" || point === "request-sent" || point === "outcome" ? 12 : 40;
}

/** Plays the script to its end against a house that keeps dying, and tells what is true afterwards. */
export async function run(options: RunOptions): Promise<RunResult> {
  const world = await openChaosWorld();
  const house = new House(world, options);
  try {
    for (const batch of scriptOf(options.scriptSeed)) {
      await house.alive();
      for (const step of batch) await play(step, world, house);
      await house.rest();
    }
    const dump = await house.ask<Dump>("dump");
    return { digest: digestRun(world, dump), dump, guildId: world.guildId, hits: house.hits };
  } finally {
    await house.close();
    await world.simulator.close();
  }
}

async function play(step: Step, world: ChaosWorld, house: House): Promise<void> {
  const { simulator, clock, guildId, channelId, idOf } = world;
  const { control } = simulator;
  clock.advance(1_500);
  switch (step.do) {
    case "join":
      control.join(guildId, { name: step.name });
      return;
    case "say": {
      const by = idOf(step.by);
      if (by === undefined || isSilenced(world, by)) return;
      house.expect(`m:${control.say(guildId, channelId, by, step.text)}`);
      // What the house does about it changes what this member may do next: that must not be a matter of speed.
      if (step.text.includes(BAD_WORD) || step.text.includes(BAD_LINK)) await house.rest();
      return;
    }
    case "react":
    case "unreact": {
      const by = idOf(step.by);
      if (by === undefined || isSilenced(world, by)) return;
      const greeting = control.messages(channelId)[0]!.id;
      if (step.do === "react") control.react(channelId, greeting, by, step.emoji);
      else control.unreact(channelId, greeting, by, step.emoji);
      return;
    }
    case "command": {
      const by = idOf(step.by)!;
      const on = idOf(step.on);
      if (on === undefined) return;
      const id = control.useCommand(guildId, channelId, by, step.name, { member: on, reason: step.reason });
      house.expect(`i:${id}`);
      // Discord lets nobody answer after three seconds of its own time: the clock stands until the house has.
      await house.rest();
      return;
    }
    case "answer":
      await house.rest();
      return house.answerOldest(step.reply);
  }
}

function isSilenced({ simulator, guildId, clock }: ChaosWorld, userId: string): boolean {
  const until = simulator.control.member(guildId, userId)?.communication_disabled_until;
  return Date.parse(until ?? "") > clock.now();
}

/** Keeps a house running: whenever its process is gone, the next one is started. */
class House {
  readonly hits: KillPointName[] = [];
  readonly #world: ChaosWorld;
  readonly #options: RunOptions;
  readonly #expected: string[] = [];
  #victim: VictimProcess | undefined;
  #started = 0;
  #answers = 0;

  constructor(world: ChaosWorld, options: RunOptions) {
    this.#world = world;
    this.#options = options;
  }

  expect(eventId: string): void {
    this.#expected.push(eventId);
  }

  async alive(): Promise<VictimProcess> {
    while (this.#victim === undefined) {
      const kill = this.#options.kills[this.#started];
      this.#started++;
      try {
        const victim = await startVictim(this.#options.victim, this.#environment(kill));
        this.#victim = victim;
        void victim.gone.then(() => this.#died(victim, kill));
      } catch (error) {
        if (!(error instanceof VictimDied) || kill === undefined) throw error;
        this.hits.push(kill.point);
      }
    }
    return this.#victim;
  }

  #died(victim: VictimProcess, kill: Kill | undefined): void {
    if (this.#victim !== victim) return;
    this.#victim = undefined;
    if (kill !== undefined) this.hits.push(kill.point);
  }

  #environment(kill: Kill | undefined): Record<string, string> {
    const { simulator } = this.#world;
    return {
      ...this.#options.environment,
      DISCORD_TOKEN: simulator.token,
      DISCORD_API_URL: simulator.apiUrl,
      CHAOS_KILL: kill === undefined ? ":0" : `${kill.point}:${kill.count}`,
      CHAOS_KILL_DATABASE: kill?.database === true ? "1" : "0",
    };
  }

  /** Asks until somebody answers, whoever is alive by then. */
  async ask<T>(question: string, details: object = {}): Promise<T> {
    for (;;) {
      const victim = await this.alive();
      try {
        return (await victim.ask(question, { guildId: this.#world.guildId, ...details })) as T;
      } catch (error) {
        if (!(error instanceof VictimDied)) throw error;
        await victim.gone;
      }
    }
  }

  /** Waits until everything brought so far is journaled and nothing is on its way. */
  async rest(): Promise<void> {
    const until = Date.now() + 60_000;
    let calm = 0;
    // Twice in a row: an order may be put between the two looks of one answer.
    while (calm < 2) {
      calm = (await this.ask<boolean>("rest", { eventIds: this.#expected })) && this.#caughtUp() ? calm + 1 : 0;
      if (Date.now() > until) {
        const unrest = await this.ask<object>("unrest", { eventIds: this.#expected });
        const unanswered = this.#world.simulator.control.interactions().filter(isUnanswered);
        throw new Error(
          `the house did not come to rest after ${this.#started} starts: ${JSON.stringify({ ...unrest, unanswered })}`,
        );
      }
      if (calm < 2) await new Promise((resolve) => setTimeout(resolve, 4));
    }
  }

  /** Interactions are answered for good, not left thinking. */
  #caughtUp(): boolean {
    return !this.#world.simulator.control.interactions().some(isUnanswered);
  }

  /** A human answers the oldest waiting approval on the page; a lost answer is given again under the same key. */
  async answerOldest(reply: "approve" | "reject"): Promise<void> {
    const key = `answer-${++this.#answers}`;
    for (;;) {
      const victim = await this.alive();
      try {
        if (await answerOverHttp(victim.url, this.#world.guildId, reply, key)) await this.rest();
        return;
      } catch (error) {
        if (!(error instanceof VictimDied)) throw error;
        await victim.gone;
      }
    }
  }

  async close(): Promise<void> {
    const victim = this.#victim;
    this.#victim = undefined;
    await victim?.close();
  }
}

function isUnanswered({ callback, thinking }: InteractionView): boolean {
  return callback === undefined || thinking;
}

/** True where something waited to be answered. */
async function answerOverHttp(link: string, guildId: string, reply: string, key: string): Promise<boolean> {
  const { origin, searchParams } = new URL(link);
  const headers = { authorization: `Bearer ${searchParams.get("token")}`, "content-type": "application/json" };
  const list = await request(`${origin}/api/guilds/${guildId}/approvals?status=pending`, { headers });
  const { approvals } = JSON.parse(list) as { approvals: { id: string; askedAt: number }[] };
  const oldest = [...approvals].sort((a, b) => (a.askedAt < b.askedAt ? -1 : 1))[0];
  if (oldest === undefined) return false;
  await request(`${origin}/api/guilds/${guildId}/approvals/${oldest.id}/answer`, {
    method: "POST",
    headers: { ...headers, "idempotency-key": key },
    body: JSON.stringify({ answer: reply }),
  });
  return true;
}

async function request(url: string, init: RequestInit): Promise<string> {
  const response = await fetch(url, init).catch(() => undefined);
  const text = await response?.text().catch(() => undefined);
  if (response === undefined || text === undefined) throw new VictimDied();
  // Answered already, by the same key before the process died: that is what the key is for.
  if (!response.ok && response.status !== 409) throw new Error(`${url} was refused with ${response.status}: ${text}`);
  return text;
}
