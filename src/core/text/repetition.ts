/** A piece of a pattern, as far as repeating it goes. */
interface Piece {
  readonly text: string;
  /** It may match nothing at all. */
  readonly optional: boolean;
  /** It repeats without an end. */
  readonly endless: boolean;
  /** Somewhere in it any character repeats without an end. */
  readonly swallows: boolean;
}

/** Where a reader stands in a pattern. */
interface Reader {
  readonly source: string;
  at: number;
  /** The first repetition that can be read in too many ways. */
  found: string | undefined;
}

const QUANTIFIER = /(?:[*+?]|\{(\d*)(,?)(\d*)\})[?+]?/y;
const GROUP_START = /\((?:\?(?::|P?<[^>]*>|[a-zA-Z-]*:))?/y;
const MANY = 10;

/**
 * The part of a pattern that repeats what already repeats: "(a+)+", "(a|aa)*", "(.*x){20}". Our engine reads it in linear time,
 * others do not end with it; and whoever wrote it meant something simpler.
 */
export function repetitionIn(source: string): string | undefined {
  const reader: Reader = { source, at: 0, found: undefined };
  while (reader.at < source.length) {
    readAlternatives(reader);
    // A closing bracket too many is for the engine to complain about.
    reader.at++;
  }
  return reader.found;
}

function readAlternatives(reader: Reader): readonly (readonly Piece[])[] {
  const alternatives: Piece[][] = [[]];
  while (reader.at < reader.source.length && reader.source[reader.at] !== ")") {
    if (reader.source[reader.at] === "|") {
      reader.at++;
      alternatives.push([]);
    } else alternatives.at(-1)!.push(readPiece(reader));
  }
  return alternatives;
}

function readPiece(reader: Reader): Piece {
  const from = reader.at;
  const inside = reader.source[from] === "(" ? readGroup(reader) : undefined;
  if (inside === undefined) reader.at = endOfAtom(reader.source, from);
  const atom = reader.source.slice(from, reader.at);
  const { least, most } = readQuantifier(reader);
  const text = reader.source.slice(from, reader.at);
  const repeats = most === Infinity || least >= MANY;
  if (inside !== undefined && repeats && isAmbiguous(inside, most === Infinity)) reader.found ??= text;
  const endless = most === Infinity;
  return {
    text,
    optional: least === 0 || (inside?.some((pieces) => pieces.every(({ optional }) => optional)) ?? false),
    endless: endless || (inside?.some(isFlexible) ?? false),
    swallows: (atom === "." && endless) || (inside?.some((pieces) => pieces.some(({ swallows }) => swallows)) ?? false),
  };
}

function readGroup(reader: Reader): readonly (readonly Piece[])[] {
  GROUP_START.lastIndex = reader.at;
  reader.at += GROUP_START.exec(reader.source)?.[0].length ?? 1;
  const alternatives = readAlternatives(reader);
  reader.at++;
  return alternatives;
}

function readQuantifier(reader: Reader): { least: number; most: number } {
  QUANTIFIER.lastIndex = reader.at;
  const found = QUANTIFIER.exec(reader.source);
  if (found === null) return { least: 1, most: 1 };
  reader.at += found[0].length;
  const [text, least = "", comma = "", most = ""] = found;
  if (text.startsWith("*")) return { least: 0, most: Infinity };
  if (text.startsWith("+")) return { least: 1, most: Infinity };
  if (text.startsWith("?")) return { least: 0, most: 1 };
  return { least: Number(least), most: comma === "" ? Number(least) : most === "" ? Infinity : Number(most) };
}

/** A letter, an escape or a whole class of characters. */
function endOfAtom(source: string, from: number): number {
  if (source[from] === "\\")
    return Math.min(
      source.length,
      from + (/^\\[pP]\{/.test(source.slice(from)) ? source.slice(from).indexOf("}") + 1 || 2 : 2),
    );
  if (source[from] !== "[") return from + 1;
  let at = from + (source[from + 1] === "^" ? 2 : 1);
  if (source[at] === "]") at++;
  while (at < source.length && source[at] !== "]") at += source[at] === "\\" ? 2 : 1;
  return at + 1;
}

function isAmbiguous(alternatives: readonly (readonly Piece[])[], endless: boolean): boolean {
  if (alternatives.some((pieces) => pieces.some(({ swallows }) => swallows))) return true;
  if (!endless) return false;
  if (alternatives.some((pieces) => isFlexible(pieces) || pieces.every(({ optional }) => optional))) return true;
  const texts = alternatives.map((pieces) => pieces.map(({ text }) => text).join(""));
  return texts.some((one, index) => texts.some((other, at) => at !== index && other.startsWith(one)));
}

/** Nothing in it stands fast: one piece repeats without an end, and all others may be missing or repeat as well. */
function isFlexible(pieces: readonly Piece[]): boolean {
  return pieces.some(({ endless }) => endless) && pieces.every(({ endless, optional }) => endless || optional);
}
