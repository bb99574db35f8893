import { startOfDay, type DaySpending, type GuildStore } from "#core";

/** What models cost a guild: today, this month, and by whom. */
export interface ModelCosts {
  readonly today: Sum;
  readonly month: Sum;
  readonly byPrompt: readonly (Sum & { readonly agent: string; readonly prompt: string; readonly model: string })[];
}

interface Sum {
  readonly calls: number;
  readonly tokensIn: number;
  readonly tokensOut: number;
  readonly dollars: number;
}

export async function modelCosts(guild: GuildStore, now: number): Promise<ModelCosts> {
  const moment = new Date(now);
  const from = Date.UTC(moment.getUTCFullYear(), moment.getUTCMonth());
  const rows = await guild.spending({ from, to: startOfDay(now) + 86_400_000 });
  const groups = new Map<string, DaySpending[]>();
  for (const row of rows) {
    const key = `${row.agent}\n${row.prompt}\n${row.model}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  const byPrompt = [...groups.values()].map((own) => {
    const { agent, prompt, model } = own[0]!;
    return { agent, prompt, model, ...sum(own) };
  });
  return {
    today: sum(rows.filter(({ day }) => day === startOfDay(now))),
    month: sum(rows),
    byPrompt: byPrompt.sort((a, b) => b.dollars - a.dollars || b.calls - a.calls),
  };
}

function sum(rows: readonly DaySpending[]): Sum {
  const add = (pick: (row: DaySpending) => number): number => rows.reduce((total, row) => total + pick(row), 0);
  return {
    calls: add(({ calls }) => calls),
    tokensIn: add(({ tokensIn }) => tokensIn),
    tokensOut: add(({ tokensOut }) => tokensOut),
    dollars: add(({ microdollars }) => microdollars) / 1_000_000,
  };
}
