import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { GuildhallError } from "#core";

/** The folder of package.json, from the sources as from the bundle: migrations and the worker's file lie below it. */
export function packageRoot(): string {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, "package.json"))) return folder;
    if (folder === dirname(folder)) throw new GuildhallError("package.root", "no package.json above this file");
  }
}
