import { randomBytes } from "node:crypto";
import {
  canonical,
  type Answer,
  type AskContext,
  type Exhausted,
  type LlmGateway,
  type Log,
  type Metrics,
  type Question,
} from "#core";
import { firstOf } from "./ask/first.ts";
import { createHealth, type ProviderHealth } from "./ask/health.ts";
import { createLine, type Line, type LineChoices } from "./ask/line.ts";
import { askModel, type Asked, type AskTools, type Tab } from "./ask/question.ts";
import { createReuse } from "./ask/reuse.ts";
import type { Prompt, Prompts, Tier } from "./prompts/prompts.ts";
import { render } from "./prompts/render.ts";
import { openChat, type Chat } from "./providers/chat.ts";
import { failureOf, type FailureKind } from "./providers/failure.ts";
import { modelName, type Access, type Provider } from "./providers/names.ts";
import { askedSchema } from "./providers/schema.ts";
import type { LimitName } from "./spend/limits.ts";
import type { Ledger } from "./spend/ledger.ts";
import type { Price } from "./spend/prices.ts";

export interface GatewayChoices extends LineChoices {
  /** `provider:model`, in the order in which they are asked. Only such as can be reached. */
  readonly chains: Readonly<Record<Tier, readonly string[]>>;
  readonly access: Readonly<Partial<Record<Provider, Access>>>;
  readonly prices: Readonly<Record<string, Price>>;
  /** A question is given up after so long, whoever is still being asked. */
  readonly deadlineMs: number;
  /** Questions of high priority: the next model is asked as well where the first takes longer than this. */
  readonly hedgeAfterMs?: number;
  readonly reuseMs: number;
  readonly maxTokens: number;
}

export interface GatewayParts {
  readonly choices: GatewayChoices;
  readonly prompts: Prompts;
  readonly ledger: Ledger;
  readonly now: () => number;
  readonly log: Log;
  readonly metrics: Metrics;
  /** A guild has run into a limit: whoever is responsible wants to be told. */
  readonly onLimit: (guildId: string, limit: LimitName) => void;
}

export interface ModelGateway extends LlmGateway {
  health(): readonly ProviderHealth[];
}

/** How long what is under way at the end of a question is waited for, so that its cost is not lost. */
const LAST_WORDS_MS = 500;

/** Asks models in the operator's order. Nobody answering is an answer; only a prompt that is not there throws. */
export function createGateway(parts: GatewayParts): ModelGateway {
  const { choices, prompts, ledger, metrics, now } = parts;
  const health = createHealth(metrics, now);
  const models = openModels(parts);
  const reuse = createReuse(choices.reuseMs, now);
  const tellOperator = operatorLog(parts.log);
  const tools: AskTools = {
    ...{ metrics, prices: choices.prices, now },
    told(model, outcome, milliseconds, status) {
      health.told(model, outcome, milliseconds, status);
      tellOperator(model, outcome, status);
    },
  };

  async function ask<T>(question: Question<T>, context: AskContext): Promise<Answer<T>> {
    const prompt = prompts.get(question.prompt);
    const chain = choices.chains[prompt.tier].map((name) => models.get(name)!);
    if (chain.length === 0) return counted(unanswered("no-provider"));
    const key = canonical([
      ...[context.guildId, prompt.hash, question.variables],
      ...[choices.chains[prompt.tier], askedSchema(question.schema).text],
    ]);
    const answer = await reuse(key, () => paid(question, prompt, chain, context));
    return counted(answer as Answer<T>);
  }

  async function paid<T>(
    question: Question<T>,
    prompt: Prompt,
    chain: readonly Asked[],
    context: AskContext,
  ): Promise<Answer<T>> {
    const limit = await ledger.reserve(context.guildId);
    if (limit !== undefined) {
      parts.onLimit(context.guildId, limit);
      return unanswered("budget");
    }
    let answer: Answer<T> = unanswered("all-failed");
    try {
      answer = await withinDeadline(question, prompt, chain, context);
      return answer;
    } finally {
      ledger.settle(context.guildId, answer);
    }
  }

  async function withinDeadline<T>(
    question: Question<T>,
    prompt: Prompt,
    chain: readonly Asked[],
    context: AskContext,
  ): Promise<Answer<T>> {
    const startedAt = now();
    const rendered = await render(prompt, question.variables, `data-${randomBytes(8).toString("hex")}`);
    const tab: Tab = { spent: [], underWay: new Set() };
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(), choices.deadlineMs);
    const attempts = chain.map((model) => async (stop: AbortSignal) => {
      const value = await askModel(model, question, rendered, tab, stop, tools);
      return { value, model: model.name };
    });
    const hedge = context.priority === "high" ? choices.hedgeAfterMs : undefined;
    const first = await Promise.race([firstOf(attempts, deadline.signal, hedge), aborted(deadline.signal)]);
    clearTimeout(timer);
    await lastWords(tab);
    const receipt = { promptHash: prompt.hash, milliseconds: now() - startedAt, spent: [...tab.spent] };
    if (first !== undefined) return { ok: true, ...first, receipt };
    return { ...unanswered(deadline.signal.aborted ? "deadline" : "all-failed"), receipt };
  }

  function counted<T>(answer: Answer<T>): Answer<T> {
    metrics.count("llm_answers", {
      outcome: answer.ok ? (answer.receipt?.reused ? "reused" : "answered") : answer.why,
    });
    return answer;
  }

  return { ask, health: () => healthOf(models, health.of) };
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

