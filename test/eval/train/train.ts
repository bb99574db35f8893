import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { HEADS } from "../../../src/core/scorer/heads.ts";
import { CUE_VALUE } from "../../../src/core/scorer/model.ts";
import { crossValidated } from "./cross-validate.ts";
import { examplesIn, SOURCES } from "./examples.ts";
import { fit } from "./fit.ts";
import { rowsFrom } from "./rows.ts";
import { PLAIN, SETTINGS } from "./settings.ts";
import { type Trained, weightsModule } from "./weights-file.ts";

export interface Training {
  /** The two modules, as they are written. */
  readonly weights: string;
  readonly plain: string;
  readonly texts: number;
  readonly own: number;
  /** Lines of figures; none where validation was not asked for. */
  readonly validation: readonly string[];
}

/** What is under `root` and missing there is named; nothing is trained from half of the sets. */
export type Trial =
  { readonly missing: readonly string[] } | { readonly missing: readonly []; readonly training: Training };

/** The shipped weights, and those of a plain regression to measure them against. The same files give the same bytes. */
export function trained(root: string, validate: boolean): Trial {
  const { examples, missing } = examplesIn(root);
  if (missing.length > 0) return { missing };
  const trainedOn: readonly Trained[] = SOURCES.map(({ file }) => ({ file, sha256: digest(join(root, file)) }));
  const texts = examples.map(({ text }) => text);
  const rows = rowsFrom(texts, { withCues: true, cueValue: CUE_VALUE });
  const lines = HEADS.map((head) => fit(examples, rows, head, SETTINGS[head], () => true));
  // The same words without cues and preferences, and without our own sentences, save the attacks: no permitted set has any.
  const plainRows = rowsFrom(texts, { withCues: false, cueValue: 0 });
  const isForeign = (row: number): boolean =>
    !examples[row]!.set.startsWith("own/") || examples[row]!.set === "own/injection";
  const plain = HEADS.map((head) => fit(examples, plainRows, head, PLAIN, isForeign));
  return {
    missing: [],
    training: {
      weights: weightsModule(lines, trainedOn),
      plain: weightsModule(plain, trainedOn),
      texts: texts.length,
      own: examples.filter(({ set }) => set.startsWith("own/")).length,
      validation: validate ? crossValidated(examples, rows, root) : [],
    },
  };
}

function digest(path: string): string {
  return createHash("sha256").update(readFileSync(path)).digest("hex").slice(0, 16);
}
