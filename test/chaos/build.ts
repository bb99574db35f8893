import { join } from "node:path";
import { build } from "tsdown";

const root = join(import.meta.dirname, "..", "..");
const folder = join(root, ".tmp", "chaos");

/** The victim and the replayer as plain JavaScript beside the agents they run: a house dies often, so it must start fast. */
export async function buildVictims(): Promise<{ readonly victim: string; readonly replayer: string }> {
  await build({
    cwd: root,
    config: false,
    entry: {
      victim: "test/chaos/victim.ts",
      replayer: "test/chaos/replayer.ts",
      "agents/moderation/index": "agents/moderation/index.ts",
    },
    outDir: folder,
    format: "esm",
    platform: "node",
    target: "node20.19",
    fixedExtension: false,
    dts: false,
    logLevel: "error",
  });
  return { victim: join(folder, "victim.js"), replayer: join(folder, "replayer.js") };
}

export const AGENTS = join(folder, "agents");
