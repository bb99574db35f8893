import { createHash } from "node:crypto";
import { LLMock, type ChatCompletionRequest, type FixtureResponse } from "@copilotkit/aimock";
import type { Answer, Spending } from "#core";
import type { Provider } from "../../src/adapters/llm/index.ts";
import { createMetrics } from "../../src/main/metrics.ts";
import { CONTEXT, fails, MODELS, openGateway, question, says } from "./kit.ts";

/** What goes wrong with how many of a hundred requests: thirty of them. */
const FATES = [
  ["500", 6],
  ["529", 5],
  ["rate-limit", 5],
  ["cut", 5],
  ["malformed", 5],
  ["breaks-schema", 3],
  ["hang", 1],
] as const;
type Fate = (typeof FATES)[number][0] | "well";

const AT_ONCE = 40;
const PROVIDERS: readonly Provider[] = ["anthropic", "openai", "google-genai"];
/** Shorter than a hanging provider takes, and longer than a busy machine needs. */
const TIMEOUT_MS = 3_000;

export interface FaultRun {
  readonly answers: readonly Answer<unknown>[];
  /** Without those of the outage, in the order of the questions. */
  readonly drawn: readonly Answer<unknown>[];
  readonly spent: readonly Spending[];
  readonly answered: number;
  readonly slowestMs: number;
  /** How often which model truly answered, and so may charge. */
  readonly served: Readonly<Record<string, number>>;
  readonly requests: number;
  readonly faults: number;
  /** Of Prometheus: the lines about breakers. */
  readonly breakers: readonly string[];
  readonly ledger: ReturnType<typeof openGateway>;
  close(): void;
}

/**
 * Three providers, of whose answers thirty in a hundred go wrong: which ones follows from the seed, the provider, the question
 * and how often it was put, whatever the order in which requests arrive. Before, the first of them is away for a while.
 */
export async function runFaults(questions: number, seed: string): Promise<FaultRun> {
  const fakes = await Promise.all(PROVIDERS.map((provider) => faulty(provider, seed)));
  const metrics = createMetrics();
  const urls = Object.fromEntries(PROVIDERS.map((provider, index) => [provider, fakes[index]!.url]));
  const opened = openGateway({
    ...{ urls, metrics },
    // So many failures in a row never come of chance alone: the breaker opens where a provider is down, and only there.
    choices: { timeoutMs: TIMEOUT_MS, longestWaitMs: 200, breakAfter: 12, breakMs: 150, atOnce: 20 },
  });
  const put = (name: string) => opened.gateway.ask(question(`question ${name}.`), CONTEXT);
  const before = await outage(fakes[0]!, put, () => opened.gateway.health()[0]!.breaker);
  const drawn: Answer<unknown>[] = [];
  let next = 0;
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let nth = next++; nth < questions; nth = next++) drawn[nth] = await put(String(nth));
    }),
  );
  const answers = [...before, ...drawn];
  const spent = answers.flatMap(({ receipt }) => receipt!.spent);
  const served = Object.fromEntries(PROVIDERS.map((provider, index) => [MODELS[provider], fakes[index]!.served()]));
  return {
    ...{ answers, drawn, spent, served, ledger: opened },
    answered: answers.filter(({ ok }) => ok).length,
    slowestMs: Math.max(...answers.map(({ receipt }) => receipt!.milliseconds)),
    requests: fakes.reduce((sum, { requests }) => sum + requests(), 0),
    faults: fakes.reduce((sum, { faults }) => sum + faults(), 0),
    breakers: (await metrics.text()).split("\n").filter((line) => line.startsWith("guildhall_llm_breaker_total{")),
    close: () => fakes.forEach(({ close }) => close()),
  };
}

/** The provider is away until its breaker opens, and then back until the breaker has closed by itself. */
async function outage(
  fake: { readonly down: (isDown: boolean) => void },
  put: (name: string) => Promise<Answer<unknown>>,
  breaker: () => string,
): Promise<readonly Answer<unknown>[]> {
  const answers: Answer<unknown>[] = [];
  fake.down(true);
  while (breaker() !== "open") answers.push(await put(`while it is away ${answers.length}`));
  fake.down(false);
  while (breaker() !== "closed") answers.push(await put(`while it comes back ${answers.length}`));
  return answers;
}

async function faulty(provider: Provider, seed: string) {
  const mock = new LLMock({ port: 0, journalMaxEntries: 20_000 });
  const known = new WeakMap<ChatCompletionRequest, Fate>();
  const times = new Map<string, number>();
  const counts = { requests: 0, faults: 0, served: 0 };
  let isDown = false;

  function fateOf(request: ChatCompletionRequest): Fate {
    const before = known.get(request);
    if (before !== undefined) return before;
    const text = /question [\w ]+\./.exec(JSON.stringify(request.messages))?.[0] ?? "";
    const nth = (times.get(text) ?? 0) + 1;
    times.set(text, nth);
    const fate = isDown ? "500" : drawn(`${seed} ${provider} ${text} ${nth}`);
    known.set(request, fate);
    counts.requests += 1;
    if (fate !== "well") counts.faults += 1;
    if (fate === "well" || fate === "breaks-schema") counts.served += 1;
    return fate;
  }
  const on = (fate: Fate, answer: (request: ChatCompletionRequest) => FixtureResponse, chaos = {}): void => {
    mock.on({ predicate: (request) => fateOf(request) === fate }, answer, { chaos });
  };
  const well = (request: ChatCompletionRequest): FixtureResponse => says(request, { line: "well" });
  on("well", well);
  on("500", () => fails(500));
  on("529", () => fails(529));
  on("rate-limit", () => fails(429, 1));
  on("cut", well, { disconnectRate: 1 });
  on("malformed", well, { malformedRate: 1 });
  on("breaks-schema", (request) => says(request, { line: 7 }));
  on("hang", (request) => late(well(request)));
  const url = await mock.start();
  return {
    ...{ url, requests: () => counts.requests, faults: () => counts.faults, served: () => counts.served },
    down: (now: boolean) => void (isDown = now),
    close: () => void mock.stop(),
  };
}

/** The same words always draw the same fate. */
function drawn(words: string): Fate {
  let at = createHash("sha256").update(words).digest().readUInt32BE() % 100;
  for (const [fate, percent] of FATES) {
    if (at < percent) return fate;
    at -= percent;
  }
  return "well";
}

function late(response: FixtureResponse): FixtureResponse {
  const promise = new Promise((resolve) => setTimeout(() => resolve(response), 2 * TIMEOUT_MS).unref());
  return promise as unknown as FixtureResponse;
}
