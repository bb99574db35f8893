import type { Clock, Lists, Listed, Log, Metrics } from "#core";
import { errorFields, GuildhallError } from "#core";
import { type DomainSet, domainSet } from "#core/text/index";
import { type Copy, readCopy, versionOf, writeCopy } from "./copy.ts";
import { parseList } from "./parse.ts";
import { isAddress, readSource } from "./source.ts";

export { isTrusted } from "./source.ts";
export { readHead } from "./copy.ts";

/** One list: where it comes from (an address or a file), and how often that is looked at. */
export interface ListSource {
  readonly name: string;
  readonly from: string;
  readonly everyMs: number;
  readonly mostEntries: number;
}

export interface ListState {
  readonly name: string;
  readonly entries: number;
  /** When what is in force was read; absent where nothing ever was. */
  readonly at?: number;
  /** Why the latest try failed, where it did. */
  readonly trouble?: string;
}

export interface ListsOptions {
  readonly sources: readonly ListSource[];
  /** Where last good copies lie. */
  readonly folder: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}

export interface KeptLists extends Lists {
  /** Reads last good copies, and files; addresses whose time has come are asked afterwards, and nobody waits for them. */
  open(): Promise<void>;
  /** Asks one source now. Never throws: a source that fails leaves what was there. */
  refresh(name: string): Promise<void>;
  states(): readonly ListState[];
  close(): Promise<void>;
}

interface Held {
  readonly source: ListSource;
  set: DomainSet;
  version: string;
  at?: number;
  trouble?: string;
  timer?: NodeJS.Timeout;
  running?: Promise<void>;
}

const SOON_MS = 300_000;
const NOBODY = domainSet([]);

/** The house's lists of domains: kept in memory, asked for again from time to time, and never worse than the last good copy. */
export function createLists(options: ListsOptions): KeptLists {
  const { clock, folder, log, metrics } = options;
  const all = new Map(
    options.sources.map((source): [string, Held] => [source.name, { source, set: NOBODY, version: "" }]),
  );
  const ending = new AbortController();

  function listed(list: string, host: string): Listed {
    const { set, version } = all.get(list) ?? { set: NOBODY, version: "" };
    const entry = set.find(host);
    return entry === undefined ? { version } : { version, entry };
  }

  function take(held: Held, { at, version, hosts }: Copy): void {
    if (version !== held.version) held.set = domainSet(hosts);
    Object.assign(held, { at, version });
  }

  async function ask(held: Held): Promise<void> {
    const { name, from, mostEntries } = held.source;
    try {
      const hosts = await goodHosts(await readSource(from, ending.signal), mostEntries);
      const copy = { at: clock.now(), version: versionOf(hosts), hosts };
      take(held, copy);
      delete held.trouble;
      metrics.count("lists_read", { list: name, outcome: "done" });
      await writeCopy(folder, name, from, copy);
    } catch (error) {
      if (ending.signal.aborted) return;
      held.trouble = error instanceof GuildhallError ? error.message : (errorFields(error).code ?? "it cannot be read");
      metrics.count("lists_read", { list: name, outcome: "failed" });
      log.warn({ list: name, trouble: held.trouble }, "a list could not be read; what it held before stays in force");
    }
  }

  async function refresh(name: string): Promise<void> {
    const held = all.get(name);
    if (held === undefined || ending.signal.aborted) return;
    clearTimeout(held.timer);
    held.running ??= ask(held).finally(() => delete held.running);
    await held.running;
    planNext(held);
  }

  function planNext(held: Held): void {
    if (ending.signal.aborted) return;
    const { everyMs, name } = held.source;
    const wait = held.trouble === undefined ? (held.at ?? 0) + everyMs - clock.now() : Math.min(everyMs, SOON_MS);
    clearTimeout(held.timer);
    held.timer = setTimeout(() => void refresh(name), Math.min(Math.max(0, wait), 2 ** 31 - 1)).unref();
  }

  return {
    listed,
    refresh,
    async open() {
      for (const held of all.values()) {
        const copy = await readCopy(folder, held.source.name, held.source.from);
        if (copy !== undefined) take(held, copy);
        // A file is read at once: from the first message on it holds.
        if (copy === undefined && !isAddress(held.source.from)) await refresh(held.source.name);
        else planNext(held);
      }
    },
    states: () => [...all.values()].map(stateOf),
    async close() {
      ending.abort();
      for (const { timer } of all.values()) clearTimeout(timer);
      await Promise.all([...all.values()].flatMap(({ running }) => running ?? []));
    },
  };
}

/** A page that says "not found" is no list: what is mostly not made of domains is refused as a whole. */
async function goodHosts(text: string, mostEntries: number): Promise<readonly string[]> {
  const parsed = await parseList(text, mostEntries);
  if (parsed === "too-many") throw new GuildhallError("list.long", `it has more than ${mostEntries} entries`);
  const { hosts, skipped } = parsed;
  if (hosts.length === 0) throw new GuildhallError("list.empty", "it names no domain");
  if (skipped > hosts.length) throw new GuildhallError("list.odd", "most of it is no domain");
  return hosts;
}

function stateOf({ source, set, at, trouble }: Held): ListState {
  return {
    ...{ name: source.name, entries: set.size },
    ...(at !== undefined && { at }),
    ...(trouble !== undefined && { trouble }),
  };
}
