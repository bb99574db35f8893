import { z } from "zod";

const MILLISECONDS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
const DURATION = /^(\d{1,9})(ms|s|m|h|d)$/;

/** "90s", "10m", "24h": a length of time as people write it, in milliseconds for us. */
export const duration = z
  .string()
  // Without an abort, what compares durations would complain of a value that is none.
  .regex(DURATION, { error: "a duration such as 90s, 10m or 24h", abort: true })
  .transform((text) => {
    const [, amount, unit] = DURATION.exec(text)!;
    return Number(amount) * MILLISECONDS[unit as keyof typeof MILLISECONDS];
  });
