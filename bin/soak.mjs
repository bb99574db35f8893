// `npm run soak`: a long stream of messages, and whether memory stays flat and the journal complete. A development tool.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { prepare, root } from "./prepare.mjs";

prepare();
const args = ["--import", "tsx", join(root, "test", "bench", "soak-main.ts"), ...process.argv.slice(2)];
process.exitCode = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" }).status ?? 1;
