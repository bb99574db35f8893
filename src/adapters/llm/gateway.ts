import { randomBytes } from "node:crypto";
import type { Answer, AskContext, LlmGateway, Log, Metrics, Question } from "#core";
import { askVectors, type VectorModel } from "./ask/embed.ts";
import { createHealth, type ProviderHealth } from "./ask/health.ts";
import { createInquirer, type Attempt } from "./ask/inquire.ts";
import { createLine, type Line, type LineChoices } from "./ask/line.ts";
import type { AskTools } from "./ask/metered.ts";
import { operatorLog } from "./ask/operator.ts";
import { askModel, type Asked } from "./ask/question.ts";
import { askWitness, type Witness } from "./ask/witness.ts";
import type { Prompts, Tier } from "./prompts/prompts.ts";
import { render } from "./prompts/render.ts";
import { openChat } from "./providers/chat.ts";
import { openClassifier } from "./providers/classifier.ts";
import { openEmbedder } from "./providers/embedder.ts";
import { lazily } from "./providers/lazily.ts";
import { modelName, type Access, type Provider } from "./providers/names.ts";
import { askedSchema } from "./providers/schema.ts";
import type { LimitName } from "./spend/limits.ts";
import type { Ledger } from "./spend/ledger.ts";
import type { Price } from "./spend/prices.ts";

export interface GatewayChoices extends LineChoices {
  /** `provider:model`, in the order in which they are asked. Only such as can be reached. */
  readonly chains: Readonly<Record<Tier, readonly string[]>>;
  /** Classifiers, in the order in which they are asked. */
  readonly witnesses: readonly string[];
  /** One, for good: vectors of two models cannot be compared. */
  readonly embedding?: string;
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

/** Asks models in the operator's order. Nobody answering is an answer; only a prompt that is not there throws. */
export function createGateway(parts: GatewayParts): ModelGateway {
  const { choices, prompts, metrics, now } = parts;
  const { inquire, nobody } = createInquirer(parts);
  const health = createHealth(metrics, now);
  const models = openModels(parts);
  const tellOperator = operatorLog(parts.log, (model) => settingOf(model, choices));
  const tools: AskTools = {
    ...{ metrics, prices: choices.prices, now },
    told(model, outcome, milliseconds, status) {
      health.told(model, outcome, milliseconds, status);
      tellOperator(model, outcome, status);
    },
  };

  async function ask<T>(question: Question<T>, context: AskContext): Promise<Answer<T>> {
    const prompt = prompts.get(question.prompt);
    const names = choices.chains[prompt.tier];
    if (names.length === 0) return nobody();
    const attempts = async (): Promise<readonly Attempt<T>[]> => {
      const rendered = await render(prompt, question.variables, `data-${randomBytes(8).toString("hex")}`);
      return names.map((name) => ({
        model: name,
        run: (tab, stop) => askModel(models.chats.get(name)!, question, rendered, tab, stop, tools),
      }));
    };
    const same = [prompt.hash, question.variables, names, askedSchema(question.schema).text];
    return inquire({ same, version: prompt.hash, attempts }, context);
  }

  const { witnesses, vectors } = models;
  return {
    ask,
    witness(text, context) {
      if (witnesses.length === 0) return Promise.resolve(nobody());
      const attempts = witnesses.map((witness) => ({
        model: witness.name,
        run: (...[tab, stop]: Parameters<Attempt<unknown>["run"]>) => askWitness(witness, text, tab, stop, tools),
      }));
      const same = ["witness", choices.witnesses, text];
      return inquire({ same, version: "", attempts: () => Promise.resolve(attempts) }, context);
    },
    embed(embedding, context) {
      if (vectors === undefined) return Promise.resolve(nobody());
      const attempt: Attempt<Awaited<ReturnType<typeof askVectors>>> = {
        model: vectors.name,
        run: (tab, stop) => askVectors(vectors, embedding, tab, stop, tools),
      };
      // Passages are stored, and never asked for twice; a question may be.
      const same = embedding.as === "question" ? { same: ["embed", vectors.name, embedding.texts] } : {};
      return inquire({ ...same, version: "", attempts: () => Promise.resolve([attempt]) }, context);
    },
    embeddingModel: vectors?.name,
    health: () => healthOf(models, health.of),
  };
}

/** Where a model is named that no variable of the environment names. */
function settingOf(model: string, { witnesses, embedding }: GatewayChoices): string | undefined {
  if (witnesses.includes(model)) return "models.witnesses";
  return model === embedding ? "models.embeddings" : undefined;
}

interface OpenModels {
  readonly chats: ReadonlyMap<string, Asked>;
  readonly witnesses: readonly Witness[];
  readonly vectors: VectorModel | undefined;
}

/** One line a provider, whatever it is asked for; nothing is loaded yet. */
function openModels({ choices, metrics }: GatewayParts): OpenModels {
  const lines = new Map<Provider, Line>();
  const reach = (name: string) => {
    const { provider } = modelName(name);
    const line = lines.get(provider) ?? createLine(provider, choices, metrics);
    lines.set(provider, line);
    return { name, line, access: choices.access[provider] ?? {} };
  };
  const chat = (name: string): Asked => {
    const { line, access } = reach(name);
    return { name, line, chat: lazily(() => openChat(name, access, choices)) };
  };
  const witness = (name: string): Witness => {
    const { line, access } = reach(name);
    return { name, line, classify: lazily(() => openClassifier(name, access)) };
  };
  const vectorModel = (name: string): VectorModel => {
    const { line, access } = reach(name);
    return { name, line, embed: lazily(() => openEmbedder(name, access, choices.timeoutMs)) };
  };
  return {
    chats: new Map([...new Set(Object.values(choices.chains).flat())].map((name) => [name, chat(name)])),
    witnesses: choices.witnesses.map(witness),
    vectors: choices.embedding === undefined ? undefined : vectorModel(choices.embedding),
  };
}

function healthOf(
  { chats, witnesses, vectors }: OpenModels,
  of: ReturnType<typeof createHealth>["of"],
): ProviderHealth[] {
  const byProvider = new Map<Provider, { readonly name: string; readonly line: Line }[]>();
  for (const model of [...chats.values(), ...witnesses, ...(vectors === undefined ? [] : [vectors])]) {
    const { provider } = modelName(model.name);
    byProvider.set(provider, [...(byProvider.get(provider) ?? []), model]);
  }
  return [...byProvider].map(([provider, own]) =>
    of(
      provider,
      own.map(({ name }) => name),
      own[0]!.line.state,
    ),
  );
}
