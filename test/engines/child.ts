import { createInterface } from "node:readline";
import type { Store } from "#core";
import { createSeal } from "../../src/adapters/crypto/index.ts";
import { openStore } from "../../src/adapters/postgres/index.ts";
import { entry, message } from "../contracts/store.kit.ts";

/** A process with a store, told what to do line by line; it answers each line with one line of JSON. */
const say = (answer: unknown) => process.stdout.write(`${JSON.stringify(answer)}\n`);
const warnings: string[] = [];
const nothing = () => undefined;
const log = {
  debug: nothing,
  info: nothing,
  error: nothing,
  warn: (_: object, text: string) => void warnings.push(text),
};
const seal = createSeal({ current: "test", keys: { test: Buffer.alloc(32, 7) } });
const engine = (process.env["ENGINE"] ?? "auto") as "auto" | "embedded" | "pglite";

async function commit(store: Store, id: string): Promise<string> {
  const now = Date.UTC(2026, 10, 3);
  const lease = await store.leases.take(`shard:${process.pid}`, "child", now, 1000);
  const group = { leases: [lease!], entries: [entry(message("guild", id, "hello", now))], checkpoints: [] };
  return (await store.commit(group)).refusal ?? "committed";
}

try {
  const store = await openStore({ dataDir: process.env["DATA"]!, seal, log, engine });
  say({ ...(await store.describe()), warnings });
  for await (const line of createInterface({ input: process.stdin })) {
    const [verb, id] = line.split(" ") as [string, string];
    if (verb === "commit") {
      say(await commit(store, id).catch(() => "unreachable"));
    } else if (verb === "count") {
      say((await store.guild("guild").latest({ limit: 999 })).length);
    } else {
      await store.close();
      say("closed");
      break;
    }
  }
} catch (error) {
  say({ failed: (error as Error).name, message: (error as Error).message });
}
process.exit(0);
