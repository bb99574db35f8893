import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/**
 * One hash over what makes an agent decide as it does: its code and its prompts, tests left out. Folders that do not exist
 * count as empty. A decision recorded under a hash is only replayed under the same one.
 */
export function buildOf(folders: readonly string[]): string {
  const hash = createHash("sha256");
  for (const folder of folders) {
    for (const file of filesIn(folder))
      hash
        .update(`${file}\0`)
        .update(readFileSync(join(folder, file)))
        .update("\0");
  }
  return hash.digest("hex");
}

function filesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.[jt]s$/.test(entry.name))
    .map((entry) => join(entry.parentPath.slice(folder.length), entry.name))
    .sort();
}
