import { readdirSync } from "node:fs";
import { join } from "node:path";
import { build } from "tsdown";

const root = join(import.meta.dirname, "..", "..");
const folder = join(root, ".tmp", "bench");

export type Role = "simulator" | "house" | "client" | "journal";
export const CONFIG = join(root, "config");
export const AGENTS = join(folder, "agents");

/** Every role as the plain JavaScript that is shipped, and every agent there is beside them. */
export async function buildRoles(): Promise<Readonly<Record<Role, string>>> {
  const agents = readdirSync(join(root, "agents"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => [`agents/${name}/index`, `agents/${name}/index.ts`] as const);
  const roles = (["simulator", "house", "client", "journal"] as const).map((role) => [
    role,
    `test/bench/roles/${role}.ts`,
  ]);
  await build({
    cwd: root,
    config: false,
    entry: Object.fromEntries([...roles, ...agents]) as Record<string, string>,
    outDir: folder,
    format: "esm",
    platform: "node",
    target: "node20.19",
    fixedExtension: false,
    dts: false,
    logLevel: "error",
  });
  const file = (role: Role): string => join(folder, `${role}.js`);
  return { simulator: file("simulator"), house: file("house"), client: file("client"), journal: file("journal") };
}
