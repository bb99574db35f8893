import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { HEADS } from "../../../src/core/scorer/heads.ts";
import { CUE_VALUE } from "../../../src/core/scorer/model.ts";
import { crossValidated } from "./cross-validate.ts";
import { examplesIn, SOURCES } from "./examples.ts";
import { fit } from "./fit.ts";
import { rowsFrom } from "./rows.ts";
import { PLAIN, SETTINGS } from "./settings.ts";
import { type Trained, weightsModule } from "./weights-file.ts";

/** `npm run train -- --data DIR [--out FOLDER] [--skip-validation]`: writes the scorer's weights from the permitted sets under DIR. */
const { values } = parseArgs({
  options: {
    data: { type: "string" },
    out: { type: "string" },
    "skip-validation": { type: "boolean", default: false },
  },
});

const root = join(import.meta.dirname, "..", "..", "..");
const tell = (line: string): boolean => process.stderr.write(`${line}\n`);

if (values.data === undefined || !existsSync(values.data)) {
  tell(values.data === undefined ? "--data DIR is missing: the folder with spam/, toxicity/ …" : `${values.data}: there is no such folder`);
  process.exit(4);
}
const { examples, missing } = examplesIn(values.data);
if (missing.length > 0) {
  tell(`${values.data}: missing ${missing.join(", ")}; train from all permitted sets or none`);
  process.exit(4);
}

const trainedOn: readonly Trained[] = SOURCES.map(({ file }) => ({
  file,
  sha256: createHash("sha256").update(readFileSync(join(values.data!, file))).digest("hex").slice(0, 16),
}));
const all = (): boolean => true;
tell(`${examples.length} texts, ${examples.filter(({ set }) => set.startsWith("own/")).length} of them our own`);

const texts = examples.map(({ text }) => text);
const rows = rowsFrom(texts, { withCues: true, cueValue: CUE_VALUE });
if (!values["skip-validation"]) for (const line of crossValidated(examples, rows, values.data)) process.stdout.write(`${line}\n`);
write(values.out ?? join(root, "src", "core", "scorer"), weightsModule(HEADS.map((head) => fit(examples, rows, head, SETTINGS[head], all)), trainedOn));

// What is measured against: the same words without cues and preferences, and without our own sentences, save the attacks (no
// permitted set has any).
const plainRows = rowsFrom(texts, { withCues: false, cueValue: 0 });
const foreign = (row: number): boolean => !examples[row]!.set.startsWith("own/") || examples[row]!.set === "own/injection";
const plain = HEADS.map((head) => fit(examples, plainRows, head, PLAIN, foreign));
write(values.out ?? join(root, "test", "eval", "baseline"), weightsModule(plain, trainedOn), values.out === undefined ? "weights.ts" : "plain.ts");

function write(folder: string, module: string, name = "weights.ts"): void {
  writeFileSync(join(folder, name), module);
  tell(`wrote ${join(folder, name)}: ${Math.round(module.length / 1024)} kB`);
}
