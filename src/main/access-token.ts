import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigurationError } from "#core";

/** Made once, readable by the owner of the data folder only. */
export function accessToken(dataDir: string): string {
  const file = join(dataDir, "access-token");
  if (existsSync(file)) return readFileSync(file, "utf8").trim();
  try {
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(file, randomBytes(24).toString("base64url"), { mode: 0o600 });
  } catch (cause) {
    throw new ConfigurationError(
      `${dataDir}: the access token cannot be written; set GUILDHALL_DATA to a folder that can`,
      { cause },
    );
  }
  return readFileSync(file, "utf8").trim();
}
