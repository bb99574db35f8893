import { useState } from "react";
import type { Schema } from "../api.ts";
import { type KnowledgeChange, useChangeKnowledge, useGaps, useKnowledge } from "../knowledge-queries.ts";
import { Button, Chip, Empty, Time, type Tone, Trouble } from "../parts/small.tsx";
import { EntryForm } from "./knowledge-form.tsx";

type Source = Schema["KnowledgeSource"];

const STANDINGS: Readonly<Record<Source["answers"][number]["standing"], Tone>> = {
  right: "plain",
  corrected: "violet",
  withdrawn: "red",
};

/** What the house answers from, what it could not answer, and how its answers were taken. */
export function Knowledge({ guildId }: { guildId: string }) {
  const { data, error } = useKnowledge(guildId);
  const [isAdding, setAdding] = useState(false);
  const change = useChangeKnowledge(guildId);
  if (error !== null) return <Trouble error={error} />;
  if (data === undefined) return null;
  const add = (entry: Schema["ChangedEntryInput"]): void =>
    change.mutate({ do: "add", entry }, { onSuccess: () => setAdding(false) });
  return (
    <div className="divide-y divide-line text-sm">
      <Gaps guildId={guildId} />
      <div className="px-5 py-3">
        {isAdding ? (
          <EntryForm isBusy={change.isPending} onSave={add} onCancel={() => setAdding(false)} />
        ) : (
          <Button onClick={() => setAdding(true)}>Write an answer</Button>
        )}
        <Trouble error={change.error} />
      </div>
      {data.sources.length === 0 && (
        <Empty title="Nothing is known yet">
          Write an answer here, import a file with guildhall faq import, or use a message from its menu in Discord.
        </Empty>
      )}
      {data.sources.map((source) => (
        <SourceItem key={source.id} source={source} change={change.mutate} isBusy={change.isPending} />
      ))}
    </div>
  );
}

function Gaps({ guildId }: { guildId: string }) {
  const { data, error } = useGaps(guildId);
  const change = useChangeKnowledge(guildId);
  const [topic, setTopic] = useState<string>();
  if (error !== null) return <Trouble error={error} />;
  if (data === undefined || data.gaps.length === 0) return null;
  return (
    <section aria-label="Asked and not answered" className="px-5 py-3">
      <h2 className="font-semibold">Asked and not answered</h2>
      <ul className="mt-1 divide-y divide-line">
        {data.gaps.map((gap) => (
          <li key={gap.topic} className="py-2">
            <p className="break-words">
              {gap.asks[0]} <Chip>{gap.times}×</Chip> <Time at={gap.lastAt} className="text-xs text-muted" />
            </p>
            {gap.asks.length > 1 && <p className="text-xs break-words text-muted">{gap.asks.slice(1).join(" · ")}</p>}
            {topic === gap.topic ? (
              <EntryForm
                start={{ question: gap.asks[0] ?? "", also: gap.asks.slice(1), answer: "" }}
                isBusy={change.isPending}
                onSave={(entry) => change.mutate({ do: "add", entry: { ...entry, gap: gap.topic } })}
                onCancel={() => setTopic(undefined)}
              />
            ) : (
              <span className="mt-1 flex gap-2">
                <Button onClick={() => setTopic(gap.topic)}>Answer it</Button>
                <Button disabled={change.isPending} onClick={() => change.mutate({ do: "dismiss", topic: gap.topic })}>
                  Dismiss
                </Button>
              </span>
            )}
          </li>
        ))}
      </ul>
      <Trouble error={change.error} />
    </section>
  );
}

interface ItemProps {
  readonly source: Source;
  readonly change: (change: KnowledgeChange, options?: { onSuccess?: () => void }) => void;
  readonly isBusy: boolean;
}

function SourceItem({ source, change, isBusy }: ItemProps) {
  const [isEditing, setEditing] = useState(false);
  const { id, kind, title, version, at, by, author, passages, answers } = source;
  const [first] = passages;
  const [question = "", ...also] = first?.asks ?? [];
  const save = (entry: Schema["ChangedEntryInput"]): void =>
    change({ do: "edit", sourceId: id, entry }, { onSuccess: () => setEditing(false) });
  return (
    <section aria-label={title} className="px-5 py-3">
      <p className="flex flex-wrap items-baseline gap-2">
        <span className="min-w-0 grow font-semibold break-words">{title}</span>
        <Chip>{kind}</Chip>
        <Time at={at} className="text-xs text-muted" />
      </p>
      <p className="text-xs break-words text-muted">
        version {version} · given by {by}
        {author !== undefined && ` · words of ${author.userId}, ${agreement(author.agreedAt)}`}
      </p>
      {isEditing ? (
        <EntryForm
          start={{ question, also, answer: first?.text ?? "" }}
          isBusy={isBusy}
          onSave={save}
          onCancel={() => setEditing(false)}
        />
      ) : (
        passages.map((passage, part) => <PassageText key={part} passage={passage} isAlone={passages.length === 1} />)
      )}
      {answers.map((one) => (
        <p key={`${one.at} ${one.question}`} className="mt-1 flex gap-2 text-xs text-muted">
          <Chip tone={STANDINGS[one.standing]}>{one.standing}</Chip>
          <span className="min-w-0 grow break-words">{one.question}</span>
          <Time at={one.at} />
        </p>
      ))}
      {!isEditing && (
        <span className="mt-2 flex gap-2">
          {kind === "entry" && <Button onClick={() => setEditing(true)}>Edit</Button>}
          <Button look="danger" disabled={isBusy} onClick={() => change({ do: "remove", sourceId: id })}>
            Remove
          </Button>
        </span>
      )}
    </section>
  );
}

const agreement = (at: number | undefined): string =>
  at === undefined ? "who has not agreed" : `who agreed on ${new Date(at).toLocaleDateString()}`;

function PassageText({ passage, isAlone }: { passage: Source["passages"][number]; isAlone: boolean }) {
  const { asks, text, helpful, unhelpful } = passage;
  return (
    <div className="mt-1">
      {!isAlone && asks[0] !== undefined && <p className="font-medium break-words">{asks[0]}</p>}
      <p className="break-words whitespace-pre-line">{text}</p>
      {helpful + unhelpful > 0 && (
        <p className="text-xs text-muted tabular-nums">
          helpful {helpful} · not helpful {unhelpful}
        </p>
      )}
    </div>
  );
}
