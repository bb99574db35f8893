// `npm run chaos -- --seeds 500`: kills houses at named places and compares what is true afterwards. A development tool.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { prepare, root } from "./prepare.mjs";

prepare();
const args = ["--import", "tsx", join(root, "test", "chaos", "main.ts"), ...process.argv.slice(2)];
process.exitCode = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" }).status ?? 1;
