import {
  BrokenCircuitError,
  bulkhead,
  BulkheadRejectedError,
  circuitBreaker,
  type CircuitBreakerPolicy,
  CircuitState,
  ConsecutiveBreaker,
  DelegateBackoff,
  handleWhen,
  retry,
  TaskCancelledError,
  timeout,
  TimeoutStrategy,
} from "cockatiel";
import type { Metrics } from "#core";
import { failureOf, isRetryable, isStopped, isTripping, ModelFailure } from "../providers/failure.ts";
import type { Provider } from "../providers/names.ts";

export interface LineChoices {
  /** One request is given up after so long. */
  readonly timeoutMs: number;
  /** How often more a request is sent where the provider says that it helps. */
  readonly retries: number;
  /** Before the first of them; then twice as long each. A provider that names a time is waited for that long. */
  readonly firstWaitMs: number;
  /** A provider that asks for a longer wait than this is left for the next one. */
  readonly longestWaitMs: number;
  readonly atOnce: number;
  /** So many failures in a row open the breaker … */
  readonly breakAfter: number;
  /** … for so long; then one request tries whether the provider is back. */
  readonly breakMs: number;
}

export type BreakerState = "closed" | "open" | "half-open";

/** The line to one provider: every request to it, of whatever model and guild, goes through here. */
export interface Line {
  readonly state: BreakerState;
  /** Sends until it is answered, not worth sending again, or stopped. Rejects with a ModelFailure. */
  request<T>(send: (signal: AbortSignal) => Promise<T>, stop: AbortSignal): Promise<T>;
}

const WAITING_AT_MOST = 200;

export function createLine(provider: Provider, choices: LineChoices, metrics: Metrics): Line {
  const again = retry(
    handleWhen((error) => isRetryable(error) && (error.retryAfterMs ?? 0) <= choices.longestWaitMs),
    { maxAttempts: choices.retries, backoff: new DelegateBackoff((context) => waitAfter(context, choices)) },
  );
  const inARow = new ConsecutiveBreaker(choices.breakAfter);
  // A try that was stopped before it was answered does not show that the provider is back.
  const isUnproved = (error: Error): boolean => breaker.state === CircuitState.HalfOpen && isStopped(error);
  const breaker: CircuitBreakerPolicy = circuitBreaker(
    handleWhen((error) => isTripping(error) || isUnproved(error)),
    { halfOpenAfter: choices.breakMs, breaker: inARow },
  );
  const places = bulkhead(choices.atOnce, WAITING_AT_MOST);
  const time = timeout(choices.timeoutMs, TimeoutStrategy.Aggressive);
  breaker.onStateChange((state) => {
    metrics.count("llm_breaker", { provider, state: STATES[state] ?? "open" });
    // A refusal shows that somebody is there: it closes the breaker without ending the row.
    if (state === CircuitState.Closed) inARow.success();
  });

  async function once<T>(send: (signal: AbortSignal) => Promise<T>, stop: AbortSignal): Promise<T> {
    if (stop.aborted) throw new ModelFailure("stopped");
    try {
      return await time.execute(({ signal }) => send(signal), stop);
    } catch (error) {
      if (stop.aborted) throw new ModelFailure("stopped");
      throw error instanceof TaskCancelledError ? new ModelFailure("timeout") : failureOf(error);
    }
  }

  return {
    get state() {
      return STATES[breaker.state] ?? "open";
    },
    async request(send, stop) {
      try {
        return await again.execute(() => breaker.execute(() => places.execute(() => once(send, stop))), stop);
      } catch (error) {
        if (error instanceof BrokenCircuitError) throw new ModelFailure("breaker-open");
        if (error instanceof BulkheadRejectedError) throw new ModelFailure("busy");
        throw failureOf(error);
      }
    },
  };
}

const STATES: Readonly<Partial<Record<CircuitState, BreakerState>>> = {
  [CircuitState.Closed]: "closed",
  [CircuitState.Open]: "open",
  [CircuitState.HalfOpen]: "half-open",
};

/** As long as the provider asks for, else doubling; a little apart from others that wait for the same provider. */
function waitAfter(context: { attempt: number; result: object }, { firstWaitMs, longestWaitMs }: LineChoices): number {
  const error = "error" in context.result ? context.result.error : undefined;
  const asked = error instanceof ModelFailure ? error.retryAfterMs : undefined;
  const wait = asked ?? Math.min(firstWaitMs * 2 ** (context.attempt - 1), longestWaitMs);
  return wait + Math.random() * (asked === undefined ? wait : firstWaitMs);
}
