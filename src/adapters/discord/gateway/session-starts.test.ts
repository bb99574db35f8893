import { expect, it } from "vitest";
import type { Log } from "#core";
import { createSessionStarts } from "./session-starts.ts";

const nothing = () => undefined;
const DAY = 86_400_000;

function starts(remaining: number, after: readonly number[]) {
  let now = 0;
  const waits: number[] = [];
  const lines: string[] = [];
  const limit = (left: number, resetAfter: number) => ({
    total: 1_000,
    remaining: left,
    reset_after: resetAfter,
    max_concurrency: 1,
  });
  const answers = [...after];
  const log: Log = { debug: nothing, info: nothing, warn: nothing, error: (_fields, line) => void lines.push(line) };
  const budget = createSessionStarts({
    limit: limit(remaining, 5_000),
    now: () => now,
    ask: () => Promise.resolve(limit(answers.shift()!, DAY)),
    wait: (milliseconds, signal) => {
      waits.push(milliseconds);
      now += milliseconds;
      return signal.aborted ? Promise.reject(signal.reason as Error) : Promise.resolve();
    },
    log,
  });
  return { budget, waits, lines };
}

const open = new AbortController().signal;

it("lets as many through as Discord allows, then waits and asks again", async () => {
  const { budget, waits, lines } = starts(2, [1, 1]);
  for (let session = 0; session < 4; session += 1) await budget.take(open);
  expect(waits).toEqual([5_000, DAY]);
  expect(new Set(lines)).toEqual(new Set(["Discord allows no more new sessions today: waiting until it does"]));
});

it("goes on waiting where Discord still allows none", async () => {
  const { budget, waits } = starts(0, [0, 0, 1]);
  await budget.take(open);
  expect(waits).toEqual([5_000, DAY, DAY]);
});

it("gives up with its signal", async () => {
  const { budget } = starts(0, [1]);
  await expect(budget.take(AbortSignal.abort(new Error("left")))).rejects.toThrow("left");
});
