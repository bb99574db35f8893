import { afterAll, expect, it } from "vitest";
import type { CommitEntry, HouseWrite } from "#core";
import { entry, message } from "../contracts/store.kit.ts";
import { runFaults, type FaultRun } from "./faults.ts";
import { COST, GUILD } from "./kit.ts";

const QUESTIONS = 1_000;
let run: FaultRun | undefined;
afterAll(() => run?.close());

it(`with faults in 30 % of three providers' answers, ${QUESTIONS} questions are answered, and each request is booked once`, async () => {
  run = await runFaults(QUESTIONS, "guildhall");
  const { answers, spent, served } = run;
  expect(run.faults / run.requests).toBeGreaterThanOrEqual(0.28);

  expect(run.answered / answers.length).toBeGreaterThanOrEqual(0.97);
  for (const answer of answers)
    if (!answer.ok) expect(answer).toMatchObject({ code: "llm.exhausted", why: "all-failed" });
  expect(run.slowestMs).toBeLessThan(20_000);

  // Each answer a provider gave is in one receipt: as counted by it, or by our own count where it came too late.
  for (const [model, times] of Object.entries(served)) {
    const own = spent.filter((one) => one.model === model);
    const counted = own.filter(({ estimated }) => estimated !== true);
    expect(counted.length).toBeLessThanOrEqual(times);
    expect(own.length).toBeGreaterThanOrEqual(times);
    for (const one of counted) expect(one.microdollars).toBe(COST);
  }
  expect(spent.length).toBeLessThanOrEqual(run.requests);

  const { store } = run.ledger;
  const lease = (await store.leases.take("shard", "me", Date.now(), 60_000))!;
  const entries = answers.map(({ receipt }, index): CommitEntry => {
    const house: HouseWrite[] = receipt!.spent.map((one) => ({ write: "spending.book", agent: "tester", spent: one }));
    return entry(message(GUILD, `e${index}`, "hi", 1_790_000_000_000), { house });
  });
  expect(await store.commit({ leases: [lease], entries, checkpoints: [] })).toMatchObject({ ready: [] });
  expect(await store.commit({ leases: [lease], entries, checkpoints: [] })).toMatchObject({ refusal: "duplicate" });
  const books = await store.guild(GUILD).spending({ from: 0, to: Number.MAX_SAFE_INTEGER });
  expect(books.reduce((sum, { calls }) => sum + calls, 0)).toBe(spent.length);
  const total = spent.reduce((sum, one) => sum + one.microdollars, 0);
  expect(books.reduce((sum, { microdollars }) => sum + microdollars, 0)).toBe(total);

  // An outage is seen where the operator looks, and its end as well.
  for (const state of ["open", "half-open", "closed"])
    expect(run.breakers).toContainEqual(expect.stringContaining(`provider="anthropic",state="${state}"`));
}, 60_000);
