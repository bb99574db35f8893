import { join } from "node:path";
import { bundle, folderOf } from "../kit/bundle.ts";

export type Role = "simulator" | "house" | "client" | "journal";
export const CONFIG = join(import.meta.dirname, "..", "..", "config");
export const AGENTS = join(folderOf("bench"), "agents");

/** Every role as a program of its own. */
export async function buildRoles(): Promise<Readonly<Record<Role, string>>> {
  const roles = (["simulator", "house", "client", "journal"] as const).map((role) => [
    role,
    `test/bench/roles/${role}.ts`,
  ]);
  const folder = await bundle("bench", Object.fromEntries(roles) as Record<string, string>);
  const file = (role: Role): string => join(folder, `${role}.js`);
  return { simulator: file("simulator"), house: file("house"), client: file("client"), journal: file("journal") };
}
