import type { Schema } from "../api.ts";
import { Chip, Empty, type Tone, Trouble } from "../parts/small.tsx";
import { useModels } from "../queries.ts";

type Models = Schema["Models"];

const TONES: Readonly<Record<Models["providers"][number]["breaker"], Tone>> = {
  closed: "accent",
  "half-open": "violet",
  open: "red",
};
const STATES = { closed: "well", "half-open": "trying again", open: "left alone" } as const;

/** By the limit's name in the settings. */
const REACHED: Readonly<Record<string, string>> = {
  "budget.callsPerMonth": "This month\u2019s requests are used up",
  "budget.dollarsPerDay": "Today\u2019s budget is used up",
  "budget.dollarsPerMonth": "This month\u2019s budget is used up",
  "plan.callsPerMonth": "The plan\u2019s requests of this month are used up",
  "plan.members": "The plan is for fewer members",
  "plan.servers": "The plan is for fewer servers",
};

/** Who answers questions, how well, and what it costs. */
export function Models({ guildId }: { guildId: string }) {
  const { data, error } = useModels(guildId);
  if (error !== null) return <Trouble error={error} />;
  if (data === undefined) return null;
  if (data.providers.length === 0) {
    return (
      <Empty title="No model is configured">
        Everything is decided by rules. With a provider&rsquo;s key in the environment, agents may ask it as well.
      </Empty>
    );
  }
  return (
    <div className="divide-y divide-line text-sm">
      <Costs models={data} />
      {data.limit !== undefined && (
        <p role="status" className="px-5 py-3 font-semibold">
          {REACHED[data.limit] ?? "A limit is reached"}: rules decide alone for now.
        </p>
      )}
      {data.providers.map((one) => (
        <section key={one.provider} aria-label={one.provider} className="px-5 py-3">
          <p className="flex flex-wrap items-baseline gap-2">
            <span className="font-semibold">{one.provider}</span>
            <Chip tone={TONES[one.breaker]}>{STATES[one.breaker]}</Chip>
            <span className="text-xs text-muted tabular-nums">
              {one.answered} answered, {one.failed} failed
              {one.medianMs !== undefined && `, usually within ${Math.round(one.medianMs)} ms`}
            </span>
          </p>
          <p className="mt-1 text-xs break-words text-muted">
            {one.models.map((name) => name.slice(one.provider.length + 1)).join(", ")}
            {one.lastFailure !== undefined &&
              ` · last failure: ${one.lastFailure.kind}${one.lastFailure.status === undefined ? "" : ` (${one.lastFailure.status})`}`}
          </p>
        </section>
      ))}
      {data.byPrompt.map((row) => (
        <p key={`${row.agent} ${row.prompt} ${row.model}`} className="flex gap-2 px-5 py-2 text-xs">
          <span className="min-w-0 grow break-words">
            {row.prompt} · {row.model}
          </span>
          <span className="text-muted tabular-nums">
            {row.calls} × · {dollars(row.dollars)}
          </span>
        </p>
      ))}
    </div>
  );
}

function Costs({ models: { today, month, budget } }: { models: Models }) {
  return (
    <dl className="grid grid-cols-2 gap-x-4 px-5 py-3">
      <div>
        <dt className="text-xs text-muted">Today</dt>
        <dd className="tabular-nums">
          {dollars(today.dollars)} {within(budget.dollarsPerDay)}
          <span className="block text-xs text-muted">{requests(today.calls)}</span>
        </dd>
      </div>
      <div>
        <dt className="text-xs text-muted">This month</dt>
        <dd className="tabular-nums">
          {dollars(month.dollars)} {within(budget.dollarsPerMonth)}
          <span className="block text-xs text-muted">{requests(month.calls, budget.callsPerMonth)}</span>
        </dd>
      </div>
    </dl>
  );
}

const dollars = (amount: number): string => `$${amount.toFixed(amount > 0 && amount < 0.1 ? 4 : 2)}`;
const within = (limit: number): string => (limit === -1 ? "" : `of ${dollars(limit)}`);
const requests = (calls: number, limit = -1): string =>
  `${calls} ${limit === -1 ? "" : `of ${limit} `}${calls === 1 && limit === -1 ? "request" : "requests"}`;
