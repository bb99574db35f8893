import { useState } from "react";
import type { Schema } from "../api.ts";
import { Chip, Empty, Time, type Tone, Trouble } from "../parts/small.tsx";
import { useGathering, useGatherings } from "../queries.ts";

type Gathering = Schema["Gathering"];

const TONES: Readonly<Record<Gathering["status"], Tone>> = {
  planned: "plain",
  running: "accent",
  over: "plain",
  cancelled: "red",
};

/** What members come together for: what comes next first, then what is over, the latest first. */
export function Gatherings({ guildId }: { guildId: string }) {
  const { data, error } = useGatherings(guildId);
  if (error !== null) return <Trouble error={error} />;
  if (data === undefined) return null;
  if (data.gatherings.length === 0)
    return <Empty title="No events">Members with the permission plan them in Discord with /event create.</Empty>;
  const isOpen = ({ status }: Gathering): boolean => status === "planned" || status === "running";
  const listed = [...data.gatherings.filter(isOpen), ...data.gatherings.filter((one) => !isOpen(one)).reverse()];
  return (
    <ol className="divide-y divide-line text-sm">
      {listed.map((gathering) => (
        <Item key={gathering.number} guildId={guildId} gathering={gathering} />
      ))}
    </ol>
  );
}

function Item({ guildId, gathering }: { guildId: string; gathering: Gathering }) {
  const [isOpen, setOpen] = useState(false);
  const { number, title, status, startsAt, place, hostName, rule, series } = gathering;
  return (
    <li className="px-5 py-3">
      <p className="flex items-baseline gap-2">
        <span className="font-semibold tabular-nums">#{number}</span>
        <span className="min-w-0 grow break-words">{title}</span>
        <Time at={startsAt} className="text-xs text-muted" />
      </p>
      <p className="mt-1 flex flex-wrap items-center gap-2 text-xs text-muted">
        <Chip tone={TONES[status]}>{status}</Chip>
        <span className="min-w-0 break-words">
          {place.name} · by {hostName}
        </span>
        <span>{answersInShort(gathering)}</span>
        {rule !== undefined && (
          <span title={rule}>{series === number || series === undefined ? "repeats" : `repeats since #${series}`}</span>
        )}
      </p>
      <details className="mt-1 text-xs" onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className="cursor-pointer text-muted">Who comes to #{number}</summary>
        {isOpen && <Answers guildId={guildId} number={number} />}
      </details>
    </li>
  );
}

function answersInShort({ counts, capacity }: Gathering): string {
  const going = `${counts.going}${capacity === undefined ? "" : ` of ${capacity}`} going`;
  return [
    going,
    ...(counts.waiting > 0 ? [`${counts.waiting} waiting`] : []),
    ...(counts.maybe > 0 ? [`${counts.maybe} maybe`] : []),
    ...(counts.no > 0 ? [`${counts.no} not`] : []),
  ].join(" · ");
}

const ANSWERS = ["going", "waiting", "maybe", "no"] as const;

function Answers({ guildId, number }: { guildId: string; number: number }) {
  const { data, error } = useGathering(guildId, number);
  if (error !== null) return <Trouble error={error} />;
  if (data === undefined) return null;
  const minutes = new Map(data.attendance.map((one) => [one.userId, one.minutes]));
  const answered = ANSWERS.flatMap((answer) => data.answers[answer].map((userId) => ({ userId, answer })));
  const known = new Set(answered.map(({ userId }) => userId));
  const others = [...minutes.keys()].filter((userId) => !known.has(userId)).map((userId) => ({ userId, answer: "–" }));
  const rows = [...answered, ...others];
  if (rows.length === 0) return <p className="mt-1 text-muted">Nobody has answered yet.</p>;
  return (
    <table className="mt-1 w-full tabular-nums">
      <thead className="text-left text-muted">
        <tr>
          <th className="font-medium">Member</th>
          <th className="font-medium">Answer</th>
          <th className="text-right font-medium">Minutes there</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ userId, answer }) => (
          <tr key={userId}>
            <td className="break-all">{userId}</td>
            <td>{answer}</td>
            <td className="text-right">{minutes.get(userId) ?? "–"}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
