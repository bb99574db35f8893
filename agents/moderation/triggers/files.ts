import type { Attachment, FileFacts, FileWish, Look } from "#core";
import { isPosing, unlike } from "#core/files/index";
import type { Triggers } from "../config.ts";
import { EXACT, GUESSED, type Hit } from "../findings.ts";

export type KnownFile = Extract<FileFacts, { readonly ok: true }>;

/** Looks at what a file holds, which has to be fetched first: only ever asked in the slow half. */
export interface DeepTrigger {
  /** Whether there is anything to look for in this file, and how much of it has to be fetched. */
  wants(file: Attachment, look: Look): FileWish | undefined;
  meets(file: Attachment, facts: KnownFile, look: Look): Hit | undefined;
}

export function contentTrigger({ contents, posing }: NonNullable<Triggers["attachments"]>): DeepTrigger | undefined {
  if (contents.length === 0 && !posing) return undefined;
  return {
    wants: () => "kind",
    meets({ name }, { kind }) {
      if (kind === undefined) return undefined;
      const facts = { name, kind: kind.name };
      if (posing && isPosing(kind, name)) return { reason: "file-posing", facts, confidence: EXACT };
      return contents.includes(kind.family) ? { reason: "file-content", facts, confidence: EXACT } : undefined;
    },
  };
}

/** What can hold a picture, as far as its name and Discord tell. */
const isPicture = ({ name, contentType }: Attachment): boolean =>
  contentType?.startsWith("image/") === true || /\.(?:png|jpe?g|jfif|gif|webp)\s*$/i.test(name);

export function pictureTrigger({ known, blocked, distance }: NonNullable<Triggers["pictures"]>): DeepTrigger {
  const hashes = (look: Look): readonly string[] => [...known, ...(blocked ? blockedPictures(look) : [])];
  return {
    wants: (file, look) => (isPicture(file) && hashes(look).length > 0 ? "picture" : undefined),
    meets({ name }, { picture }, look) {
      if (picture === undefined) return undefined;
      const least = Math.min(...hashes(look).map((hash) => unlike(hash, picture)));
      if (least > distance) return undefined;
      return { reason: "picture-known", facts: { name }, confidence: least === 0 ? EXACT : GUESSED };
    },
  };
}

function blockedPictures(look: Look): readonly string[] {
  return (look.record("pictures", "blocked")?.blocked ?? []).map(({ hash }) => hash);
}
