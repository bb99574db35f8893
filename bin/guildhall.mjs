#!/usr/bin/env node
import { pathToFileURL } from "node:url";
import { join } from "node:path";
import { prepare, root } from "./prepare.mjs";

prepare();
const { main } = await import(pathToFileURL(join(root, "dist", "main.js")).href);
// A store that is still closing must not be cut off: the process ends by itself when nothing is left to do.
process.exitCode = await main(process.argv.slice(2));
