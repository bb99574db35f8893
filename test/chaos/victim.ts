import { readFileSync } from "node:fs";
import { join } from "node:path";
import { canonical, type KillPoint, type KillSwitch, type Store } from "#core";
import { assembleHouse } from "../../src/main/assemble.ts";
import { openHouse } from "../../src/main/house.ts";

/** The house as it ships, with a switch at the named places: at the n-th passing of one of them the process is gone. */
const [point, count] = (process.env.CHAOS_KILL ?? ":0").split(":") as [KillPoint, string];
const alsoDatabase = process.env.CHAOS_KILL_DATABASE === "1";
let left = Number(count);

const killSwitch: KillSwitch = {
  pass(passed) {
    if (passed !== point || --left !== 0) return;
    if (alsoDatabase) killPostmaster();
    process.kill(process.pid, "SIGKILL");
  },
};

function killPostmaster(): void {
  const pidFile = join(process.env.GUILDHALL_DATA!, "postgres", "data", "postmaster.pid");
  process.kill(Number(readFileSync(pidFile, "utf8").split("\n")[0]), "SIGKILL");
}

const parts = await assembleHouse(process.env, {}, killSwitch);
let store: Store | undefined;
const house = await openHouse({
  ...parts,
  openStore: async () => {
    const opened = await parts.openStore();
    store = opened.store;
    return opened;
  },
});
await untilReady(new URL("/readyz", house.url));
process.send!({ is: "open", url: house.url });
void house.ended.then((error) => {
  process.send!({ is: "ended", code: error.code });
  process.exit(1);
});

process.on("message", (question: { ask: string; id: number; guildId: string; eventIds?: string[] }) => {
  void answer(question).then(
    (value) => process.send!({ is: "answer", id: question.id, value }),
    (error: unknown) => process.send!({ is: "answer", id: question.id, failed: String(error) }),
  );
});
// The parent is gone: so are we.
process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));

async function answer({
  ask,
  guildId,
  eventIds = [],
}: {
  ask: string;
  guildId: string;
  eventIds?: string[];
}): Promise<unknown> {
  if (ask === "rest") return atRest(guildId, eventIds);
  if (ask === "dump") return dump(guildId);
  if (ask === "unrest") return unrest(guildId, eventIds);
  if (ask === "close") return house.close().then(() => process.disconnect());
  throw new Error(`unknown question ${ask}`);
}

/** Before the gateway has greeted a first session, what is said in the guild is nobody's to deliver. */
async function untilReady(url: URL): Promise<void> {
  while (!(await fetch(url)).ok) await new Promise((resolve) => setTimeout(resolve, 5));
}

/** Everything that was brought is in the journal, and nothing is on its way any more. */
async function atRest(guildId: string, eventIds: readonly string[]): Promise<boolean> {
  const seen = await store!.seen(eventIds);
  if (seen.size < eventIds.length) return false;
  const guild = store!.guild(guildId);
  const open = await Promise.all((["waiting", "leased", "blocked"] as const).map((status) => guild.orders(status, 1)));
  const waiting = await store!.inbox.waiting(1);
  return open.every((orders) => orders.length === 0) && waiting.length === 0;
}

/** What keeps the house from resting, for whoever reads the failure. */
async function unrest(guildId: string, eventIds: readonly string[]): Promise<unknown> {
  const seen = await store!.seen(eventIds);
  const guild = store!.guild(guildId);
  const open = await Promise.all((["waiting", "leased", "blocked"] as const).map((status) => guild.orders(status, 3)));
  return { unseen: eventIds.filter((id) => !seen.has(id)), open: open.flat(), inbox: await store!.inbox.waiting(5) };
}

async function dump(guildId: string): Promise<unknown> {
  const guild = store!.guild(guildId);
  const everything = { from: 0, to: Number.MAX_SAFE_INTEGER };
  const rows = [];
  for await (const row of guild.journal(everything)) rows.push(row);
  const decisions = [];
  for await (const decision of guild.decisions(everything)) decisions.push(decision);
  const [totals, cases, orders, approvals] = await Promise.all([
    guild.allTotals(),
    guild.cases({ limit: 1_000 }),
    guild.orders("any", 5_000),
    guild.approvals("any", 1_000),
  ]);
  return JSON.parse(canonical({ rows, decisions, totals, cases, orders, approvals })) as unknown;
}
