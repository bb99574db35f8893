// `npm test`: makes the checkout ready, then runs every check there is and says in its last line what came of it.
// Without arguments everything; with arguments only Vitest, which gets them.
import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { prepare, root } from "./prepare.mjs";

prepare();
const bin = (name) => join(root, "node_modules", ".bin", name);
const report = join(root, ".tmp", "vitest.json");
const only = process.argv.slice(2);

/** Two rows side by side: the second takes about as long as the whole first. */
const CHECKS = [
  [
    ["types", bin("tsc"), ["--noEmit", "-p", "tsconfig.json"]],
    ["types of the page", bin("tsc"), ["--noEmit", "-p", "src/doors/dashboard/tsconfig.json"]],
    ["floors", bin("depcruise"), ["--config", ".dependency-cruiser.cjs", "src", "agents"]],
    ["format", bin("prettier"), ["--check", "--log-level", "warn", "."]],
  ],
  [["lint", bin("eslint"), [".", "--max-warnings", "0"]]],
];

let passed = 0;
let failed = 0;
let skipped = 0;

if (only.length === 0) await Promise.all(CHECKS.map(runRow));
await runVitest();
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed > 0 ? 1 : 0;

async function runRow(row) {
  for (const [name, command, args] of row) count(name, await run(command, args, true));
}

function count(name, { code, output }) {
  if (code === 0) passed++;
  else failed++;
  console.log(`${code === 0 ? "✓" : "✗"} ${name}`);
  if (code !== 0) console.log(output);
}

async function runVitest() {
  mkdirSync(join(root, ".tmp"), { recursive: true });
  rmSync(report, { force: true });
  const { code } = await run(
    bin("vitest"),
    ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`, ...only],
    false,
  );
  try {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults, success } = JSON.parse(
      readFileSync(report, "utf8"),
    );
    passed += numPassedTests;
    failed += numFailedTests;
    skipped += numPendingTests + numTodoTests;
    for (const name of skippedSuites(testResults)) console.log(`skipped: ${name}`);
    // A file that cannot be loaded, or an error outside of every test, fails no test of its own.
    if (numFailedTests === 0 && (code !== 0 || !success)) failed++;
  } catch {
    failed++;
  }
}

function skippedSuites(results) {
  const names = results.flatMap(({ assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === "pending" || status === "skipped")
      .map(({ ancestorTitles, title }) => ancestorTitles[0] ?? title),
  );
  return [...new Set(names)];
}

function run(command, args, quiet) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ["ignore", quiet ? "pipe" : "inherit", quiet ? "pipe" : "inherit"],
      shell: process.platform === "win32",
    });
    let output = "";
    child.stdout?.on("data", (chunk) => (output += chunk));
    child.stderr?.on("data", (chunk) => (output += chunk));
    child.on("error", (error) => resolve({ code: 1, output: error.message }));
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}
