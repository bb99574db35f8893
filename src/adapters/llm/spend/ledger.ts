import { startOfDay, type Answer, type CommitEntry, type Store } from "#core";
import { limitReached, monthOf, UNLIMITED, type GuildBudget, type LimitName, type Plan, type Used } from "./limits.ts";

/** What is in the books is read again after so long: another process may have booked something. */
const READ_AGAIN_MS = 60_000;

export interface LedgerParts {
  readonly store: Pick<Store, "guild" | "guilds">;
  readonly plan: Plan;
  /** What the guild chose; looked up as seldom as the books. */
  readonly budgetOf: (guildId: string) => Promise<GuildBudget>;
  readonly now: () => number;
}

export interface Ledger {
  /** Which limit stands against a question of this guild now; asking is free. */
  reached(guildId: string): Promise<LimitName | undefined>;
  /** Which limit stands against one more question of this guild; the question is counted from here on. */
  reserve(guildId: string): Promise<LimitName | undefined>;
  /** The question has come back: what it cost stands open until its decision is committed. */
  settle(guildId: string, answer: Answer<unknown>): void;
  /** What was committed is in the books. */
  committed(entries: readonly CommitEntry[]): void;
}

interface Booked {
  readonly readAt: number;
  readonly limits: GuildBudget;
  today: Used;
  month: Used;
}

const NOTHING: Used = { calls: 0, microdollars: 0 };

/**
 * The books in memory: what the store holds for this month, what this process has committed since it looked, and what it has
 * spent and not yet committed. Questions under way are counted as well, so that many at once do not run past a limit.
 */
export function createLedger(parts: LedgerParts): Ledger {
  const { store, plan, now } = parts;
  const booked = new Map<string, Booked>();
  const open = new Map<string, Used>();
  const underWay = new Map<string, number>();

  async function read(guildId: string): Promise<void> {
    const known = booked.get(guildId);
    const at = now();
    const isFresh =
      known !== undefined && at - known.readAt < READ_AGAIN_MS && startOfDay(known.readAt) === startOfDay(at);
    if (isFresh) return;
    const rows = await store.guild(guildId).spending(monthOf(at));
    const limits = await parts.budgetOf(guildId);
    const day = startOfDay(at);
    booked.set(guildId, { readAt: at, limits, today: sum(rows.filter((row) => row.day === day)), month: sum(rows) });
  }

  /** What is in the books, and what is not there yet. */
  function used(guildId: string): { today: Used; month: Used } {
    const { today, month } = booked.get(guildId) ?? { today: NOTHING, month: NOTHING };
    const asking = { calls: underWay.get(guildId) ?? 0, microdollars: 0 };
    const loose = plus(open.get(guildId) ?? NOTHING, asking);
    return { today: plus(today, loose), month: plus(month, loose) };
  }

  /** The guilds a plan covers: ids grow with time, and those that were there first are covered. */
  async function account(guildId: string): Promise<{ guildIds: readonly string[]; members: number }> {
    const isFree = [plan.servers, plan.members, plan.callsPerMonth].every((limit) => limit === UNLIMITED);
    if (isFree) return { guildIds: [guildId], members: 0 };
    const guilds = await store.guilds();
    const organisationId = guilds.find((guild) => guild.guildId === guildId)?.organisationId;
    const own = guilds.filter((guild) => guild.organisationId === organisationId).map((guild) => guild.guildId);
    const guildIds = [...new Set([...own, guildId])].sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
    const covered = plan.servers === UNLIMITED ? guildIds : guildIds.slice(0, plan.servers);
    await Promise.all(covered.map(read));
    const members = await Promise.all(covered.map(async (id) => (await store.guild(id).directory())?.memberCount ?? 0));
    return { guildIds, members: members.reduce((a, b) => a + b, 0) };
  }

  /** Everything that has to be waited for; what it gives back is read without waiting, so that nobody can step in between. */
  async function standingOf(guildId: string): Promise<() => LimitName | undefined> {
    await read(guildId);
    const { guildIds, members } = await account(guildId);
    return () =>
      limitReached({
        plan: {
          ...{ limits: plan, members, serversBefore: guildIds.indexOf(guildId) },
          calls: guildIds.reduce((calls, id) => calls + used(id).month.calls, 0),
        },
        guild: { limits: booked.get(guildId)!.limits, ...used(guildId) },
      });
  }

  return {
    reached: async (guildId) => (await standingOf(guildId))(),
    async reserve(guildId) {
      const standing = await standingOf(guildId);
      const limit = standing();
      if (limit === undefined) underWay.set(guildId, (underWay.get(guildId) ?? 0) + 1);
      return limit;
    },
    settle(guildId, answer) {
      underWay.set(guildId, Math.max(0, (underWay.get(guildId) ?? 0) - 1));
      for (const { microdollars } of answer.receipt?.spent ?? [])
        open.set(guildId, plus(open.get(guildId) ?? NOTHING, { calls: 1, microdollars }));
    },
    committed(entries) {
      for (const { event, house } of entries) {
        for (const write of house) if (write.write === "spending.book") close(event.guildId, write.spent.microdollars);
      }
    },
  };

  function close(guildId: string, microdollars: number): void {
    const one = { calls: 1, microdollars };
    const loose = open.get(guildId) ?? NOTHING;
    open.set(guildId, {
      calls: Math.max(0, loose.calls - 1),
      microdollars: Math.max(0, loose.microdollars - microdollars),
    });
    const known = booked.get(guildId);
    if (known === undefined) return;
    known.today = plus(known.today, one);
    known.month = plus(known.month, one);
  }
}

const plus = (a: Used, b: Used): Used => ({ calls: a.calls + b.calls, microdollars: a.microdollars + b.microdollars });
const sum = (rows: readonly Used[]): Used => rows.reduce(plus, NOTHING);
