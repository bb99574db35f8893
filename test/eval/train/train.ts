import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { HEADS } from "../../../src/core/scorer/heads.ts";
import { crossValidated } from "./cross-validate.ts";
import { examplesIn, SOURCES } from "./examples.ts";
import { fit } from "./fit.ts";
import { mixtureFrom, spreads } from "./mixture.ts";
import { spreadOf } from "./rows.ts";
import { PLAIN } from "./settings.ts";
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
  const spread = spreads(texts);
  const { heads, styles, experts } = mixtureFrom(examples, spread, () => true);
  // The same words without cues and preferences, and without our own sentences, save the attacks: no permitted set has any.
  const plainSpread = spreadOf(texts, false);
  const isForeign = (row: number): boolean =>
    !examples[row]!.set.startsWith("own/") || examples[row]!.set === "own/injection";
  const plain = HEADS.map((head) => fit(examples, plainSpread, head, PLAIN, isForeign));
  return {
    missing: [],
    training: {
      weights: weightsModule(
        {
          heads: [heads, spread.heads.buckets],
          styles: [styles, spread.styles.buckets],
          experts: [experts, spread.experts.buckets],
        },
        trainedOn,
      ),
      plain: weightsModule({ heads: [plain, plainSpread.buckets] }, trainedOn),
      texts: texts.length,
      own: examples.filter(({ set }) => set.startsWith("own/")).length,
      validation: validate ? crossValidated(examples, spread, root) : [],
    },
  };
}

function digest(path: string): string {
  return createHash("sha256").update(readFileSync(path)).digest("hex").slice(0, 16);
}
