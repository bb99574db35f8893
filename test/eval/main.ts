import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { evaluate, type Report } from "./run.ts";
import { tableOf } from "./table.ts";

/** `npm run eval -- --data DIR [--bank DIR] [--json]`: 0 where every known file was scored, 4 with what is missing otherwise. */
const { values } = parseArgs({
  options: { data: { type: "string" }, bank: { type: "string" }, json: { type: "boolean", default: false } },
});
const tell = (line: string): boolean => process.stderr.write(`${line}\n`);

process.exitCode = run();

function run(): number {
  if (values.data === undefined) return refuse("--data DIR is missing: a folder with spam/, toxicity/, faq/ …");
  for (const folder of [values.data, ...(values.bank === undefined ? [] : [values.bank])]) {
    if (!existsSync(folder)) return refuse(`${folder}: there is no such folder`);
  }
  const report = evaluate({ data: values.data, bank: values.bank }, (set) => values.json || tell(`scoring ${set}`));
  process.stdout.write(values.json ? `${JSON.stringify(report)}\n` : tableOf(report, values.bank === undefined));
  return verdict(report);
}

function verdict({ results, missing, unreadable }: Report): number {
  for (const line of missing) tell(`missing: ${line}`);
  for (const line of unreadable) tell(`cannot read: ${line}`);
  if (results.length === 0) tell("missing: no file of a known set under spam/, toxicity/, injection/, faq/, langid/");
  return missing.length + unreadable.length > 0 || results.length === 0 ? 4 : 0;
}

function refuse(line: string): number {
  tell(line);
  return 4;
}
