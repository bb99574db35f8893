// `npm run bench -- road [--json]`: what a message costs, beside what it costs others, in one run. A development tool.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { prepare, root } from "./prepare.mjs";

prepare();
const args = ["--import", "tsx", join(root, "test", "bench", "main.ts"), ...process.argv.slice(2)];
process.exitCode = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" }).status ?? 1;
