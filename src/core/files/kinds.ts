/** What a file is for, as far as that matters to whoever would open it. */
export const FILE_FAMILIES = ["program", "script", "archive", "page", "document", "picture", "video", "sound"] as const;
export type FileFamily = (typeof FILE_FAMILIES)[number];

export interface FileKind {
  readonly name: string;
  readonly family: FileFamily;
}

interface Signature extends FileKind {
  /** Endings that files of this kind honestly have. */
  readonly endings: string;
  readonly test: (bytes: Uint8Array) => boolean;
}

/** So many bytes of a file's beginning tell its kind. */
export const FILE_HEAD = 4_096;

const latin = new TextDecoder("latin1");
const text = (bytes: Uint8Array, from: number, to: number): string => latin.decode(bytes.subarray(from, to));
/** Written with one character a byte. */
const starts =
  (...beginnings: readonly string[]) =>
  (bytes: Uint8Array): boolean =>
    beginnings.some((one) => text(bytes, 0, one.length) === one);
const at =
  (offset: number, ...marks: readonly string[]) =>
  (bytes: Uint8Array): boolean =>
    marks.some((mark) => text(bytes, offset, offset + mark.length) === mark);
const riff = (form: string) => (bytes: Uint8Array) => starts("RIFF")(bytes) && at(8, form)(bytes);
/** ISO media name their brand behind a length of four bytes. */
const brand =
  (pattern: RegExp) =>
  (bytes: Uint8Array): boolean =>
    at(4, "ftyp")(bytes) && pattern.test(text(bytes, 8, 12));
const head = (bytes: Uint8Array): string => text(bytes, 0, 1_024).replace(/^(?:\xef\xbb\xbf)?\s*/, "");
const zipWith = (pattern: RegExp) => (bytes: Uint8Array) => isZip(bytes) && pattern.test(text(bytes, 0, FILE_HEAD));
const isZip = starts("PK\x03\x04", "PK\x05\x06");

const kind = (name: string, family: FileFamily, endings: string, test: Signature["test"]): Signature => ({
  ...{ name, family, endings, test },
});

