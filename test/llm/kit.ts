import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LLMock, type ChatCompletionRequest, type FixtureResponse } from "@copilotkit/aimock";
import { z } from "zod";
import type { AskContext, Log, Metrics, Question } from "#core";
import { createMemoryStore } from "../../src/adapters/memory/store/index.ts";
import {
  createGateway,
  createLedger,
  loadPrompts,
  modelName,
  type Access,
  type GatewayChoices,
  type GuildBudget,
  type LimitName,
  type ModelGateway,
  type Plan,
  type Provider,
} from "../../src/adapters/llm/index.ts";

export const CANARY = "sk-canary-7d1f0c9ab2e84411";
export const MODELS: Readonly<Record<Provider, string>> = {
  anthropic: "anthropic:claude-haiku-4-5",
  openai: "openai:gpt-5-mini",
  "google-genai": "google-genai:gemini-2.5-flash",
  ollama: "ollama:llama3.2",
};
export const GUILD = "80100000000000001";
export const CONTEXT: AskContext = { guildId: GUILD, agent: "tester", priority: "medium" };
export const lineSchema = z.strictObject({ line: z.string().min(1).max(200) });

export function question(text: string): Question<z.infer<typeof lineSchema>> {
  return { prompt: "tester/line", variables: { text }, schema: lineSchema };
}

/** Tokens that every answer of the fake is said to have cost. */
export const USAGE = { in: 100, out: 10 };
export const PRICE = { in: 2, out: 5 };
export const COST = USAGE.in * PRICE.in + USAGE.out * PRICE.out;

/** An answer in the form the request asks for: a call of its tool, or text. */
export function says(request: ChatCompletionRequest, value: unknown): FixtureResponse {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  const usage = {
    input_tokens: USAGE.in,
    output_tokens: USAGE.out,
    prompt_tokens: USAGE.in,
    completion_tokens: USAGE.out,
  };
  const [tool] = request.tools ?? [];
  if (tool === undefined || typeof value === "string") return { content: text, usage };
  return { toolCalls: [{ name: tool.function.name, arguments: text }], usage };
}

export const fails = (status: number, retryAfter?: number): FixtureResponse =>
  ({
    error: { message: `no: ${CANARY}`, type: "some_error" },
    status,
    ...(retryAfter === undefined ? {} : { retryAfter }),
  }) as FixtureResponse;

/** A fake provider that answers as told, request by request. */
export async function fakeProvider(answer: (request: ChatCompletionRequest, nth: number) => FixtureResponse) {
  const mock = new LLMock({ port: 0, journalMaxEntries: 20_000 });
  let nth = 0;
  mock.on({}, (request) => answer(request, nth++));
  const url = await mock.start();
  // Its end waits for connections that clients keep alive: nobody needs to wait for that.
  return { mock, url, requests: () => nth, close: () => void mock.stop() };
}

export function accessTo(provider: Provider, url: string): Access {
  return { key: CANARY, baseUrl: provider === "openai" ? `${url}/v1` : url };
}

export interface Lines {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly lines: string[];
  readonly counts: Map<string, number>;
}

export function recorders(): Lines {
  const lines: string[] = [];
  const counts = new Map<string, number>();
  const line = (fields: object, message: string): void => void lines.push(`${JSON.stringify(fields)} ${message}`);
  return {
    ...{ lines, counts, log: { debug: line, info: line, warn: line, error: line } },
    metrics: {
      count: (name, labels = {}, by = 1) => {
        const key = `${name} ${JSON.stringify(labels)}`;
        counts.set(key, (counts.get(key) ?? 0) + by);
      },
      observe: () => undefined,
    },
  };
}

const PROMPT = "---\ndescription: a line\nvariables:\n  text: { tokens: 400 }\n---\n\nAnswer with one line.\n";

/** A folder of prompts with the one the tests ask. */
export function promptFolder(text = PROMPT): string {
  const folder = mkdtempSync(join(tmpdir(), "guildhall-prompts-"));
  mkdirSync(join(folder, "tester"));
  writeFileSync(join(folder, "tester", "line.md"), text);
  return folder;
}

export interface GatewayWishes {
  readonly urls: Readonly<Partial<Record<Provider, string>>>;
  readonly chain?: readonly string[];
  readonly choices?: Partial<GatewayChoices>;
  readonly plan?: Plan;
  readonly budget?: GuildBudget;
  readonly now?: () => number;
  readonly metrics?: Metrics;
}

const NO_LIMIT = -1;

export function openGateway(wishes: GatewayWishes) {
  const recorded = recorders();
  const store = createMemoryStore();
  const limits: (readonly [string, LimitName])[] = [];
  const now = wishes.now ?? Date.now;
  const providers = Object.keys(wishes.urls) as Provider[];
  const chain = wishes.chain ?? providers.map((provider) => MODELS[provider]);
  const ledger = createLedger({
    ...{ store, now },
    plan: wishes.plan ?? { servers: NO_LIMIT, members: NO_LIMIT, callsPerMonth: NO_LIMIT },
    budgetOf: async () =>
      wishes.budget ?? { callsPerMonth: NO_LIMIT, dollarsPerDay: NO_LIMIT, dollarsPerMonth: NO_LIMIT },
  });
  const gateway: ModelGateway = createGateway({
    ...{
      ledger,
      now,
      log: recorded.log,
      metrics: wishes.metrics ?? recorded.metrics,
      prompts: loadPrompts(promptFolder()),
    },
    choices: {
      chains: { small: chain, large: chain },
      witnesses: [],
      access: Object.fromEntries(providers.map((provider) => [provider, accessTo(provider, wishes.urls[provider]!)])),
      prices: Object.fromEntries(chain.map((name) => [name, PRICE])),
      ...{ deadlineMs: 20_000, timeoutMs: 2_000, retries: 2, firstWaitMs: 20, longestWaitMs: 1_500, atOnce: 16 },
      ...{ breakAfter: 5, breakMs: 200, reuseMs: 60_000, maxTokens: 500 },
      ...wishes.choices,
    },
    onLimit: (guildId, limit) => limits.push([guildId, limit]),
  });
  return { gateway, ledger, store, limits, ...recorded, provider: (name: string) => modelName(name).provider };
}
