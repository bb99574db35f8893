import { join } from "node:path";
import { bundle, folderOf } from "../kit/bundle.ts";

/** The victim and the replayer beside the agents they run: a house dies often, so it must start fast. */
export async function buildVictims(): Promise<{ readonly victim: string; readonly replayer: string }> {
  const programs = { victim: "test/chaos/victim.ts", replayer: "test/chaos/replayer.ts" };
  const folder = await bundle("chaos", programs);
  return { victim: join(folder, "victim.js"), replayer: join(folder, "replayer.js") };
}

export const AGENTS = join(folderOf("chaos"), "agents");
