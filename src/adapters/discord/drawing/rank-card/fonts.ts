import { createRequire } from "node:module";
import { Worker } from "node:worker_threads";
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
  /** Of one that takes half a second: a sign to draw aside, while the house goes on. */
  readonly sample?: string;
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
  { name: "emoji", files: [EMOJI], for: /\p{Emoji_Presentation}|\p{Extended_Pictographic}|\u20e3/u, sample: "🎉" },
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
const loaded = new Map<string, Promise<void>>();

/** Makes sure that what a text needs is there, as far as we have it. */
export async function loadFontsFor(text: string, library: CanvasLibrary): Promise<void> {
  for (const set of SETS) {
    if (set.for?.test(text) === false) continue;
    const loading = loaded.get(set.name) ?? load(set, library);
    loaded.set(set.name, loading);
    await loading.catch((error: unknown) => {
      loaded.delete(set.name);
      throw error;
    });
  }
}

async function load({ name, files, sample }: FontSet, { GlobalFonts }: CanvasLibrary): Promise<void> {
  if (sample !== undefined) return loadAside(resolve(files[0]!), aliasOf(name, 0), sample);
  files.forEach((file, index) => {
    if (GlobalFonts.registerFromPath(resolve(file), aliasOf(name, index)) === null) throw unreadable(file);
  });
}

/** Fonts belong to the process, whichever thread brings them; the first sign drawn of one takes as long as reading it. */
const ASIDE = `
const { workerData } = require("node:worker_threads");
const { createCanvas, GlobalFonts } = require(workerData.library);
if (GlobalFonts.registerFromPath(workerData.file, workerData.alias) === null) throw new Error("cannot be read");
const context = createCanvas(32, 32).getContext("2d");
context.font = '16px "' + workerData.alias + '"';
context.fillText(workerData.sample, 4, 22);
context.getImageData(0, 0, 32, 32);
`;

function loadAside(file: string, alias: string, sample: string): Promise<void> {
  const workerData = { library: resolve("@napi-rs/canvas"), file, alias, sample };
  const worker = new Worker(ASIDE, { eval: true, execArgv: [], workerData });
  return new Promise((done, failed) => {
    worker.once("error", (cause) => failed(unreadable(file, cause)));
    worker.once("exit", () => done());
  });
}

const unreadable = (file: string, cause?: unknown): GuildhallError =>
  new GuildhallError("drawing.unavailable", `the font ${file} cannot be read`, { cause });

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
