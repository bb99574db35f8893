import { join } from "node:path";
import { broken, type Clock, fine, type Finding, type Lists, type Log, weaker } from "#core";
import { createLists, type KeptLists, type ListState, readHead } from "../adapters/lists/index.ts";
import type { Policies, Settings } from "../config/index.ts";
import { systemClock } from "../adapters/memory/clock.ts";
import { createLog } from "./log.ts";
import { createMetrics, type HouseMetrics } from "./metrics.ts";

const HOUR = 3_600_000;

const folderOf = ({ dataDirectory }: Settings): string => join(dataDirectory, "lists");

interface Parts {
  readonly settings: Settings;
  readonly policies: Pick<Policies, "lists">;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: HouseMetrics;
}

/** The lists of default.yaml; their size and age are told with the metrics. */
export function openLists({ settings, policies, clock, log, metrics }: Parts): KeptLists {
  const lists = createLists({ sources: policies.lists, folder: folderOf(settings), clock, log, metrics });
  if (policies.lists.length === 0) return lists;
  const each = (value: (state: ListState) => number | undefined) => () =>
    lists.states().flatMap((state) => {
      const found = value(state);
      return found === undefined ? [] : [{ labels: { list: state.name }, value: found }];
    });
  metrics.watch(
    "list_entries",
    ["list"],
    each(({ entries }) => entries),
  );
  metrics.watch(
    "list_age_seconds",
    ["list"],
    each(({ at }) => at && (clock.now() - at) / 1_000),
  );
  return lists;
}

/** The lists as they were last read, for looking back: no address is asked. */
export async function lastLists({ settings, policies }: Pick<Parts, "settings" | "policies">): Promise<Lists> {
  const silent = { clock: systemClock, log: createLog("silent"), metrics: createMetrics() };
  const lists = openLists({ settings, policies, ...silent });
  await lists.open();
  await lists.close();
  return lists;
}

/** What the last good copies say of themselves; nobody's server is asked. */
export async function listFindings(settings: Settings, { lists }: Parts["policies"], now: number): Promise<Finding[]> {
  return Promise.all(lists.map(async (list) => finding(list, await readHead(folderOf(settings), list.name), now)));
}

type Head = Awaited<ReturnType<typeof readHead>>;

function finding({ name, from, everyMs }: Policies["lists"][number], head: Head, now: number): Finding {
  const about = `list ${name}`;
  if (head?.from !== from)
    return weaker(about, "was not read yet", `start the house; if this stays, look whether ${from} can be read`);
  const hours = Math.floor((now - head.at) / HOUR);
  const what = `${head.entries} entries, read ${hours === 0 ? "within the hour" : `${hours} h ago`}`;
  if (now - head.at <= 2 * everyMs) return fine(about, what);
  const fix = `look whether ${from} can be read; what it held then stays in force`;
  return now - head.at > 30 * 24 * HOUR ? broken(about, what, fix) : weaker(about, what, fix);
}
