import { chmodSync } from "node:fs";
import { readFile, rename, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { z } from "zod";
import { ConfigurationError, type Log } from "#core";
import {
  blockedAt,
  findBinaries,
  firstLine,
  impossible,
  serverAccount,
  type Binaries,
  type Possible,
} from "./binaries.ts";
import type { Account } from "./processes.ts";

const connectionSchema = z.object({
  host: z.string(),
  port: z.number(),
  user: z.string(),
  password: z.string(),
  database: z.string(),
});
export type Connection = z.infer<typeof connectionSchema>;

export interface Place {
  readonly root: string;
  readonly data: string;
  readonly binaries: Binaries;
  readonly account: Account | undefined;
  readonly log: Log;
}

/** Whether a server of our own can run here, looked at before anything is started. */
export async function ownServerPlace(dataDir: string, log: Log): Promise<Possible<Place>> {
  const root = resolve(dataDir, "postgres");
  const data = join(root, "data");
  const account = serverAccount(data);
  if (!account.ok) return account;
  if (account.value !== undefined) {
    const wall = blockedAt(resolve(dataDir), account.value);
    if (wall !== undefined) return impossible(`root may not run Postgres, and nobody else may enter ${wall}`);
  }
  const binaries = await findBinaries(account.value);
  if (!binaries.ok) return binaries;
  return { ok: true, value: { root, data, binaries: binaries.value, account: account.value, log } };
}

function connectionFile(place: Place): string {
  return join(place.root, "connection.json");
}

export async function readConnection(place: Place): Promise<Connection> {
  try {
    return connectionSchema.parse(JSON.parse(await readFile(connectionFile(place), "utf8")));
  } catch (cause) {
    throw new ConfigurationError(`${connectionFile(place)} (GUILDHALL_DATA) is missing, damaged or not ours to read`, {
      cause,
    });
  }
}

export async function writeConnection(place: Place, connection: Connection): Promise<void> {
  const draft = `${connectionFile(place)}.new`;
  await writeFile(draft, `${JSON.stringify(connection)}\n`, { mode: 0o600, flush: true });
  chmodSync(draft, 0o600);
  await rename(draft, connectionFile(place));
}

export function serverFailure(what: string, output: string): ConfigurationError {
  const reason = isFull(output) ? "the disk is full" : firstLine(output.split("FATAL:").at(-1)!);
  return new ConfigurationError(`our own Postgres server (GUILDHALL_DATA) ${what}: ${reason}`, {
    cause: new Error(output),
  });
}

export function isFull(output: string): boolean {
  return /No space left on device|disk is full/i.test(output);
}
