/**
 * The first answer of a chain of attempts, each begun when the one before has failed, or, with `hedgeAfterMs`, when it is
 * late: then both run, and whoever is first stops the other. Undefined where all failed.
 */
export async function firstOf<T>(
  attempts: readonly ((stop: AbortSignal) => Promise<T | undefined>)[],
  stop: AbortSignal,
  hedgeAfterMs?: number,
): Promise<T | undefined> {
  const settled = new AbortController();
  const signal = AbortSignal.any([stop, settled.signal]);
  let next = 0;
  let running = 0;
  return new Promise<T | undefined>((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    const finish = (answer: T | undefined): void => {
      clearTimeout(timer);
      settled.abort();
      resolve(answer);
    };
    const begin = (): void => {
      const attempt = attempts[next++];
      if (attempt === undefined || signal.aborted) {
        if (running === 0) finish(undefined);
        return;
      }
      running += 1;
      clearTimeout(timer);
      if (hedgeAfterMs !== undefined && next < attempts.length) timer = setTimeout(begin, hedgeAfterMs);
      void attempt(signal)
        .catch(() => undefined)
        .then((answer) => {
          running -= 1;
          if (answer === undefined) begin();
          else finish(answer);
        });
    };
    begin();
  });
}
