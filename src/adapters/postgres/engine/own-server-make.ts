import { randomBytes } from "node:crypto";
import { chownSync, existsSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ConfigurationError } from "#core";
import { serverFailure, writeConnection, type Place } from "./own-server-place.ts";
import { runProgram, type Account } from "./processes.ts";

const USER = "guildhall";
const DATABASE = "postgres";
/** A folder appears under its name only when it is whole: a start that was killed half-way begins anew. */
export async function initialise(place: Place): Promise<void> {
  const { data, binaries, account } = place;
  if (existsSync(join(data, "PG_VERSION"))) return assertMajor(data, binaries.major);
  const draft = `${data}.new`;
  const passwordFile = `${data}.password`;
  await rm(draft, { recursive: true, force: true });
  const password = randomBytes(24).toString("base64url");
  await mkdir(draft, { mode: 0o700 });
  await writeFile(passwordFile, password, { mode: 0o600 });
  give(draft, account);
  give(passwordFile, account);
  const args = ["-D", draft, "-U", USER, "--pwfile", passwordFile, "-A", "scram-sha-256", "-E", "UTF8", "--locale=C"];
  const { code, output } = await runProgram(binaries.initdb, args, { account });
  await rm(passwordFile, { force: true });
  if (code !== 0) throw serverFailure("cannot be made", output);
  await writeConnection(place, { host: "127.0.0.1", port: 0, user: USER, password, database: DATABASE });
  await rename(draft, data);
}

async function assertMajor(data: string, major: string): Promise<void> {
  const found = (await readFile(join(data, "PG_VERSION"), "utf8")).trim();
  if (found === major) return;
  const remedy = "see docs/database.md for moving it";
  throw new ConfigurationError(
    `${data} (GUILDHALL_DATA) was made by Postgres ${found}, this build brings ${major}: ${remedy}`,
  );
}

function give(path: string, account: Account | undefined): void {
  if (account !== undefined) chownSync(path, account.uid, account.gid);
}
