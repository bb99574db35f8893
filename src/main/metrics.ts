import type { Metrics } from "#core";
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";

export interface Reading {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface HouseMetrics extends Metrics {
  /** What stands somewhere, looked at whenever the metrics are read. */
  watch(name: string, labelNames: readonly string[], read: () => readonly Reading[]): void;
  text(): Promise<string>;
}

const MILLISECONDS = [0.5, 1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 10_000];

/** Prometheus metrics, made when first counted. Labels are verbs, kinds and outcomes: few, and never a guild's id. */
export function createMetrics(): HouseMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: "guildhall_" });
  const counters = new Map<string, Counter>();
  const histograms = new Map<string, Histogram>();

  function counterOf(name: string, labelNames: string[]): Counter {
    const known = counters.get(name);
    if (known !== undefined) return known;
    const made = new Counter({
      name: `guildhall_${name}_total`,
      help: name.replaceAll("_", " "),
      labelNames,
      registers: [registry],
    });
    counters.set(name, made);
    return made;
  }

  function histogramOf(name: string, labelNames: string[]): Histogram {
    const known = histograms.get(name);
    if (known !== undefined) return known;
    const made = new Histogram({
      name: `guildhall_${name}`,
      help: name.replaceAll("_", " "),
      labelNames,
      buckets: MILLISECONDS,
      registers: [registry],
    });
    histograms.set(name, made);
    return made;
  }

  return {
    count: (name, labels = {}, by = 1) => counterOf(name, Object.keys(labels)).inc(labels, by),
    observe: (name, milliseconds, labels = {}) => histogramOf(name, Object.keys(labels)).observe(labels, milliseconds),
    watch(name, labelNames, read) {
      new Gauge({
        ...{ name: `guildhall_${name}`, help: name.replaceAll("_", " "), labelNames: [...labelNames] },
        registers: [registry],
        collect() {
          this.reset();
          for (const { labels, value } of read()) this.set(labels, value);
        },
      });
    },
    text: () => registry.metrics(),
  };
}
