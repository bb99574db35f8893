// Makes a fresh checkout ready: installs, generates, builds what is missing or older than its sources. Plain Node, because
// it runs before anything is installed. An installed package has no sources and needs none of this.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const at = (...parts) => join(root, ...parts);

const OLDEST_NODE = [20, 19];

export function prepare() {
  checkNode();
  if (!existsSync(at("src", "main.ts"))) return;
  step("install", at("node_modules", ".package-lock.json"), ["package.json", "package-lock.json"], install);
  step(
    "generate",
    at("src", "adapters", "postgres", "generated", ".stamp"),
    ["prisma/schema.prisma", "package-lock.json"],
    generate,
  );
  step(
    "build",
    at("dist", ".stamp"),
    ["src", "agents", "tsdown.config.ts", "package-lock.json"],
    build,
    isServerSource,
  );
  step("page", at("dist", "dashboard", ".stamp"), ["src/doors/dashboard", "package-lock.json"], buildPage);
}

function checkNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  console.error(`guildhall needs Node ${OLDEST_NODE.join(".")} or newer; this is ${process.versions.node}`);
  process.exit(3);
}

/** Runs `work` when the stamp is missing or any of its sources is newer, then renews the stamp. */
function step(name, stamp, sources, work, counts = () => true) {
  const made = existsSync(stamp) ? statSync(stamp).mtimeMs : 0;
  if (
    made > 0 &&
    newest(
      sources.map((source) => at(source)),
      counts,
    ) <= made
  )
    return;
  console.error(`guildhall: ${name} …`);
  work();
  mkdirSync(dirname(stamp), { recursive: true });
  if (!existsSync(stamp)) writeFileSync(stamp, "");
  const now = new Date();
  utimesSync(stamp, now, now);
}

function newest(paths, counts) {
  let latest = 0;
  for (const path of paths) {
    if (!existsSync(path) || !counts(path)) continue;
    const stat = statSync(path);
    latest = Math.max(latest, stat.mtimeMs);
    if (stat.isDirectory())
      latest = Math.max(
        latest,
        newest(
          readdirSync(path).map((name) => join(path, name)),
          counts,
        ),
      );
  }
  return latest;
}

const isServerSource = (path) =>
  !path.endsWith(".test.ts") && !path.includes("dashboard") && !path.includes("generated");

function install() {
  const locked = existsSync(at("package-lock.json"));
  run("npm", [locked ? "ci" : "install", "--no-audit", "--no-fund", "--loglevel=error"]);
}

// The client generator needs no schema engine; naming one that exists keeps Prisma from downloading its own.
function generate() {
  run(process.execPath, [at("node_modules", "prisma", "build", "index.js"), "generate"], {
    PRISMA_SCHEMA_ENGINE_BINARY: "/bin/false",
    PRISMA_HIDE_UPDATE_MESSAGE: "1",
    CHECKPOINT_DISABLE: "1",
  });
}

function build() {
  run(process.execPath, [at("node_modules", "tsdown", "dist", "run.mjs"), "--logLevel", "error"]);
}

function buildPage() {
  run(process.execPath, [
    at("node_modules", "vite", "bin", "vite.js"),
    "build",
    "--config",
    at("src/doors/dashboard/vite.config.ts"),
    "--logLevel",
    "error",
  ]);
}

function run(command, args, environment = {}) {
  const shell = command === "npm" && process.platform === "win32";
  const done = spawnSync(command, args, {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    encoding: "utf8",
    env: { ...process.env, ...environment },
    shell,
  });
  if (done.status === 0) return;
  console.error(done.stdout ?? "");
  console.error(done.stderr ?? done.error?.message ?? "");
  console.error(`guildhall: \`${command} ${args.join(" ")}\` failed; nothing was started`);
  process.exit(1);
}
