import type { Case } from "../api.ts";
import { Chip, Empty, Time, type Tone, Trouble } from "../parts/small.tsx";
import { CaseTools } from "./case-tools.tsx";
import { useCases } from "../queries.ts";

const TONES: Readonly<Record<Case["outcome"], Tone>> = { open: "plain", done: "accent", failed: "red", unknown: "red" };

export function Cases({ guildId, onWhy }: { guildId: string; onWhy: (eventId: string) => void }) {
  const { data, error } = useCases(guildId);
  if (error !== null) return <Trouble error={error} />;
  if (data?.cases.length === 0) {
    return (
      <Empty title="No cases">
        Each warning, timeout, kick or ban gets a number here, with who decided it and why.
      </Empty>
    );
  }
  return (
    <ol className="divide-y divide-line">
      {data?.cases.map((file) => (
        <li key={file.number}>
          <button
            type="button"
            onClick={() => onWhy(file.eventId)}
            className="block w-full px-5 py-3 text-left text-sm -outline-offset-2 hover:bg-paper"
          >
            <span className="flex items-baseline gap-2">
              <span className="font-semibold tabular-nums">#{file.number}</span>
              <span className="min-w-0 grow break-words">
                {file.verb.replace("member.", "")} · {file.userName}
              </span>
              <Time at={file.openedAt} className="text-xs text-muted" />
            </span>
            <span className="mt-1 flex flex-wrap items-center gap-2 text-xs text-muted">
              <Chip tone={TONES[file.outcome]}>{file.outcome}</Chip>
              <span className="min-w-0 break-words">{file.reason}</span>
            </span>
            <History entries={file.entries} />
          </button>
          <CaseTools guildId={guildId} file={file} />
        </li>
      ))}
    </ol>
  );
}

/** What was said of a case and done about it since. */
function History({ entries }: { entries: Case["entries"] }) {
  if (entries.length === 0) return null;
  return (
    <span className="mt-1 block space-y-0.5 text-xs text-muted">
      {entries.map((entry, index) => (
        <span key={index} className="block break-words">
          {entry.kind} · {entry.name}
          {entry.to === undefined ? "" : ` · #${entry.to}`}
          {entry.text === undefined ? "" : `: ${entry.text}`}
        </span>
      ))}
    </span>
  );
}
