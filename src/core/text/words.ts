import { normalise } from "./normalise.ts";

interface Node {
  readonly next: Map<number, Node>;
  /** The word that ends here, as the guild wrote it. */
  word?: string;
}

export interface Matching {
  /** What was done to the text is done to the words. */
  readonly as?: (word: string) => string;
  /** Inside of longer words as well. */
  readonly anywhere?: boolean;
}

/** The first listed word in a normalised text, as it was listed. */
export type WordMatcher = (normalised: string) => string | undefined;

/**
 * Many words and phrases looked for at once. Whole words only: "ass" is not in "class". Scripts that write without spaces
 * (Chinese, Japanese, Thai …) know no such boundary, so there a listed word is found anywhere.
 * One walk over the text, whatever the number of words; from a word's start at most the longest listed word is read ahead.
 */
export function wordMatcher(
  words: readonly string[],
  { as = normalise, anywhere = false }: Matching = {},
): WordMatcher {
  const root = trie(words, as);
  if (root.next.size === 0) return () => undefined;
  const starts = new Uint8Array(128);
  for (const unit of root.next.keys()) if (unit < 128) starts[unit] = 1;
  return (text) => {
    for (let index = 0; index < text.length; index++) {
      const unit = text.charCodeAt(index);
      if (unit < 128 && starts[unit] === 0) continue;
      if (!anywhere && !isBoundary(text, index)) continue;
      const word = wordAt(root, text, index, anywhere);
      if (word !== undefined) return word;
    }
    return undefined;
  };
}

function trie(words: readonly string[], as: (word: string) => string): Node {
  const root: Node = { next: new Map() };
  for (const word of words) {
    const normalised = as(word);
    if (normalised === "") continue;
    let node = root;
    for (let index = 0; index < normalised.length; index++) node = child(node, normalised.charCodeAt(index));
    node.word ??= word;
  }
  return root;
}

function child(node: Node, unit: number): Node {
  const known = node.next.get(unit);
  if (known !== undefined) return known;
  const fresh: Node = { next: new Map() };
  node.next.set(unit, fresh);
  return fresh;
}

/** The longest listed word that starts here and ends at a boundary. */
function wordAt(root: Node, text: string, start: number, anywhere: boolean): string | undefined {
  let node: Node | undefined = root;
  let longest: string | undefined;
  for (let index = start; index < text.length; index++) {
    node = node.next.get(text.charCodeAt(index));
    if (node === undefined) break;
    if (node.word !== undefined && (anywhere || isBoundary(text, index + 1))) longest = node.word;
  }
  return longest;
}

const WORD_CHARACTER = /[\p{L}\p{M}\p{N}_]/u;
const WRITTEN_WITHOUT_SPACES =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Between two characters of which at least one is no part of a spaced word. */
function isBoundary(text: string, index: number): boolean {
  return index === 0 || index === text.length || !joins(text.charCodeAt(index - 1)) || !joins(text.charCodeAt(index));
}

function joins(unit: number): boolean {
  if (unit < 128) {
    return (unit >= 97 && unit <= 122) || (unit >= 48 && unit <= 57) || unit === 95 || (unit >= 65 && unit <= 90);
  }
  const character = String.fromCharCode(unit);
  return WORD_CHARACTER.test(character) && !WRITTEN_WITHOUT_SPACES.test(character);
}
