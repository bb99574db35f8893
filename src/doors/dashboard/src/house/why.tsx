import { Dialog } from "radix-ui";
import type { Why as WhyData } from "../api.ts";
import { Time, Trouble } from "../parts/small.tsx";
import { useWhy } from "../queries.ts";
import { OtherOrders, Trail } from "./trail.tsx";

interface Props {
  readonly guildId: string;
  readonly eventId: string | undefined;
  readonly onWhy: (eventId: string) => void;
  readonly onClose: () => void;
}

/** Opens any event: what happened, who noticed, what was ruled and why, what came of it. */
export function Why({ guildId, eventId, onWhy, onClose }: Props) {
  return (
    <Dialog.Root open={eventId !== undefined} onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 bg-shade" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed top-1/2 left-1/2 flex max-h-[min(46rem,92dvh)] w-[min(40rem,calc(100vw-1.5rem))] -translate-x-1/2 -translate-y-1/2 flex-col rounded-2xl border border-line bg-card shadow-lift focus:outline-none"
        >
          <div className="flex items-center border-b border-line py-3 pr-3 pl-6">
            <Dialog.Title className="font-serif text-xl">Why?</Dialog.Title>
            <Dialog.Close
              aria-label="Close"
              className="ml-auto grid size-9 place-items-center rounded-lg text-muted hover:bg-sunk hover:text-ink"
            >
              <svg viewBox="0 0 16 16" className="size-4" aria-hidden="true">
                <path d="m3 3 10 10M13 3 3 13" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" />
              </svg>
            </Dialog.Close>
          </div>
          <div className="overflow-y-auto px-6 py-5" tabIndex={0} role="region" aria-label="The story">
            {eventId !== undefined && <Story key={eventId} guildId={guildId} eventId={eventId} onWhy={onWhy} />}
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function Story({ guildId, eventId, onWhy }: { guildId: string; eventId: string; onWhy: (eventId: string) => void }) {
  const { data, error, isPending } = useWhy(guildId, eventId);
  if (isPending) return <p className="text-sm text-muted">Reading the journal…</p>;
  if (error !== null) return <Trouble error={error} />;
  const { activity, silent } = data;
  return (
    <>
      <p className="text-sm text-muted">
        <Time at={activity.at} /> · event <span className="font-mono text-xs break-all">{activity.eventId}</span>
      </p>
      <p className="mt-1 font-serif text-lg leading-snug break-words">{activity.headline}</p>
      {activity.excerpt !== undefined && (
        <blockquote className="mt-2 rounded-lg bg-sunk px-3.5 py-2.5 text-sm break-words whitespace-pre-wrap">
          {activity.excerpt}
        </blockquote>
      )}
      {data.textExpired && <p className="mt-2 text-sm text-muted">The rest of the text has expired.</p>}
      {activity.deeds.length === 0 && (
        <p className="mt-4 text-sm text-muted">No agent proposed anything about this event.</p>
      )}
      {activity.deeds.map((deed) => (
        <Trail key={deed.proposalId} deed={deed} why={data} />
      ))}
      <OtherOrders why={data} />
      <Further why={data} onWhy={onWhy} />
      {silent.length > 0 && (
        <p className="mt-5 text-sm text-muted">Listened and proposed nothing: {silent.join(", ")}.</p>
      )}
      <Raw why={data} />
    </>
  );
}

const RELATIONS = { question: "What was asked", answer: "What was answered", cause: "What led to it" } as const;

/** Where the story goes on. */
function Further({ why, onWhy }: { why: WhyData; onWhy: (eventId: string) => void }) {
  if (why.related.length === 0) return null;
  return (
    <ul className="mt-5 space-y-2">
      {why.related.map(({ eventId, relation, headline }) => (
        <li key={eventId}>
          <button
            type="button"
            onClick={() => onWhy(eventId)}
            className="flex w-full items-baseline gap-3 rounded-lg border border-line px-3.5 py-2 text-left text-sm hover:bg-paper"
          >
            <span className="shrink-0 text-muted">{RELATIONS[relation]}</span>
            <span className="min-w-0 grow break-words font-medium">{headline}</span>
            <span aria-hidden="true" className="text-accent">
              →
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}

function Raw({ why }: { why: WhyData }) {
  const { activity: _words, ...stored } = why;
  return (
    <details className="mt-5 rounded-lg border border-line">
      <summary className="rounded-lg px-3.5 py-2 text-sm font-medium">As it is stored (JSON)</summary>
      <pre tabIndex={0} className="max-h-80 overflow-auto border-t border-line p-3.5 font-mono text-xs leading-relaxed">
        {JSON.stringify(stored, null, 2)}
      </pre>
    </details>
  );
}