/** The first that fits counts: what is a special kind of something stands before that. */
const SIGNATURES: readonly Signature[] = [
  kind("Windows program", "program", "exe dll scr com sys ocx cpl", starts("MZ")),
  kind("Linux program", "program", "elf so bin o appimage run", starts("\x7fELF")),
  kind(
    "macOS program",
    "program",
    "dylib macho bin",
    starts("\xfe\xed\xfa\xce", "\xfe\xed\xfa\xcf", "\xce\xfa\xed\xfe", "\xcf\xfa\xed\xfe"),
  ),
  kind("Java program", "program", "class", starts("\xca\xfe\xba\xbe")),
  kind("Android program", "program", "apk aab xapk", zipWith(/AndroidManifest\.xml|classes\.dex/)),
  kind("Java program", "program", "jar war ear", zipWith(/META-INF\/MANIFEST\.MF/)),
  kind("Windows shortcut", "program", "lnk", starts("L\x00\x00\x00\x01\x14\x02\x00")),
  kind("script", "script", "sh py pl rb js mjs bash zsh fish txt", starts("#!")),
  kind("picture with scripts", "page", "svg", (bytes) =>
    /^(?:<\?xml[^>]*>\s*|<!--[^]*?-->\s*|<!DOCTYPE svg[^>]*>\s*)*<svg[\s>]/i.test(head(bytes)),
  ),
  kind("web page", "page", "html htm xhtml mhtml", (bytes) =>
    /^(?:<\?xml[^>]*>\s*|<!--[^]*?-->\s*)*<(?:!doctype\s+html|html|head|body|script|iframe)[\s>]/i.test(head(bytes)),
  ),
  kind(
    "Office document",
    "document",
    "docx docm xlsx xlsm pptx pptm",
    zipWith(/\[Content_Types\]\.xml|word\/|xl\/|ppt\//),
  ),
  kind("document", "document", "odt ods odp epub", zipWith(/^[^]{30}mimetypeapplication\/(?:vnd\.oasis|epub)/)),
  kind("old Office document", "document", "doc xls ppt msi msg", starts("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")),
  kind("PDF", "document", "pdf ai", starts("%PDF-")),
  kind("rich text", "document", "rtf doc", starts("{\\rtf")),
  kind("zip", "archive", "zip cbz mcpack mcworld mrpack osz vsix xpi ipa whl", isZip),
  kind("RAR", "archive", "rar cbr", starts("Rar!\x1a\x07")),
  kind("7-Zip", "archive", "7z cb7", starts("7z\xbc\xaf\x27\x1c")),
  kind("gzip", "archive", "gz tgz svgz", starts("\x1f\x8b")),
  kind("bzip2", "archive", "bz2 tbz", starts("BZh")),
  kind("xz", "archive", "xz txz", starts("\xfd7zXZ\x00")),
  kind("cabinet", "archive", "cab", starts("MSCF")),
  kind("tar", "archive", "tar", at(257, "ustar")),
  // Their marks lie far behind what is read of a file: they are known by their names.
  kind("disk image", "archive", "iso img dmg", () => false),
  kind("PNG", "picture", "png apng", starts("\x89PNG\r\n\x1a\n")),
  kind("JPEG", "picture", "jpg jpeg jfif jpe", starts("\xff\xd8\xff")),
  kind("GIF", "picture", "gif", starts("GIF87a", "GIF89a")),
  kind("WebP", "picture", "webp", riff("WEBP")),
  kind("BMP", "picture", "bmp dib", (bytes) => starts("BM")(bytes) && at(6, "\x00\x00\x00\x00")(bytes)),
  kind("TIFF", "picture", "tif tiff dng", starts("II*\x00", "MM\x00*")),
  kind("icon", "picture", "ico cur", starts("\x00\x00\x01\x00")),
  kind("HEIF", "picture", "heic heif avif", brand(/^(?:hei|hev|mif|msf|avi)/)),
  kind("sound", "sound", "m4a m4b", brand(/^M4[AB]/)),
  kind("video", "video", "mp4 m4v mov 3gp", brand(/./)),
  kind("video", "video", "webm mkv mka", starts("\x1aE\xdf\xa3")),
  kind("video", "video", "avi", riff("AVI ")),
  kind("sound", "sound", "wav", riff("WAVE")),
  kind("sound", "sound", "ogg oga opus ogv", starts("OggS")),
  kind("sound", "sound", "flac", starts("fLaC")),
  kind("sound", "sound", "mp3", starts("ID3", "\xff\xfb", "\xff\xf3", "\xff\xf2")),
];

/** What a file is by its first bytes, whatever it is called; `undefined` for text, and for what nobody knows. */
export function fileKind(bytes: Uint8Array): FileKind | undefined {
  const found = SIGNATURES.find(({ test }) => test(bytes));
  return found === undefined ? undefined : { name: found.name, family: found.family };
}

const CLAIMED: ReadonlyMap<string, ReadonlySet<FileFamily>> = claims();

function claims(): ReadonlyMap<string, ReadonlySet<FileFamily>> {
  const found = new Map<string, Set<FileFamily>>();
  for (const { endings, family } of SIGNATURES)
    for (const ending of endings.split(" ")) found.set(ending, (found.get(ending) ?? new Set()).add(family));
  return found;
}

/** Sound and moving pictures come in the same boxes, documents and programs in those of archives: neither deceives anybody. */
const LIKE: Readonly<Partial<Record<FileFamily, readonly FileFamily[]>>> = {
  video: ["sound"],
  sound: ["video"],
  archive: ["document", "program"],
};

/**
 * Whether a file's name says something else than its bytes: a program under any name that is none of a program's, and whatever is
 * called as another kind of file is. Names that promise nothing (`data.bin2`, no ending) deceive only with a program in them.
 */
export function isPosing({ family }: FileKind, name: string): boolean {
  const ending = /\.([a-z0-9]{1,12})\s*$/i.exec(name)?.[1]?.toLowerCase() ?? "";
  const claimed = CLAIMED.get(ending);
  if (claimed === undefined) return family === "program";
  return !claimed.has(family) && !(LIKE[family] ?? []).some((one) => claimed.has(one));
}
