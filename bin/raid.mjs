// `npm run raid [-- --joins 1000 --seconds 60 --kill]`: raids a house on the simulator and prints what became of it. A development tool.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { prepare, root } from "./prepare.mjs";

prepare();
const args = ["--import", "tsx", join(root, "test", "raids", "main.ts"), ...process.argv.slice(2)];
process.exitCode = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" }).status ?? 1;
