import type { FileKind } from "./files/index.ts";

/** *kind*: by its first bytes alone · *picture*: what it looks like, too, for which all of it has to be fetched. */
export type FileWish = "kind" | "picture";

/** What a member's file is. `picture` is its hash, where it is a picture in which there is something to see. */
export type FileFacts =
  | { readonly ok: true; readonly kind?: FileKind; readonly picture?: string }
  /** *elsewhere*: not with Discord, never asked · *gone* · *large*: of bytes or pixels · *late* · *odd*: cannot be unpacked. */
  | { readonly ok: false; readonly why: "elsewhere" | "gone" | "large" | "late" | "odd" };

/** Looks into files where Discord keeps them. Never throws: a file that cannot be had is an answer. */
export interface FileReader {
  look(url: string, wish: FileWish): Promise<FileFacts>;
}

export const NO_FILES: FileReader = { look: () => Promise.resolve({ ok: false, why: "elsewhere" }) };
