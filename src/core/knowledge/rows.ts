import type { PassageDraft } from "./index.ts";

export interface RowMistake {
  readonly line: number;
  readonly what: "no-answer" | "no-question" | "too-long" | "too-many" | "quote" | "columns" | "nothing";
}

/** What of a file can be taken, and each line that cannot, by its number. */
export interface ParsedFile {
  readonly passages: readonly PassageDraft[];
  readonly mistakes: readonly RowMistake[];
}

/** A passage with the line it begins in. */
export interface FoundPassage extends PassageDraft {
  readonly line: number;
}
