import { useEffect, useRef, useState } from "react";
import type { Approval } from "../api.ts";
import { Button, Key, sentence, Time, Trouble } from "../parts/small.tsx";
import { useAnswer, useApprovals } from "../queries.ts";
import { CardDetails, ChangeForm, Cohort } from "./approval-card.tsx";

interface Props {
  readonly guildId: string;
  readonly onWhy: (eventId: string) => void;
}

/**
 * What waits for a human. J and K move between the cards, A approves and R rejects the one that has the focus: never
 * another, so that a stray key bans nobody.
 */
export function Approvals({ guildId, onWhy }: Props) {
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useApprovals(guildId);
  const approvals = data?.pages.flatMap((page) => page.approvals) ?? [];
  const waiting = data?.pages[0]?.waiting ?? 0;
  const medianMs = data?.pages[0]?.medianMs;
  const list = useRef<HTMLOListElement>(null);
  useMoveKeys(list);
  return (
    <section aria-labelledby="approvals" className="border-b border-line bg-paper">
      <div className="flex items-center gap-2 px-5 pt-4 pb-3">
        <h2 id="approvals" className="font-serif text-lg leading-none">
          Waiting for you
        </h2>
        {approvals.length > 0 && (
          <span className="rounded-full bg-amber-wash px-2 text-xs font-semibold text-amber tabular-nums">
            {waiting}
          </span>
        )}
        {medianMs !== undefined && (
          <span className="text-xs text-muted" title="Half of the latest answers took no longer than this.">
            usually within {lengthOf(medianMs)}
          </span>
        )}
        {approvals.length > 0 && (
          <span className="ml-auto flex items-center gap-1 text-xs text-muted max-md:hidden">
            <Key>J</Key> <Key>K</Key> to move
          </span>
        )}
      </div>
      <Trouble error={error} />
      {data !== undefined && approvals.length === 0 && (
        <p className="px-5 pb-4 text-sm text-muted">Nothing. Harsh steps, a ban or a kick, stop here and ask first.</p>
      )}
      <ol ref={list} aria-label="Approvals" className="max-h-[42vh] space-y-2 overflow-y-auto px-4 pb-4 empty:hidden">
        {approvals.map((approval) => (
          <Card key={approval.id} guildId={guildId} approval={approval} onWhy={onWhy} />
        ))}
      </ol>
      {hasNextPage && (
        <div className="px-4 pb-4">
          <Button disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Show more of {waiting}
          </Button>
        </div>
      )}
    </section>
  );
}

function Card({ guildId, approval, onWhy }: { guildId: string; approval: Approval; onWhy: (eventId: string) => void }) {
  const answer = useAnswer(guildId);
  const [spared, setSpared] = useState<readonly string[]>([]);
  const [wantsChange, setWantsChange] = useState(false);
  const { id: approvalId, seen, proposed } = approval;
  const isFinal = answer.isSuccess && ["approve", "reject"].includes(answer.variables.answer);
  const busy = answer.isPending || (isFinal && answer.variables.seen === seen);
  const give = (choice: "approve" | "reject"): void => {
    const except = spared.length === 0 ? {} : { except: [...spared] };
    if (!busy) answer.mutate({ approvalId, answer: choice, seen, ...(choice === "approve" ? except : {}) });
  };
  const onKey = (event: React.KeyboardEvent): void => {
    if (event.metaKey || event.ctrlKey || event.altKey || event.repeat || isWriting(event.target)) return;
    if (event.key.toLowerCase() === "a") give("approve");
    if (event.key.toLowerCase() === "r") give("reject");
  };
  return (
    <li
      tabIndex={0}
      onKeyDown={onKey}
      aria-label={sentence(`${approval.agent} asks to ${approval.request}: ${approval.why}`)}
      className="rounded-xl border border-line bg-card p-3.5 focus-within:border-accent"
    >
      <p className="flex items-baseline gap-3 text-sm leading-snug">
        <span className="min-w-0 grow break-words">
          <span className="font-semibold">{approval.agent}</span> asks to{" "}
          <span className="font-semibold">{approval.request}</span>
        </span>
        <span className="shrink-0 text-xs text-muted">
          until <Time at={approval.expiresAt} />
        </span>
      </p>
      <p className="mt-0.5 text-sm break-words text-muted">
        {sentence(approval.why)} Rule <span className="font-mono text-xs">{approval.rule}</span>,{" "}
        {percent(approval.confidence)} sure.
      </p>
      {proposed !== undefined && <p className="mt-1 text-sm font-medium break-words">Proposed instead: {proposed}</p>}
      {approval.needed > 1 && (
        <p className="mt-1 text-sm text-muted">
          {approval.allowedBy.length} of {approval.needed} allowed it
          {approval.allowedBy.length > 0 && `: ${approval.allowedBy.join(", ")}`}
        </p>
      )}
      <CardDetails approval={approval} />
      <Cohort approval={approval} spared={spared} onSpare={setSpared} />
      <div className="mt-2.5 flex flex-wrap items-center gap-2">
        <Button look="main" disabled={busy} onClick={() => give("approve")}>
          {proposed === undefined ? "Approve" : "Confirm change"} <Key>A</Key>
        </Button>
        <Button look="danger" disabled={busy} onClick={() => give("reject")}>
          Reject <Key>R</Key>
        </Button>
        {proposed !== undefined && (
          <Button disabled={busy} onClick={() => answer.mutate({ approvalId, answer: "as-asked", seen })}>
            As it was asked
          </Button>
        )}
        {proposed === undefined && approval.options.length > 0 && (
          <Button disabled={busy} aria-expanded={wantsChange} onClick={() => setWantsChange(!wantsChange)}>
            Modify
          </Button>
        )}
        <button
          type="button"
          onClick={() => onWhy(approval.eventId)}
          className="rounded px-1 text-sm font-medium text-accent hover:underline"
        >
          why?
        </button>
      </div>
      {wantsChange && proposed === undefined && (
        <ChangeForm
          options={approval.options}
          onChoose={(change) => answer.mutate({ approvalId, answer: "modify", seen, ...change })}
        />
      )}
      <div className="mt-2 empty:hidden">
        <Trouble error={answer.error} />
      </div>
    </li>
  );
}

function lengthOf(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}

function percent(confidence: number): string {
  return `${Math.round(confidence * 100)} %`;
}

/** J and K work wherever one is not writing; the first press goes to the first card. */
function useMoveKeys(list: React.RefObject<HTMLOListElement | null>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const step = { j: 1, k: -1 }[event.key.toLowerCase()];
      if (step === undefined || event.metaKey || event.ctrlKey || event.altKey || isWriting(event.target)) return;
      const cards = [...(list.current?.children ?? [])] as HTMLElement[];
      const now = cards.findIndex((card) => card.contains(document.activeElement));
      const next = now === -1 ? 0 : Math.min(Math.max(now + step, 0), cards.length - 1);
      cards[next]?.focus();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [list]);
}

function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.closest("input, textarea, select, [role=dialog], [role=menu]") !== null
  );
}
