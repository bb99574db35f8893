import type { ClientConfig } from "pg";
import { rounded, withChildren } from "./bench.ts";
import type { Role } from "./build.ts";
import type { Child } from "./child.ts";
import { asked, type Place, withPlace } from "./place.ts";

export interface SoakOptions {
  readonly roles: Readonly<Record<Role, string>>;
  readonly databaseUrl: string | undefined;
  readonly messages: number;
  readonly guilds: number;
  readonly violating: number;
  /** How often memory is looked at: after each of so many equal parts of the stream. */
  readonly legs: number;
  readonly tell: (line: string) => void;
}

export interface SoakResult {
  readonly messages: number;
  readonly guilds: number;
  readonly seconds: number;
  /** Heap and external memory after collecting, after each leg. */
  readonly mb: readonly number[];
  /** The mean of the second half over that of the first. */
  readonly growth: number;
  readonly journaled: number;
  readonly distinct: number;
  readonly poisoned: number;
  readonly gaps: number;
  readonly violating: number;
  readonly deleted: number;
  readonly unfinished_orders: number;
  /** The number of the last frame sent, and of the last one the house has committed. */
  readonly sent_sequence: number;
  readonly committed_sequence: number;
}

const MEMBERS = 12;
/** World time between two messages: the longest counters kept in memory, ten minutes, turn over several times in a soak. */
const MILLISECONDS_APART = 25;
const REST_WITHIN_MS = 300_000;
const LOOK_EVERY_MS = 200;

/** One house under a long stream, leg after leg, until its hands rest: what it keeps in memory, and whether anything is missing. */
export async function soak(options: SoakOptions): Promise<SoakResult> {
  const house = (place: Place) =>
    withChildren(options, async (start) => {
      const simulator = start("simulator", { NODE_ENV: "production" }, ["--max-old-space-size=4096"]);
      const wish = { guilds: options.guilds, members: MEMBERS, millisecondsApart: MILLISECONDS_APART };
      const { apiUrl, token } = await simulator.ask<{ apiUrl: string; token: string }>("open", wish);
      const house = start("house", { ...place.environment, DISCORD_API_URL: apiUrl, DISCORD_TOKEN: token });
      await house.ask("ready", { guilds: options.guilds });
      const startedAt = performance.now();
      const { mb, violating } = await legs(options, simulator, house, place.connection);
      const { sequence } = await simulator.ask<{ sequence: number }>("sequence");
      const told = await count(place.connection());
      return {
        ...{ messages: options.messages, guilds: options.guilds, violating, mb },
        seconds: rounded((performance.now() - startedAt) / 1_000, 1),
        growth: rounded(growthOf(mb), 3),
        ...told,
        sent_sequence: sequence,
      };
    });
  return withPlace(options.databaseUrl, house);
}

async function legs(options: SoakOptions, simulator: Child, house: Child, connection: () => ClientConfig) {
  const mb: number[] = [];
  let violating = 0;
  for (let leg = 0; leg < options.legs; leg += 1) {
    const messages =
      Math.floor((options.messages * (leg + 1)) / options.legs) - Math.floor((options.messages * leg) / options.legs);
    await house.ask("watch", { count: messages });
    // Each leg says something else: the same again within minutes would be a flood of duplicates.
    const wish = { messages, violatingShare: options.violating, seed: leg + 1 };
    const sent = await simulator.ask<{ violating: number }>("flood", wish);
    violating += sent.violating;
    await house.ask("reached");
    await rest(connection);
    const memory = await house.ask<{ mb: number; rssMb: number }>("memory");
    mb.push(rounded(memory.mb, 2));
    options.tell(
      `leg ${leg + 1}/${options.legs}: ${rounded(memory.mb, 1)} MB in use, ${rounded(memory.rssMb)} MB resident`,
    );
  }
  return { mb, violating };
}

/** Until nothing is on its way any more: what is being done is no growth. */
async function rest(connection: () => ClientConfig): Promise<void> {
  const deadline = performance.now() + REST_WITHIN_MS;
  while (performance.now() < deadline) {
    const [row] = await asked<{ open: string }>(
      connection(),
      `select count(*) as open from orders where status in ${OPEN}`,
    );
    if (row!.open === "0") return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

const OPEN = "('waiting', 'leased', 'blocked')";

async function count(connection: ClientConfig) {
  const [row] = await asked<Record<string, string>>(
    connection,
    `select
      (select count(*) from journal where kind = 'message.created') as journaled,
      (select count(distinct id) from journal where kind = 'message.created') as distinct,
      (select count(*) from journal where poison is not null) as poisoned,
      (select count(*) from journal where kind = 'gap') as gaps,
      (select count(*) from orders where status = 'done' and action::jsonb ->> 'verb' = 'message.delete'
        and reason like '%blocked-link%') as deleted,
      (select count(*) from orders where status in ${OPEN}) as unfinished_orders,
      (select max(sequence) from checkpoints) as committed_sequence`,
  );
  return Object.fromEntries(Object.entries(row!).map(([name, value]) => [name, Number(value)])) as Record<
    "journaled" | "distinct" | "poisoned" | "gaps" | "deleted" | "unfinished_orders" | "committed_sequence",
    number
  >;
}

export function growthOf(mb: readonly number[]): number {
  const half = Math.floor(mb.length / 2);
  return mean(mb.slice(mb.length - half)) / mean(mb.slice(0, half));
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The second half may hold this much more than the first. */
const FLAT = 1.05;

/** What is wrong with a soak, a line each; none where it held. */
export function complaintsOf(result: SoakResult): readonly string[] {
  return [
    ...(result.journaled === result.messages
      ? []
      : [`${result.journaled} of ${result.messages} messages are journaled`]),
    ...(result.distinct === result.journaled ? [] : [`${result.journaled - result.distinct} are there twice`]),
    ...(result.poisoned + result.gaps === 0 ? [] : [`${result.poisoned} poisoned, ${result.gaps} gaps`]),
    ...(result.deleted === result.violating
      ? []
      : [`${result.deleted} of ${result.violating} violations were deleted`]),
    ...(result.unfinished_orders === 0 ? [] : [`${result.unfinished_orders} orders are not finished`]),
    ...(result.committed_sequence === result.sent_sequence
      ? []
      : [`frame ${result.committed_sequence} of ${result.sent_sequence} is committed`]),
    ...(result.growth <= FLAT ? [] : [`memory grew by ${rounded((result.growth - 1) * 100, 1)} % from half to half`]),
  ];
}
