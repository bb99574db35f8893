import type { Metrics } from "#core";
import type { FailureKind } from "../providers/failure.ts";
import { modelName, type Provider } from "../providers/names.ts";
import type { BreakerState } from "./line.ts";

/** How a provider has done since the house was opened; for the page and for `guildhall models`. */
export interface ProviderHealth {
  readonly provider: Provider;
  readonly models: readonly string[];
  readonly breaker: BreakerState;
  readonly answered: number;
  readonly failed: number;
  /** Of the last answers. */
  readonly medianMs?: number;
  readonly lastFailure?: { readonly kind: FailureKind; readonly at: number; readonly status?: number };
}

const LAST_ANSWERS = 100;

interface Count {
  answered: number;
  failed: number;
  milliseconds: number[];
  lastFailure?: ProviderHealth["lastFailure"];
}

export function createHealth(metrics: Metrics, now: () => number) {
  const counts = new Map<string, Count>();

  return {
    told(model: string, outcome: FailureKind | "answered", milliseconds: number, status?: number): void {
      const { provider } = modelName(model);
      metrics.count("llm_requests", { provider, outcome });
      metrics.observe("llm_request_ms", milliseconds, { provider });
      const count = counts.get(provider) ?? { answered: 0, failed: 0, milliseconds: [] };
      counts.set(provider, count);
      if (outcome === "answered") {
        count.answered += 1;
        count.milliseconds = [...count.milliseconds.slice(1 - LAST_ANSWERS), milliseconds];
        return;
      }
      count.failed += 1;
      count.lastFailure = { kind: outcome, at: now(), ...(status === undefined ? {} : { status }) };
    },
    of(provider: Provider, models: readonly string[], breaker: BreakerState): ProviderHealth {
      const { answered = 0, failed = 0, milliseconds = [], lastFailure } = counts.get(provider) ?? {};
      const sorted = [...milliseconds].sort((a, b) => a - b);
      const medianMs = sorted[sorted.length >> 1];
      return {
        ...{ provider, models, breaker, answered, failed },
        ...(medianMs === undefined ? {} : { medianMs }),
        ...(lastFailure === undefined ? {} : { lastFailure }),
      };
    },
  };
}
