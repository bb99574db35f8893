import type { EventOf, ProposedAction } from "#core";
import { snowflakeAt } from "#core";
import raids from "../../../agents/raids/index.ts";
import { hostAgent } from "../../kit/agent-host.ts";
import { type Row, textIn } from "../folder/read.ts";
import { type Outcome, result } from "../result.ts";

const WAVE = { gapMs: 30_000, joins: 5 };
/** What the shipped agent is measured against: so many joins within so short a time. */
const RULE = { joins: 5, withinMs: 10_000 };

interface Join {
  readonly at: number;
  readonly userId: string;
  readonly madeAt: number;
  readonly shape: string;
}

interface Wave {
  readonly from: number;
  readonly to: number;
  readonly joins: readonly Join[];
}

/** The log is fed row by row through the shipped agent with its defaults; who was verified is looked at afterwards only. */
export function scoreRaids(set: string, rows: readonly Row[]): Outcome {
  const verified = new Set(rows.filter((row) => row["event"] === "verified").map((row) => textIn(row, "user_id")));
  const joins = rows
    .filter((row) => textIn(row, "event").startsWith("join"))
    .map(joinOf)
    .sort((a, b) => a.at - b.at);
  const waves = wavesIn(joins, verified);
  const plain = ruleOn(joins);
  const { guarded, flagged, alarms, lockedMinutes } = replay(joins);
  const before = waves
    .map((wave) => wave.joins.findIndex((join) => guarded.has(join)) + 1)
    .filter((count) => count > 0);
  const outside = alarms.filter(({ from, to }) => !waves.some((wave) => from <= wave.to && to >= wave.from));
  const humans = (some: ReadonlySet<Join>): number => [...some].filter(({ userId }) => verified.has(userId)).length;
  const raiders = waves.flatMap((wave) => wave.joins);
  const seen = (some: ReadonlySet<Join>): number => raiders.filter((join) => some.has(join)).length / raiders.length;
  const caughtByRule = waves.filter((wave) => wave.joins.some((join) => plain.has(join))).length / waves.length;
  const of = (metric: string, value: number, n: number, baseline: number | null = null) =>
    result(set, metric, value, n, baseline);
  return {
    results: [
      of("waves_caught", waves.length === 0 ? 0 : before.length / waves.length, waves.length, caughtByRule || 0),
      of(
        "joins_before_action",
        before.length === 0 ? Number.MAX_SAFE_INTEGER : Math.max(...before),
        waves.length,
        RULE.joins,
      ),
      ...(waves.length === 0
        ? []
        : [of("wave_joins_flagged", seen(flagged), raiders.length, Number(seen(plain).toFixed(4)))]),
      of("humans_flagged", humans(flagged), verified.size, humans(plain)),
      of("alarms_outside_waves", outside.length, joins.length),
      of("minutes_locked", lockedMinutes, joins.length),
    ],
    missing: waves.length === 0 ? [`${set}: no wave in it`] : [],
  };
}

function joinOf(row: Row): Join {
  const at = Date.parse(textIn(row, "ts"));
  return {
    ...{ at, userId: textIn(row, "user_id"), shape: textIn(row, "name_shape") },
    madeAt: Date.parse(textIn(row, "account_created")),
  };
}

/** Joins with no more than half a minute between them, five or more, none of whom was ever verified. */
function wavesIn(joins: readonly Join[], verified: ReadonlySet<string>): readonly Wave[] {
  const runs: Join[][] = [];
  for (const join of joins) {
    const run = runs.at(-1);
    if (run !== undefined && join.at - run.at(-1)!.at <= WAVE.gapMs) run.push(join);
    else runs.push([join]);
  }
  return runs
    .filter((run) => run.length >= WAVE.joins && run.every(({ userId }) => !verified.has(userId)))
    .map((run) => ({ from: run[0]!.at, to: run.at(-1)!.at, joins: run }));
}

/** Guarded is a join at which the house had acted, by this very join or by one before it. */
function replay(joins: readonly Join[]) {
  const host = hostAgent(raids, {}, { systemChannelId: "20", verificationLevel: 1 });
  const guarded = new Set<Join>();
  let lockedMinutes = 0;
  const flagged = new Set<Join>();
  const joinOfId = new Map<string, Join>();
  const alarms = new Map<number, { from: number; to: number }>();
  joins.forEach((join, index) => {
    const event = eventOf(join, index);
    joinOfId.set(event.member.userId, join);
    lockedMinutes += lockedIn(host.bring(event), join.at);
    const raid = host.record("raid", "now");
    if (raid === undefined || raid.step === "watch" || raid.endedAt !== undefined) return;
    guarded.add(join);
    alarms.set(raid.number, { from: raid.startedAt, to: raid.lastAt });
    for (let part = 0; part * 50 < raid.members; part++)
      for (const { userId } of host.record("cohort", `${raid.number}:${part}`)?.members ?? [])
        flagged.add(joinOfId.get(userId) ?? join);
  });
  return { guarded, flagged, alarms: [...alarms.values()], lockedMinutes };
}

/** The joins a plain rule would flag: any that stands among so many within so short a time. */
function ruleOn(joins: readonly Join[]): ReadonlySet<Join> {
  const flagged = new Set<Join>();
  for (let last = RULE.joins - 1; last < joins.length; last++) {
    const some = joins.slice(last - RULE.joins + 1, last + 1);
    if (joins[last]!.at - some[0]!.at <= RULE.withinMs) for (const join of some) flagged.add(join);
  }
  return flagged;
}

function lockedIn(proposals: readonly ProposedAction[], at: number): number {
  return proposals.reduce(
    (sum, { action }) => (action.verb === "channel.lock" ? sum + ((action.until ?? at) - at) / 60_000 : sum),
    0,
  );
}

function eventOf({ at, userId, madeAt, shape }: Join, index: number): EventOf<"member.joined"> {
  const member = {
    userId: idMadeAt(userId, madeAt),
    name: nameOf(shape, userId),
    roleIds: [],
    joinedAt: at,
    avatar: "kept",
  };
  return { id: `j${index}`, guildId: "100", at, kind: "member.joined", member };
}

/** The id says when an account was made; where the log's own does not, one that does is put together. */
function idMadeAt(userId: string, madeAt: number): string {
  const own = BigInt(userId);
  const isTrue = own >> 22n === BigInt(snowflakeAt(madeAt)) >> 22n;
  return isTrue ? userId : snowflakeAt(madeAt, Number(own & 0x3fffffn));
}

/** Only a name's shape is known: letters of one's own in that shape, so that no two are alike by it alone. */
function nameOf(shape: string, userId: string): string {
  let seed = Number(BigInt(userId) % 2_147_483_647n);
  const next = (size: number): number => (seed = (seed * 48_271) % 2_147_483_647) % size;
  const letter = (first: string, size: number): string => String.fromCharCode(first.charCodeAt(0) + next(size));
  return shape.replace(/[Aa9]/g, (one) => (one === "9" ? letter("0", 10) : letter(one, 26)));
}