interface OpenModel extends Asked {
  readonly provider: Provider;
}

/** One line a provider; its client is loaded with the first question that needs it. */
function openModels({ choices, metrics }: GatewayParts): ReadonlyMap<string, OpenModel> {
  const lines = new Map<Provider, Line>();
  const models = new Map<string, OpenModel>();
  for (const name of new Set(Object.values(choices.chains).flat())) {
    const { provider } = modelName(name);
    const line = lines.get(provider) ?? createLine(provider, choices, metrics);
    lines.set(provider, line);
    let chat: Promise<Chat> | undefined;
    const open = (): Promise<Chat> =>
      (chat ??= openChat(name, choices.access[provider] ?? {}, choices).catch((error: unknown) => {
        chat = undefined;
        throw failureOf(error);
      }));
    models.set(name, { name, provider, line, chat: open });
  }
  return models;
}

function healthOf(models: ReadonlyMap<string, OpenModel>, of: ReturnType<typeof createHealth>["of"]): ProviderHealth[] {
  const byProvider = new Map<Provider, OpenModel[]>();
  for (const model of models.values())
    byProvider.set(model.provider, [...(byProvider.get(model.provider) ?? []), model]);
  return [...byProvider].map(([provider, own]) =>
    of(
      provider,
      own.map(({ name }) => name),
      own[0]!.line.state,
    ),
  );
}

/** What only the operator can mend is said in the log, with the setting that mends it: once, until the provider answers. */
function operatorLog(log: Log) {
  const said = new Set<string>();
  return (model: string, outcome: FailureKind | "answered", status: number | undefined): void => {
    if (outcome === "answered") for (const kind of Object.keys(SETTINGS)) said.delete(`${model} ${kind}`);
    const { provider } = modelName(model);
    const setting = SETTINGS[outcome as FailureKind]?.(provider);
    if (setting === undefined || said.has(`${model} ${outcome}`)) return;
    said.add(`${model} ${outcome}`);
    log.warn({ model, status, setting }, "a provider refuses what the settings say");
  };
}

export const ENVIRONMENT_PREFIX: Readonly<Record<Provider, string>> = {
  anthropic: "ANTHROPIC",
  openai: "OPENAI",
  "google-genai": "GEMINI",
  ollama: "OLLAMA",
};

const SETTINGS: Readonly<Partial<Record<FailureKind, (provider: Provider) => string>>> = {
  "refused-key": (provider) => (provider === "ollama" ? "OLLAMA_HOST" : `${ENVIRONMENT_PREFIX[provider]}_API_KEY`),
  "no-model": (provider) => `${ENVIRONMENT_PREFIX[provider]}_MODEL, or models in default.yaml`,
};
