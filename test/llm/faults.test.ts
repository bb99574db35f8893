import { afterAll, expect, it } from "vitest";
import type { Answer, CommitEntry, HouseWrite } from "#core";
import type { Provider } from "../../src/adapters/llm/index.ts";
import { entry, message } from "../contracts/store.kit.ts";
import { CONTEXT, COST, fakeProvider, GUILD, MODELS, openGateway, question, says } from "./kit.ts";

const QUESTIONS = 1_000;
const AT_ONCE = 40;
const PROVIDERS: readonly Provider[] = ["anthropic", "openai", "google-genai"];
const closers: (() => unknown)[] = [];
afterAll(() => {
  for (const close of closers) close();
});

const CHAOS = { dropRate: 0.07, malformedRate: 0.06, rateLimitRate: 0.06, disconnectRate: 0.07 };
/** So many failures in a row never come of chance alone: the breaker opens where a provider is down, and only there. */
const BREAK_AFTER = 12;

/** 30 % of what each provider is asked goes wrong: 500s, rate limits, cut connections, JSON nobody can read, wrong schemas. */
async function faulty() {
  let unfit = 0;
  const provider = await fakeProvider((request, nth) =>
    nth % 14 === 13 ? (unfit++, says(request, { line: 7 })) : says(request, { line: "well" }),
  );
  closers.push(provider.close);
  provider.mock.setChaos(CHAOS);
  return { ...provider, unfit: () => unfit };
}

it(`with faults in 30 % of three providers' answers, ${QUESTIONS} questions are answered, and each request is booked once`, async () => {
  const fakes = await Promise.all(PROVIDERS.map(faulty));
  const urls = Object.fromEntries(PROVIDERS.map((provider, index) => [provider, fakes[index]!.url]));
  // A fake's rate limit asks for a second; one that is waited for a thousand times would make this a slow test.
  const choices = { longestWaitMs: 200, breakAfter: BREAK_AFTER, breakMs: 150, atOnce: 20 };
  const { gateway, counts, store } = openGateway({ urls, choices });
  const answers: Answer<unknown>[] = [];
  let next = 0;
  const askUntil = async (count: number, atOnce: number): Promise<void> => {
    const worker = async (): Promise<void> => {
      for (let index = next++; index < count; index = next++)
        answers[index] = await gateway.ask(question(`question ${index}`), CONTEXT);
      next--;
    };
    await Promise.all(Array.from({ length: atOnce }, worker));
  };
  // The first provider is down for a while: its breaker opens, and closes again by itself.
  fakes[0]!.mock.setChaos({ dropRate: 1 });
  await askUntil(BREAK_AFTER, 1);
  fakes[0]!.mock.setChaos({});
  await expect
    .poll(async () => (await askUntil(answers.length + 1, 1), breakerStates(counts)), { interval: 50, timeout: 10_000 })
    .toEqual(["closed", "half-open", "open"]);
  fakes[0]!.mock.setChaos(CHAOS);
  await askUntil(answers.length + QUESTIONS, AT_ONCE);

  const answered = answers.filter(({ ok }) => ok);
  expect(answered.length / answers.length).toBeGreaterThanOrEqual(0.97);
  for (const answer of answers)
    if (!answer.ok) expect(answer).toMatchObject({ code: "llm.exhausted", why: "all-failed" });
  expect(Math.max(...answers.map(({ receipt }) => receipt!.milliseconds))).toBeLessThan(20_000);

  // Exactly what the providers answered is in the receipts: no request twice, none left out.
  const served = fakes.reduce((sum, { requests }) => sum + requests(), 0);
  const spent = answers.flatMap(({ receipt }) => receipt!.spent);
  expect(spent.filter(({ estimated }) => estimated !== true)).toHaveLength(served);
  const broken = fakes.reduce((sum, { unfit }) => sum + unfit(), 0);
  expect(served).toBe(answered.length + broken);

  const lease = (await store.leases.take("shard", "me", Date.now(), 60_000))!;
  const entries = answers.map(({ receipt }, index): CommitEntry => {
    const house: HouseWrite[] = receipt!.spent.map((one) => ({ write: "spending.book", agent: "tester", spent: one }));
    return entry(message(GUILD, `e${index}`, "hi", 1_790_000_000_000), { house });
  });
  expect(await store.commit({ leases: [lease], entries, checkpoints: [] })).toMatchObject({ ready: [] });
  expect(await store.commit({ leases: [lease], entries, checkpoints: [] })).toMatchObject({ refusal: "duplicate" });
  const books = await store.guild(GUILD).spending({ from: 0, to: Number.MAX_SAFE_INTEGER });
  expect(books.reduce((sum, { calls }) => sum + calls, 0)).toBe(spent.length);
  const exact = spent.filter(({ estimated }) => estimated !== true).length * COST;
  const guessed = spent.filter(({ estimated }) => estimated === true).reduce((sum, one) => sum + one.microdollars, 0);
  expect(books.reduce((sum, { microdollars }) => sum + microdollars, 0)).toBe(exact + guessed);

  expect(gateway.health().map(({ provider }) => MODELS[provider])).toEqual(PROVIDERS.map((name) => MODELS[name]));
}, 60_000);

function breakerStates(counts: ReadonlyMap<string, number>): readonly (string | undefined)[] {
  const breakers = [...counts.keys()].filter((key) => key.startsWith("llm_breaker"));
  return [...new Set(breakers.map((key) => /"state":"([a-z-]+)"/.exec(key)?.[1]))].sort();
}
