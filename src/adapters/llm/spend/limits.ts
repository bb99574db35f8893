/** −1 is without a limit, wherever a limit stands. */
export const UNLIMITED = -1;

/** What an operator's customers may use, all guilds of one organisation together. */
export interface Plan {
  readonly servers: number;
  readonly members: number;
  readonly callsPerMonth: number;
}

/** What one guild may spend, of its own choosing. */
export interface GuildBudget {
  readonly callsPerMonth: number;
  readonly dollarsPerDay: number;
  readonly dollarsPerMonth: number;
}

export interface Used {
  readonly calls: number;
  readonly microdollars: number;
}

export interface Standing {
  readonly plan: {
    readonly limits: Plan;
    readonly serversBefore: number;
    readonly members: number;
    readonly calls: number;
  };
  readonly guild: { readonly limits: GuildBudget; readonly today: Used; readonly month: Used };
}

export type LimitName =
  | "plan.servers"
  | "plan.members"
  | "plan.callsPerMonth"
  | "budget.callsPerMonth"
  | "budget.dollarsPerDay"
  | "budget.dollarsPerMonth";

/** The first limit that leaves no room for one more question. Pure. */
export function limitReached({ plan, guild }: Standing): LimitName | undefined {
  const dollars = (used: Used): number => used.microdollars / 1_000_000;
  if (isReached(plan.limits.servers, plan.serversBefore)) return "plan.servers";
  if (plan.limits.members !== UNLIMITED && plan.members > plan.limits.members) return "plan.members";
  if (isReached(plan.limits.callsPerMonth, plan.calls)) return "plan.callsPerMonth";
  if (isReached(guild.limits.callsPerMonth, guild.month.calls)) return "budget.callsPerMonth";
  if (isReached(guild.limits.dollarsPerDay, dollars(guild.today))) return "budget.dollarsPerDay";
  if (isReached(guild.limits.dollarsPerMonth, dollars(guild.month))) return "budget.dollarsPerMonth";
  return undefined;
}

function isReached(limit: number, used: number): boolean {
  return limit !== UNLIMITED && used >= limit;
}

/** The month (UTC) a moment lies in. */
export function monthOf(at: number): { readonly from: number; readonly to: number; readonly name: string } {
  const moment = new Date(at);
  const from = Date.UTC(moment.getUTCFullYear(), moment.getUTCMonth());
  const to = Date.UTC(moment.getUTCFullYear(), moment.getUTCMonth() + 1);
  return { from, to, name: moment.toISOString().slice(0, 7) };
}
