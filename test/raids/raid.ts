import { BAD, type Scene, standOf } from "./scene.ts";

export interface RaidPlan {
  readonly joins: number;
  readonly seconds: number;
  /** People among them, who have nothing to do with it. */
  readonly innocents: number;
  /** In the middle the house is killed, and started again. */
  readonly kill: boolean;
  /** What others write meanwhile, a second, in all other guilds together; 0 measures nothing. */
  readonly traffic: number;
}

export interface RaidOutcome {
  /** People who had joined when the first request against the raid arrived. */
  readonly joinsBeforeAction: number;
  readonly spamSaid: number;
  readonly spamRefused: number;
  /** What the raid changed, while it went on. */
  readonly changed: boolean;
  readonly raiders: readonly string[];
  readonly innocents: readonly string[];
  readonly quietP99: number;
  readonly busyP99: number;
}

const AGAINST =
  /^(PATCH \/channels\/\d+|PUT \/channels\/\d+\/permissions\/\d+|PUT \/guilds\/\d+\/incident-actions|PATCH \/guilds\/\d+)$/;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** They come whether or not invites are paused: the simulated Discord lets them in, which is the worst that can be. */
export async function raid(scene: Scene, plan: RaidPlan): Promise<RaidOutcome> {
  const { control } = scene.simulator;
  const before = standOf(scene);
  const quietP99 = await traffic(scene, plan);
  let joined = 0;
  let first: number | undefined;
  const stop = control.onRequest((method, path) => {
    if (first === undefined && AGAINST.test(`${method} ${path.replace(/^.*\/v10/, "")}`)) first = joined;
  });
  const busy = plan.kill ? Promise.resolve(Number.NaN) : traffic(scene, plan);
  const come = arrivals(scene, plan, () => (joined += 1));
  if (plan.kill) {
    await pause((plan.seconds * 1_000) / 2);
    await scene.killAndStart();
  }
  const told = await come;
  const changed = standOf(scene) !== before;
  const busyP99 = await busy;
  stop();
  return { joinsBeforeAction: first ?? Infinity, changed, quietP99, busyP99, ...told };
}

async function arrivals({ simulator, guild }: Scene, { joins, seconds, innocents }: RaidPlan, count: () => void) {
  const { control } = simulator;
  const raiders: string[] = [];
  const people: string[] = [];
  let [spamSaid, spamRefused] = [0, 0];
  const startedAt = Date.now();
  const every = Math.floor(joins / innocents);
  for (let index = 0; index < joins; index++) {
    await pause(startedAt + (index * seconds * 1_000) / joins - Date.now());
    const isInnocent = index % every === every - 1 && people.length < innocents;
    const id = control.join(guild.guildId, isInnocent ? person(index) : raider(index));
    (isInnocent ? people : raiders).push(id);
    count();
    // Every third one talks, a little after coming, all of them the same.
    const speaker = raiders.at(-9);
    if (isInnocent || index % 3 !== 0 || speaker === undefined) continue;
    try {
      control.say(
        guild.guildId,
        guild.channelIds["general"]!,
        speaker,
        "claim your prize at https://prizes.example/now",
      );
      spamSaid += 1;
    } catch {
      spamRefused += 1;
    }
  }
  return { raiders, innocents: people, spamSaid, spamRefused };
}

const raider = (index: number) => ({ name: `lucky_${4_000 + index * 3}`, accountAgeMs: 5 * HOUR + index * 20_000 });

/** Ages and names of all kinds, with a picture. */
function person(index: number) {
  const letters = String.fromCharCode(
    ...Array.from({ length: 7 }, (_, at) => 97 + ((index * (at + 3) * 7_919 + at * 31) % 26)),
  );
  return { name: `${letters}${index}`, avatar: "a".repeat(32), accountAgeMs: (40 + ((index * 7_919) % 2_900)) * DAY };
}

/** From a message that breaks a rule, in another guild, to the request that deletes it: 99 of 100 are no later, in milliseconds. */
export async function traffic(
  { simulator, others }: Scene,
  { traffic: rate, seconds }: Pick<RaidPlan, "traffic" | "seconds">,
): Promise<number> {
  if (rate === 0) return Number.NaN;
  const { timings } = await simulator.control.flood({
    ...{ guildIds: others.map(({ guildId }) => guildId), rate, messages: Math.ceil(rate * Math.min(seconds, 60)) },
    ...{ violatingShare: 0.2, violatingText: BAD, settleMs: 10_000 },
  });
  // What staff write is left alone, and so has no time.
  const times = timings.flatMap(({ sentAt, deletedAt }) => (deletedAt === undefined ? [] : [deletedAt - sentAt]));
  times.sort((a, b) => a - b);
  return times[Math.floor(times.length * 0.99)] ?? Number.NaN;
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.max(0, milliseconds)));
