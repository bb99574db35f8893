import type { ReactNode } from "react";
import type { Deed, Why } from "../api.ts";
import { Chip, sentence, Time, whoIs } from "../parts/small.tsx";
import { StandingChip } from "./standing.tsx";

/** The fields of stored rows that are shown; the rest is in the raw JSON. */
interface Order {
  readonly id: string;
  readonly proposalId: string;
  readonly status: string;
  readonly attempt: number;
  readonly settledAt?: number;
  readonly action: { readonly verb: string };
  /** Of one that did not succeed: what was answered. */
  readonly result?: { readonly why?: string };
}
interface Approval {
  readonly id: string;
  readonly status: string;
  readonly answeredBy?: string;
  readonly answeredAt?: number;
  readonly note?: string;
}

const RULINGS = { run: "Allowed", ask: "Asked a human", drop: "Held back" } as const;

/** One proposal from the rule that noticed something to what came of it. */
export function Trail({ deed, why }: { deed: Deed; why: Why }) {
  const orders = (why.orders as Order[]).filter((order) => order.proposalId === deed.proposalId);
  const approval = (why.approvals as Approval[]).find(({ id }) => id === deed.approvalId);
  return (
    <ol className="mt-5 border-l-2 border-line pl-5">
      <Step label="Noticed">
        <p>
          <strong className="font-semibold">{whoIs(deed.agent)}</strong>
          {deed.target === undefined ? "" : ` on ${deed.target.name}`}: {deed.why}.
        </p>
        <Facts>
          <span>
            rule <code className="font-mono">{deed.rule}</code>
          </span>
          <span>{Math.round(deed.confidence * 100)} % sure</span>
          <span>
            proposed <code className="font-mono">{deed.verb}</code>
          </span>
        </Facts>
      </Step>
      <Step label="Judged">
        <p>
          <strong className="font-semibold">{RULINGS[deed.ruling]}</strong>. {sentence(deed.because)}
        </p>
        <Facts>
          <span title={sentence(deed.groundInWords)}>
            ground <code className="font-mono">{deed.ground}</code>
          </span>
        </Facts>
      </Step>
      {approval !== undefined && <Answered approval={approval} />}
      <Step label="Outcome" last>
        <p className="flex flex-wrap items-center gap-2">
          <span>
            <strong className="font-semibold">{whoIs(deed.agent)}</strong> {deed.sentence}.
          </span>
          <StandingChip standing={deed.standing} />
          {deed.caseNumber !== undefined && <Chip>case #{deed.caseNumber}</Chip>}
        </p>
        {orders.map((order) => (
          <Facts key={order.id}>
            <code className="font-mono">{order.action.verb}</code>
            <span>{order.status}</span>
            {order.attempt > 1 && <span>attempt {order.attempt}</span>}
            {order.settledAt !== undefined && <Time at={order.settledAt} />}
            {order.status !== "done" && order.result?.why !== undefined && <span>{order.result.why}</span>}
          </Facts>
        ))}
      </Step>
    </ol>
  );
}

/** What was sent beside the proposals: the reply to a command. */
export function OtherOrders({ why }: { why: Why }) {
  const own = new Set(why.activity.deeds.map(({ proposalId }) => proposalId));
  const others = (why.orders as Order[]).filter(({ proposalId }) => !own.has(proposalId));
  if (others.length === 0) return null;
  return (
    <ul className="mt-5 text-sm">
      {others.map((order) => (
        <li key={order.id} className="flex flex-wrap items-baseline gap-x-3">
          <span>{order.action.verb === "interaction.reply" ? "The command was answered" : "Also sent"}</span>
          <Facts>
            <code className="font-mono">{order.action.verb}</code>
            <span>{order.status}</span>
            {order.settledAt !== undefined && <Time at={order.settledAt} />}
          </Facts>
        </li>
      ))}
    </ul>
  );
}

function Answered({ approval }: { approval: Approval }) {
  const { status, answeredBy, answeredAt, note } = approval;
  return (
    <Step label="Answered">
      {status === "pending" ? (
        <p>Nobody has answered yet.</p>
      ) : (
        <p>
          <strong className="font-semibold">{sentence(status).slice(0, -1)}</strong>
          {answeredBy !== undefined && ` by ${answeredBy}`}
          {answeredAt !== undefined && (
            <>
              {" at "}
              <Time at={answeredAt} />
            </>
          )}
          .
        </p>
      )}
      {note !== undefined && <p className="text-muted">“{note}”</p>}
    </Step>
  );
}

function Step({ label, last = false, children }: { label: string; last?: boolean; children: ReactNode }) {
  return (
    <li className={`relative text-sm ${last ? "" : "pb-4"}`}>
      <span
        aria-hidden="true"
        className="absolute top-1.5 -left-[1.625rem] size-2.5 rounded-full border-2 border-card bg-accent"
      />
      <p className="text-xs font-semibold tracking-wide text-muted uppercase">{label}</p>
      <div className="mt-0.5 space-y-1 break-words">{children}</div>
    </li>
  );
}

function Facts({ children }: { children: ReactNode }) {
  return <p className="flex flex-wrap gap-x-3 text-xs text-muted">{children}</p>;
}
