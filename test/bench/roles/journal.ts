import pg from "pg";
import type { CommitEntry, CommitGroup, Lease, Log, Store } from "#core";
import { createSeal, loadOrCreateKeys } from "../../../src/adapters/crypto/index.ts";
import { openStore } from "../../../src/adapters/postgres/index.ts";
import { createComposer } from "../../../src/flow/commit/compose.ts";
import { fetchNeeds } from "../../../src/flow/guild/state.ts";
import { Guilds } from "../../../src/flow/commit/guilds.ts";
import { answerQuestions, machineTime } from "./answering.ts";
import { quietEvents } from "../quiet-events.ts";
import { assemblePolicies } from "../../../src/main/assemble.ts";
import { createPlainTable, insertPlainly, type PlainEncoding } from "../plain-insert.ts";

/** `store.commit` alone, and a plain insert beside it, one after the other over one connection each. */
const GROUP = 512;
const quiet: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const dataDir = process.env.GUILDHALL_DATA!;
const { agents, policies } = await assemblePolicies(process.env);
const seal = createSeal(await loadOrCreateKeys(dataDir, {}));
const store: Store = await openStore({ dataDir, databaseUrl: process.env.DATABASE_URL, seal, log: quiet });
const lease: Lease = (await store.leases.take("bench", "bench", Date.now(), 3_600_000))!;
let plain: pg.Client | undefined;
let round = 0;

answerQuestions({ commits, inserts, describe: () => store.describe() }, async () => {
  await plain?.end();
  await store.close();
});

/** What the road would commit for these messages, decided by the agents as they are. */
async function composed(rows: number): Promise<readonly CommitEntry[]> {
  const compose = createComposer(agents, { record: "speaking", accepts: () => true });
  const guilds = new Guilds(store, agents, policies.policyFor);
  const entries: CommitEntry[] = [];
  for (const event of quietEvents(rows, round++)) {
    const state = await guilds.load(event.guildId, event.at);
    let made = compose({ event, receivedAt: event.at }, state);
    while ("needs" in made) {
      await fetchNeeds(state, store.guild(event.guildId), made.needs);
      made = compose({ event, receivedAt: event.at }, state);
    }
    entries.push(made.entry);
  }
  return entries;
}

async function commits({ rows }: { rows: number }): Promise<number> {
  const groups = inGroups(await composed(rows));
  const startedAt = machineTime();
  for (const group of groups) {
    const result = await store.commit(group);
    if (result.refusal !== undefined) throw new Error(`refused: ${JSON.stringify(result)}`);
  }
  return machineTime() - startedAt;
}

function inGroups(entries: readonly CommitEntry[]): CommitGroup[] {
  const groups: CommitGroup[] = [];
  for (let start = 0; start < entries.length; start += GROUP) {
    groups.push({ leases: [lease], entries: entries.slice(start, start + GROUP), checkpoints: [] });
  }
  return groups;
}

async function inserts({ rows, to, encoding }: { rows: number; to: pg.ClientConfig; encoding: PlainEncoding }) {
  if (plain === undefined) {
    plain = new pg.Client(to);
    await plain.connect();
    await createPlainTable(plain);
  }
  const groups = inGroups(await composed(rows));
  const startedAt = machineTime();
  for (const { entries } of groups) await insertPlainly(plain, entries, encoding);
  return machineTime() - startedAt;
}
