import { canonical, type Answer, type AskContext, type Exhausted, type Metrics } from "#core";
import type { LimitName } from "../spend/limits.ts";
import type { Ledger } from "../spend/ledger.ts";
import { firstOf } from "./first.ts";
import type { Tab } from "./metered.ts";
import { createReuse } from "./reuse.ts";

/** One model's try at what is to be found out. */
export interface Attempt<T> {
  readonly model: string;
  readonly run: (tab: Tab, stop: AbortSignal) => Promise<T>;
}

/** Something to be found out, of whatever kind: who may be asked, and in which order. */
export interface Inquiry<T> {
  /** What makes two of them the same, beside the guild; left out, it is asked every time. */
  readonly same?: readonly unknown[];
  /** Of the prompt; kept with the answer. */
  readonly version: string;
  readonly attempts: () => Promise<readonly Attempt<T>[]>;
}

export interface InquirerParts {
  readonly choices: { readonly deadlineMs: number; readonly hedgeAfterMs?: number; readonly reuseMs: number };
  readonly ledger: Ledger;
  readonly metrics: Metrics;
  readonly now: () => number;
  readonly onLimit: (guildId: string, limit: LimitName) => void;
}

/** How long what is under way at the end of a question is waited for, so that its cost is not lost. */
const LAST_WORDS_MS = 500;

/** What every question has in common: it is asked once, within its budget and its time, and its cost is on the answer. */
export function createInquirer(parts: InquirerParts) {
  const { choices, ledger, metrics, now } = parts;
  const reuse = createReuse(choices.reuseMs, now);

  async function inquire<T>(inquiry: Inquiry<T>, context: AskContext): Promise<Answer<T>> {
    const ask = () => paid(inquiry, context);
    const { same } = inquiry;
    const answer = same === undefined ? await ask() : await reuse(canonical([context.guildId, ...same]), ask);
    return counted(answer as Answer<T>);
  }

  async function paid<T>(inquiry: Inquiry<T>, context: AskContext): Promise<Answer<T>> {
    const limit = await ledger.reserve(context.guildId);
    if (limit !== undefined) {
      parts.onLimit(context.guildId, limit);
      return unanswered("budget");
    }
    let answer: Answer<T> = unanswered("all-failed");
    try {
      answer = await withinDeadline(inquiry, context);
      return answer;
    } finally {
      ledger.settle(context.guildId, answer);
    }
  }

  async function withinDeadline<T>(inquiry: Inquiry<T>, context: AskContext): Promise<Answer<T>> {
    const startedAt = now();
    const attempts = await inquiry.attempts();
    const tab: Tab = { spent: [], underWay: new Set() };
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(), choices.deadlineMs);
    const tries = attempts.map(({ model, run }) => async (stop: AbortSignal) => {
      return { value: await run(tab, stop), model };
    });
    const hedge = context.priority === "high" ? choices.hedgeAfterMs : undefined;
    const first = await Promise.race([firstOf(tries, deadline.signal, hedge), aborted(deadline.signal)]);
    clearTimeout(timer);
    await lastWords(tab);
    const receipt = { promptHash: inquiry.version, milliseconds: now() - startedAt, spent: [...tab.spent] };
    if (first !== undefined) return { ok: true, ...first, receipt };
    return { ...unanswered(deadline.signal.aborted ? "deadline" : "all-failed"), receipt };
  }

  function counted<T>(answer: Answer<T>): Answer<T> {
    metrics.count("llm_answers", {
      outcome: answer.ok ? (answer.receipt?.reused ? "reused" : "answered") : answer.why,
    });
    return answer;
  }

  /** Nobody is configured who could be asked. */
  const nobody = (): Answer<never> => counted(unanswered("no-provider"));

  return { inquire, nobody };
}

const unanswered = (why: Exhausted) => ({ ok: false, code: "llm.exhausted", why }) as const;

function aborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(undefined), { once: true }));
}

async function lastWords({ underWay }: Tab): Promise<void> {
  if (underWay.size === 0) return;
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise((resolve) => (timer = setTimeout(resolve, LAST_WORDS_MS)));
  await Promise.race([Promise.allSettled(underWay), patience]);
  clearTimeout(timer);
}
