import { type BenchOptions, median, rounded, withChildren } from "./bench.ts";
import type { Child } from "./child.ts";
import { asked, type Place, withPlace } from "./place.ts";
import type { Stretch } from "./roles/answering.ts";

/** World time between two messages: with eight authors a guild, each of a hundred guilds' members writes every two seconds. */
const MILLISECONDS_APART = 2.5;
const MEMBERS = 12;

/** How far the hands had come when the last message was durable. */
interface OrderCounts {
  readonly put: number;
  readonly attempts: number;
  readonly done: number;
}

interface HouseRound extends Stretch {
  readonly engine: { readonly engine: string; readonly version: string; readonly fsync: boolean };
  readonly journalRows: number;
  readonly messageRows: number;
  readonly orders: OrderCounts;
}

export interface RoadResult {
  readonly events_per_s: number;
  readonly bare_client_events_per_s: number;
  readonly ratio: number;
  readonly messages: number;
  readonly violating: number;
  readonly guilds: number;
  readonly rounds: number;
  readonly house_cpu_us_per_event: number;
  readonly client_cpu_us_per_event: number;
  readonly journal_rows: number;
  readonly message_rows: number;
  readonly orders: string;
  readonly engine: string;
  readonly fsync: boolean;
}

/** The house and an empty client in turns, each with a simulator of its own that sends as fast as it is read. */
export async function benchRoad(options: BenchOptions): Promise<RoadResult> {
  const houses: HouseRound[] = [];
  const clients: Stretch[] = [];
  for (let round = 0; round < options.rounds; round++) {
    clients.push(await withSimulator(options, {}, (simulator, start) => stretch(options, simulator, start("client"))));
    houses.push(await withPlace(options.databaseUrl, (place) => houseRound(options, place), "all live"));
    const told = [clients, houses].map((all) => rounded((options.messages / all.at(-1)!.milliseconds) * 1_000));
    options.tell(`road ${round + 1}/${options.rounds}: client ${told[0]}/s, house ${told[1]}/s`);
  }
  const ours = median(houses.map((one) => one.milliseconds));
  const theirs = median(clients.map((one) => one.milliseconds));
  const perEvent = (all: readonly Stretch[]) =>
    rounded((median(all.map((one) => one.cpuMilliseconds)) * 1_000) / options.messages, 1);
  const { engine, journalRows, messageRows, orders } = houses.at(-1)!;
  return {
    events_per_s: rounded((options.messages / ours) * 1_000),
    bare_client_events_per_s: rounded((options.messages / theirs) * 1_000),
    ratio: rounded(theirs / ours, 3),
    messages: options.messages,
    violating: options.violating,
    guilds: options.guilds,
    rounds: options.rounds,
    house_cpu_us_per_event: perEvent(houses),
    client_cpu_us_per_event: perEvent(clients),
    journal_rows: journalRows,
    message_rows: messageRows,
    orders: `${orders.put} put, ${orders.attempts} attempts, ${orders.done} done`,
    engine: `${engine.engine} ${engine.version}`,
    fsync: engine.fsync,
  };
}

type Start = (role: "client" | "house", flags?: readonly string[]) => Child;

async function withSimulator<T>(
  options: BenchOptions,
  environment: Readonly<Record<string, string>>,
  use: (simulator: Child, start: Start) => Promise<T>,
): Promise<T> {
  return withChildren(options, async (start) => {
    const simulator = start("simulator", { NODE_ENV: "production" }, ["--max-old-space-size=4096"]);
    const wish = { guilds: options.guilds, members: MEMBERS, millisecondsApart: MILLISECONDS_APART };
    const { apiUrl, token } = await simulator.ask<{ apiUrl: string; token: string }>("open", wish);
    const place = { ...environment, NODE_ENV: "production", DISCORD_API_URL: apiUrl, DISCORD_TOKEN: token };
    return use(simulator, (role, flags) => start(role, place, flags));
  });
}

/** From the first frame of the flood to the last message, as the subject itself tells. */
async function stretch(options: BenchOptions, simulator: Child, subject: Child): Promise<Stretch> {
  await subject.ask("ready", { guilds: options.guilds });
  await subject.ask("watch", { count: options.messages });
  await simulator.ask("flood", { messages: options.messages, violatingShare: options.violating });
  return subject.ask<Stretch>("reached");
}

function houseRound(options: BenchOptions, place: Place): Promise<HouseRound> {
  return withSimulator(options, place.environment, async (simulator, start) => {
    const { profiles } = options;
    const house = start("house", profiles === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${profiles}`]);
    const result = await stretch(options, simulator, house);
    const engine = await house.ask<HouseRound["engine"]>("describe");
    const [rows] = await asked<{ all: string; messages: string; orders: string; attempts: string; done: string }>(
      place.connection(),
      `select (select count(*) from journal) as all, (select count(*) from journal where kind = 'message.created') as messages,
        (select count(*) from orders) as orders, (select coalesce(sum(attempt), 0) from orders) as attempts,
        (select count(*) from orders where status = 'done') as done`,
    );
    const messageRows = Number(rows!.messages);
    if (messageRows !== options.messages)
      throw new Error(`${messageRows} of ${options.messages} messages are in the journal`);
    return {
      ...result,
      engine,
      messageRows,
      journalRows: Number(rows!.all),
      orders: { put: Number(rows!.orders), attempts: Number(rows!.attempts), done: Number(rows!.done) },
    };
  });
}
