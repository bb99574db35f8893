import type { Answer, Receipt } from "#core";

const ENTRIES_AT_MOST = 1_000;

/**
 * The same question within a short time is asked once: whoever comes while it is being asked waits for the same answer,
 * whoever comes soon after gets it again, and both for nothing. Only answers are kept, never the lack of one.
 */
export function createReuse(keepMs: number, now: () => number) {
  const entries = new Map<string, { readonly until: number; readonly answer: Promise<Answer<unknown>> }>();

  function forgetOld(): void {
    for (const [key, { until }] of entries) {
      if (until > now() && entries.size <= ENTRIES_AT_MOST) return;
      entries.delete(key);
    }
  }

  return async function reuse(key: string, ask: () => Promise<Answer<unknown>>): Promise<Answer<unknown>> {
    const startedAt = now();
    const known = entries.get(key);
    if (known !== undefined && known.until > startedAt) return again(await known.answer, startedAt, now());
    const asking = ask();
    // While it is under way it is nobody's to forget; then it stays for as long as was chosen.
    entries.set(key, { until: Infinity, answer: asking });
    try {
      const answer = await asking;
      entries.delete(key);
      if (answer.ok && keepMs > 0) entries.set(key, { until: now() + keepMs, answer: asking });
      forgetOld();
      return answer;
    } catch (error) {
      entries.delete(key);
      throw error;
    }
  };
}

function again(answer: Answer<unknown>, from: number, to: number): Answer<unknown> {
  if (answer.receipt === undefined) return answer;
  const receipt: Receipt = { promptHash: answer.receipt.promptHash, milliseconds: to - from, reused: true, spent: [] };
  return { ...answer, receipt };
}
