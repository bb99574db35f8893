import { ConfigurationError } from "#core";

const MINIMUM_VERSION = 150_000;

/** What an operator can do about a database that does not open, in one line; a URL's password is never part of it. */
export function openingFailure(setting: string, error: unknown): ConfigurationError {
  if (error instanceof ConfigurationError) return error;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return new ConfigurationError(`${setting}: ${reasonOf(code, error)}`, { cause: error });
}

function reasonOf(code: string, error: unknown): string {
  switch (code) {
    case "28P01":
    case "28000":
      return "the database refused the user or the password";
    case "3D000":
      return "there is no database of that name on the server";
    case "42501":
      return "the user may not create tables there";
    case "53100":
    case "ENOSPC":
      return "the disk is full";
    case "53300":
      return "the database server has no connection left";
    case "ECONNREFUSED":
      return "nothing answers at that address";
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return "there is no host of that name";
    case "ETIMEDOUT":
      return "the database server does not answer";
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return "the folder cannot be written";
    case "ERR_INVALID_URL":
      return "this is no postgres:// address";
    default:
      return `the database cannot be opened (${code === "" ? firstLine(error) : code})`;
  }
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text
    .split("\n", 1)[0]!
    .replace(/\/\/[^@/\s]*@/, "//…@")
    .slice(0, 200);
}

export function assertVersion(setting: string, versionNumber: number, version: string): void {
  if (versionNumber >= MINIMUM_VERSION) return;
  throw new ConfigurationError(`${setting}: Postgres ${version} is too old, 15 is the least`);
}
