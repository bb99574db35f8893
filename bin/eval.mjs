// `npm run eval -- --data DIR [--bank DIR] [--json]`: how good the shipped scorer, search and language witness are. A development tool.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { prepare, root } from "./prepare.mjs";

prepare();
const args = ["--import", "tsx", join(root, "test", "eval", "main.ts"), ...process.argv.slice(2)];
process.exitCode = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" }).status ?? 1;
