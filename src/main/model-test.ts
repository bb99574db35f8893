import { z } from "zod";
import { likeness, type Answer, type AskContext, type Clock, type Log, type Metrics } from "#core";
import {
  createGateway,
  loadPrompts,
  modelName,
  type FailureKind,
  type GatewayChoices,
  type Ledger,
  type ModelGateway,
} from "../adapters/llm/index.ts";
import { chainsOf, checkFirst, VARIABLES, type Policies, type Settings } from "../config/index.ts";
import type { ModelChains, ModelProbe } from "../doors/cli/index.ts";
import { gatewayChoices } from "./models.ts";

/** Which models are asked, and which of those that are named cannot be, for want of a key. */
export function listModels(settings: Settings, { models }: Policies): ModelChains {
  checkFirst(models, settings.models);
  const named = new Set([...models.small, ...models.large].map((name) => modelName(name).provider));
  const missing = [...named].filter((provider) => settings.models.providers[provider] === undefined);
  return {
    ...chainsOf(models, settings.models),
    missing: missing.map((provider) => ({
      provider,
      variable: VARIABLES[provider].keys[0] ?? VARIABLES[provider].baseUrl,
    })),
  };
}

export interface ModelTestParts {
  readonly settings: Settings;
  readonly policies: Policies;
  readonly promptsDirectory: string;
  readonly clock: Clock;
  readonly progress: (model: string) => void;
}

/** One request to each model, without a second try: what a first question would have met. */
export async function testModels(parts: ModelTestParts): Promise<readonly ModelProbe[]> {
  const { small, large, witnesses, embeddings } = listModels(parts.settings, parts.policies);
  const probes: ModelProbe[] = [];
  const one = async (model: string, of: Partial<GatewayChoices>, ask: Ask): Promise<void> => {
    parts.progress(model);
    probes.push(await probe(model, of, ask, parts));
  };
  for (const model of new Set([...small, ...large]))
    await one(model, { chains: { small: [model], large: [model] } }, askForSum);
  for (const model of witnesses) await one(model, { witnesses: [model] }, askWitness);
  for (const model of embeddings) await one(model, { embedding: model }, askForVectors);
  return probes;
}

/** Asks, and says whether the answer is right. */
type Ask = (gateway: ModelGateway) => Promise<readonly [answer: Answer<unknown>, isRight: boolean]>;

const HOUSE: AskContext = { guildId: "", agent: "house", priority: "medium" };
const LEFT = 17;
const RIGHT = 25;
const sumSchema = z.strictObject({ sum: z.number().int() });

const askForSum: Ask = async (gateway) => {
  const variables = { left: LEFT, right: RIGHT };
  const answer = await gateway.ask({ prompt: "house/probe", variables, schema: sumSchema }, HOUSE);
  return [answer, answer.ok && answer.value.sum === LEFT + RIGHT];
};

const askWitness: Ask = async (gateway) => {
  const answer = await gateway.witness("What a lovely garden you have.", HOUSE);
  return [answer, answer.ok && answer.value.flagged.length === 0];
};

const askForVectors: Ask = async (gateway) => {
  const texts = ["Where can I read the rules?", "How do I find the rules?", "The soup needs more salt."];
  const answer = await gateway.embed({ texts, as: "passage" }, HOUSE);
  if (!answer.ok) return [answer, false];
  const [asked, same, other] = answer.value;
  return [answer, likeness(asked!, same!) > likeness(asked!, other!)];
};

async function probe(
  model: string,
  of: Partial<GatewayChoices>,
  ask: Ask,
  { settings, policies, promptsDirectory, clock }: ModelTestParts,
): Promise<ModelProbe> {
  const { embedding: _none, ...choices } = gatewayChoices(settings, policies);
  const gateway = createGateway({
    choices: { ...choices, chains: { small: [], large: [] }, witnesses: [], ...of, retries: 0, reuseMs: 0 },
    ...{ log: silent, metrics: uncounted, ledger: unlimited, prompts: loadPrompts(promptsDirectory) },
    now: () => clock.now(),
    onLimit: () => undefined,
  });
  const [answer, isRight] = await ask(gateway);
  const spent = answer.receipt?.spent ?? [];
  const sum = (pick: (one: (typeof spent)[number]) => number): number => spent.reduce((all, one) => all + pick(one), 0);
  const hasPrice = Object.keys(choices.prices).some((name) => model.startsWith(name));
  const { lastFailure } = gateway.health()[0] ?? {};
  return {
    model,
    answered: answer.ok,
    verdict: answer.ok ? (isRight ? "right" : "wrong") : verdictOf(model, lastFailure?.kind ?? "breaks-schema", of),
    milliseconds: answer.receipt?.milliseconds ?? 0,
    tokensIn: sum(({ tokensIn }) => tokensIn),
    tokensOut: sum(({ tokensOut }) => tokensOut),
    ...(hasPrice ? { dollars: sum(({ microdollars }) => microdollars) / 1_000_000 } : {}),
  };
}

/** What went wrong and which setting mends it; never the provider's own words, which may repeat a key. */
function verdictOf(name: string, kind: FailureKind, { witnesses, embedding }: Partial<GatewayChoices>): string {
  const { provider, model } = modelName(name);
  const variables = VARIABLES[provider];
  const setting = witnesses === undefined ? "models.embeddings" : "models.witnesses";
  const isChat = witnesses === undefined && embedding === undefined;
  const where = isChat ? `${variables.model}, or models` : setting;
  const words: Readonly<Partial<Record<FailureKind, string>>> = {
    "refused-key": `the key is refused: correct ${variables.keys[0] ?? variables.baseUrl}`,
    "no-model": `there is no model "${model}": correct ${where} in default.yaml`,
    "rate-limited": "too many requests, or nothing left to spend: look at your account there",
    overloaded: "the provider has a fault of its own: try again later",
    connection: `it cannot be reached: look at the network, or ${variables.baseUrl}`,
    timeout: "no answer in time: raise models.timeout in default.yaml, or name a quicker model",
    refused: `the request is refused: does "${model}" take questions with a schema?`,
  };
  return words[kind] ?? "it answers, and not what was asked: name an abler model";
}

const nothing = (): void => undefined;
const silent: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };
const uncounted: Metrics = { count: nothing, observe: nothing };
const noLimit = (): Promise<undefined> => Promise.resolve(undefined);
const unlimited: Ledger = { reached: noLimit, reserve: noLimit, settle: nothing, committed: nothing };
