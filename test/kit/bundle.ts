import { readdirSync } from "node:fs";
import { join } from "node:path";
import { build } from "tsdown";

const root = join(import.meta.dirname, "..", "..");

/** Programs of a test as the plain JavaScript that is shipped, with every agent there is beside them; returns their folder. */
export async function bundle(name: string, programs: Readonly<Record<string, string>>): Promise<string> {
  const agents = readdirSync(join(root, "agents"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => [`agents/${entry.name}/index`, `agents/${entry.name}/index.ts`] as const);
  const outDir = folderOf(name);
  await build({
    cwd: root,
    config: false,
    entry: { ...programs, ...Object.fromEntries(agents) },
    outDir,
    format: "esm",
    platform: "node",
    target: "node20.19",
    fixedExtension: false,
    dts: false,
    logLevel: "error",
  });
  return outDir;
}

export function folderOf(name: string): string {
  return join(root, ".tmp", name);
}
