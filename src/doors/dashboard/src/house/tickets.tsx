import { useState } from "react";
import type { Schema } from "../api.ts";
import { Empty, Trouble } from "../parts/small.tsx";
import { useTicketStats } from "../queries.ts";

type Stats = Schema["TicketStats"];
type Sums = Stats["all"];

const STRETCHES = [7, 30, 90, 365] as const;
const HEADING = "text-xs font-medium text-muted";

/** How much members ask of staff, and how they fare with it. */
export function Tickets({ guildId }: { guildId: string }) {
  const [days, setDays] = useState<number>(30);
  const { data, error } = useTicketStats(guildId, days);
  if (error !== null) return <Trouble error={error} />;
  if (data === undefined) return null;
  return (
    <div className="divide-y divide-line text-sm">
      <p className="px-5 py-3">
        <label className="text-muted">
          The last{" "}
          <select
            value={days}
            onChange={(change) => setDays(Number(change.target.value))}
            className="rounded border border-line bg-card px-1 py-0.5 text-ink"
          >
            {STRETCHES.map((stretch) => (
              <option key={stretch} value={stretch}>
                {stretch} days
              </option>
            ))}
          </select>
        </label>
      </p>
      {data.all.opened === 0 ? (
        <Empty title="No tickets">Nobody has opened a ticket in the last {days} days.</Empty>
      ) : (
        <Figures stats={data} />
      )}
    </div>
  );
}

function Figures({ stats }: { stats: Stats }) {
  const { all, types, staff } = stats;
  return (
    <>
      <dl className="grid grid-cols-2 gap-x-4 gap-y-3 px-5 py-3">
        <Figure name="Opened" value={String(all.opened)} more={`${all.closed} of them closed`} />
        <Figure name="First answer" value={span(all.firstAnswer.median)} more={most(all.firstAnswer.p95)} />
        <Figure name="Until closed" value={span(all.resolution.median)} more={most(all.resolution.p95)} />
        <Figure
          name="Stars"
          value={all.ratings.mean?.toFixed(1) ?? "–"}
          more={`from ${all.ratings.count} rating${all.ratings.count === 1 ? "" : "s"}`}
        />
        <Promised name="Answered in time" kept={all.answerKept} />
        <Promised name="Closed in time" kept={all.solveKept} />
      </dl>
      <Days days={stats.days} />
      <Bars
        title="By type"
        rows={types.map((one) => ({ key: one.typeId, name: one.label ?? one.typeId, sums: one }))}
      />
      <Bars
        title="By staff"
        rows={staff.map((one) => ({ key: one.userId, name: one.name ?? one.userId, sums: one }))}
      />
    </>
  );
}

function Figure({ name, value, more }: { name: string; value: string; more: string }) {
  return (
    <div>
      <dt className={HEADING}>{name}</dt>
      <dd className="text-lg tabular-nums">
        {value}
        <span className="block text-xs text-muted">{more}</span>
      </dd>
    </div>
  );
}

function Promised({ name, kept: { kept, of } }: { name: string; kept: Sums["answerKept"] }) {
  if (of === 0) return null;
  return <Figure name={name} value={`${Math.round((100 * kept) / of)} %`} more={`${kept} of ${of} promised`} />;
}

/** A column a day; the figures themselves stand in the title of each, and in words for whoever sees none. */
function Days({ days }: { days: Stats["days"] }) {
  const highest = Math.max(1, ...days.map(({ opened }) => opened));
  const busiest = days.reduce((best, one) => (one.opened > best.opened ? one : best), days[0]!);
  const told = `Opened day by day; most on ${dayText(busiest.day)}: ${busiest.opened}`;
  return (
    <figure className="px-5 py-3">
      <figcaption className={HEADING}>Opened day by day</figcaption>
      <div role="img" aria-label={told} className="mt-2 flex h-16 items-end gap-px">
        {days.map(({ day, opened, closed }) => (
          <span
            key={day}
            title={`${dayText(day)}: ${opened} opened, ${closed} closed`}
            className={`min-w-0 grow ${opened === 0 ? "bg-line" : "bg-accent"}`}
            style={{ height: opened === 0 ? "2px" : `${Math.max(6, (100 * opened) / highest)}%` }}
          />
        ))}
      </div>
    </figure>
  );
}

interface Row {
  readonly key: string;
  readonly name: string;
  readonly sums: Sums;
}

function Bars({ title, rows }: { title: string; rows: readonly Row[] }) {
  if (rows.length === 0) return null;
  const highest = Math.max(...rows.map(({ sums }) => sums.opened));
  return (
    <section aria-label={title} className="px-5 py-3">
      <h3 className={HEADING}>{title}</h3>
      <ul className="mt-1 space-y-2">
        {rows.map(({ key, name, sums }) => (
          <li key={key}>
            <p className="flex items-baseline gap-2">
              <span className="min-w-0 grow break-words">{name}</span>
              <span className="text-xs text-muted tabular-nums">{inShort(sums)}</span>
            </p>
            <span
              aria-hidden="true"
              className="mt-1 block h-1.5 rounded bg-accent"
              style={{ width: `${Math.max(2, (100 * sums.opened) / highest)}%` }}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

function inShort({ opened, firstAnswer, ratings }: Sums): string {
  return [
    `${opened} opened`,
    ...(firstAnswer.median === undefined ? [] : [`answered within ${span(firstAnswer.median)}`]),
    ...(ratings.mean === undefined ? [] : [`${ratings.mean.toFixed(1)} stars`]),
  ].join(" · ");
}

const most = (p95: number | undefined): string => (p95 === undefined ? "of none yet" : `nearly always ${span(p95)}`);
const dayText = (day: number): string =>
  new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short", timeZone: "UTC" }).format(day);

/** `2 d 3 h`, `3 h 5 min`, `4 min`. */
function span(milliseconds: number | undefined): string {
  if (milliseconds === undefined) return "–";
  const minutes = Math.round(milliseconds / 60_000);
  const [days, hours, rest] = [Math.floor(minutes / 1_440), Math.floor((minutes % 1_440) / 60), minutes % 60];
  if (days > 0) return `${days} d${hours === 0 ? "" : ` ${hours} h`}`;
  if (hours > 0) return `${hours} h${rest === 0 ? "" : ` ${rest} min`}`;
  return minutes === 0 ? "< 1 min" : `${rest} min`;
}
