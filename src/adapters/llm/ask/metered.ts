import type { Metrics, Spending } from "#core";
import { countTokens } from "../prompts/tokens.ts";
import { failureOf, mayBeCharged, ModelFailure, type FailureKind } from "../providers/failure.ts";
import { costOf, type Price } from "../spend/prices.ts";

export interface AskTools {
  readonly metrics: Metrics;
  readonly prices: Readonly<Record<string, Price>>;
  readonly now: () => number;
  /** Told of everything that failed, and of every answer with the time it took. */
  readonly told: (model: string, outcome: FailureKind | "answered", milliseconds: number, status?: number) => void;
}

/** What the requests of one question have cost so far; those under way are waited for before it is read. */
export interface Tab {
  readonly spent: Spending[];
  readonly underWay: Set<Promise<unknown>>;
}

/** One request, as it stands in the books. */
export interface Request<R> {
  readonly model: string;
  /** The prompt, or what else was asked for: a line of the ledger. */
  readonly prompt: string;
  /** All that is sent: counted where the provider does not say what it counted. */
  readonly texts: readonly string[];
  readonly send: () => Promise<R>;
}

/** What a provider counted, where it says so, and what it answered. */
export interface Counted {
  readonly tokensIn?: number | undefined;
  readonly tokensOut?: number | undefined;
  readonly text: string;
}

/** Sends one request and puts what it cost on the tab, also where its answer never comes. */
export function metered<R>(
  request: Request<R>,
  counted: (reply: R) => Counted,
  stop: AbortSignal,
  tab: Tab,
  tools: AskTools,
): Promise<R> {
  const sent = sendAndCount(request, counted, stop, tab, tools);
  tab.underWay.add(sent);
  void sent.catch(() => undefined).then(() => tab.underWay.delete(sent));
  return sent;
}

async function sendAndCount<R>(
  { model, prompt, texts, send }: Request<R>,
  counted: (reply: R) => Counted,
  stop: AbortSignal,
  tab: Tab,
  tools: AskTools,
): Promise<R> {
  const at = tools.now();
  const put = (tokensIn: number, tokensOut: number, isEstimated: boolean): void => {
    const microdollars = costOf(model, tokensIn, tokensOut, tools.prices);
    const estimated = isEstimated ? ({ estimated: true } as const) : {};
    tab.spent.push({ model, prompt, at, tokensIn, tokensOut, microdollars, ...estimated });
  };
  try {
    const reply = await send();
    const { tokensIn, tokensOut, text } = counted(reply);
    const isCounted = tokensIn !== undefined && tokensOut !== undefined;
    put(tokensIn ?? (await sizeOf(texts)), tokensOut ?? (await sizeOf([text])), !isCounted);
    tools.told(model, "answered", tools.now() - at);
    return reply;
  } catch (error) {
    const failure = stop.aborted ? new ModelFailure("stopped") : failureOf(error);
    if (mayBeCharged(failure)) put(await sizeOf(texts), 0, true);
    tools.told(model, failure.kind, tools.now() - at, failure.status);
    throw failure;
  }
}

async function sizeOf(texts: readonly string[]): Promise<number> {
  const counts = await Promise.all(texts.filter((text) => text !== "").map(countTokens));
  return counts.reduce((a, b) => a + b, 0);
}
