import { createRequire } from "node:module";
import { GuildhallError } from "#core";
import type { CanvasLibrary } from "./canvas.ts";

const WEIGHTS = [400, 700] as const;
const NOTO = "@fontsource/noto-sans/files/noto-sans";
const EMOJI = "@fontsource/noto-color-emoji/files/noto-color-emoji-emoji-400-normal.woff2";

interface FontSet {
  readonly name: string;
  readonly files: readonly string[];
  /** What calls for it; the first is there always. */
  readonly for?: RegExp;
}

const inBothWeights = (path: string): readonly string[] => WEIGHTS.map((weight) => `${path}-${weight}-normal.woff2`);

/** Each is loaded when a text first needs it: all together they would take 60 MB, most of it for emoji. */
const SETS: readonly FontSet[] = [
  {
    name: "latin",
    files: ["latin", "latin-ext", "vietnamese"].flatMap((part) => inBothWeights(`${NOTO}-${part}`)),
  },
  {
    name: "cyrillic",
    files: ["cyrillic", "cyrillic-ext"].flatMap((part) => inBothWeights(`${NOTO}-${part}`)),
    for: /\p{Script=Cyrillic}/u,
  },
  {
    name: "greek",
    files: ["greek", "greek-ext"].flatMap((part) => inBothWeights(`${NOTO}-${part}`)),
    for: /\p{Script=Greek}/u,
  },
  { name: "devanagari", files: inBothWeights(`${NOTO}-devanagari`), for: /\p{Script=Devanagari}/u },
  {
    name: "arabic",
    files: inBothWeights("@fontsource/noto-sans-arabic/files/noto-sans-arabic-arabic"),
    for: /\p{Script=Arabic}/u,
  },
  {
    name: "hebrew",
    files: inBothWeights("@fontsource/noto-sans-hebrew/files/noto-sans-hebrew-hebrew"),
    for: /\p{Script=Hebrew}/u,
  },
  { name: "emoji", files: [EMOJI], for: /\p{Emoji_Presentation}|\p{Extended_Pictographic}|\u20e3/u },
];

/** What the canvas is told to write with: ours by their own names, so that nothing installed stands in for them; then the system's. */
export const FAMILY = [
  ...new Set(SETS.flatMap(({ name, files }) => files.map((_file, index) => `"${aliasOf(name, index)}"`))),
  "sans-serif",
].join(", ");

/** Both weights of a part go by one name. */
function aliasOf(name: string, index: number): string {
  return `guildhall-${name}-${index >> 1}`;
}

const { resolve } = createRequire(import.meta.url);
const loaded = new Set<string>();

/** Makes sure that what a text needs is there, as far as we have it. */
export function loadFontsFor(text: string, { GlobalFonts }: CanvasLibrary): void {
  for (const set of SETS) {
    if (loaded.has(set.name) || set.for?.test(text) === false) continue;
    loaded.add(set.name);
    set.files.forEach((file, index) => {
      if (GlobalFonts.registerFromPath(resolve(file), aliasOf(set.name, index)) === null)
        throw new GuildhallError("drawing.unavailable", `the font ${file} cannot be read`);
    });
  }
}

const SIZE = 32;
/** Belongs to nobody, so that no font has it: what is drawn for it is drawn for everything that is missing. */
const NOBODYS = "\u{10fffd}";
const KNOWN_LIMIT = 4_096;
const known = new Map<string, boolean>();
let unlike: readonly string[] | undefined;

/** Whether a font here, ours or the system's, has a sign that can be seen: told by drawing it, since the library does not say. */
export function canWrite(sign: string, library: CanvasLibrary): boolean {
  const before = known.get(sign);
  if (before !== undefined) return before;
  if (known.size >= KNOWN_LIMIT) known.clear();
  unlike ??= [drawn(NOBODYS, library), drawn(" ", library)];
  const can = !unlike.includes(drawn(sign, library));
  known.set(sign, can);
  return can;
}

function drawn(sign: string, { createCanvas }: CanvasLibrary): string {
  const context = createCanvas(SIZE, SIZE).getContext("2d");
  context.font = `400 ${SIZE / 2}px ${FAMILY}`;
  context.fillText(sign, 4, SIZE * 0.7);
  return Buffer.from(context.getImageData(0, 0, SIZE, SIZE).data).toString("latin1");
}
