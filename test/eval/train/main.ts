import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { trained } from "./train.ts";

/** `npm run train -- --data DIR [--skip-validation]`: writes the scorer's weights from the permitted sets under DIR. */
const { values } = parseArgs({
  options: { data: { type: "string" }, "skip-validation": { type: "boolean", default: false } },
});
const root = join(import.meta.dirname, "..", "..", "..");
const tell = (line: string): boolean => process.stderr.write(`${line}\n`);

process.exitCode = run();

function run(): number {
  const { data } = values;
  if (data === undefined) return refuse("--data DIR is missing: a folder with spam/, toxicity/, injection/, faq/");
  if (!existsSync(data)) return refuse(`${data}: there is no such folder`);
  const trial = trained(data, !values["skip-validation"]);
  if (!("training" in trial))
    return refuse(`${data}: missing ${trial.missing.join(", ")}; train from all permitted sets or none`);
  const { weights, plain, texts, own, validation } = trial.training;
  tell(`${texts} texts, ${own} of them readings of our own sentences`);
  for (const line of validation) process.stdout.write(`${line}\n`);
  write(join(root, "src", "core", "scorer", "weights.ts"), weights);
  write(join(root, "test", "eval", "baseline", "weights.ts"), plain);
  return 0;
}

function write(path: string, module: string): void {
  writeFileSync(path, module);
  tell(`wrote ${path}: ${Math.round(module.length / 1_024)} kB`);
}

function refuse(line: string): number {
  tell(line);
  return 4;
}
