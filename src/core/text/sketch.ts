/** So many numbers stand for a text, however long. */
const SIZE = 12;

/**
 * What two texts have in common without keeping either: hashes of their pairs of neighbouring words, of which the smallest few
 * are kept. Texts that share most of their pairs share most of those. Nobody can read the text back.
 */
export function sketch(normalised: string): readonly number[] {
  const words = normalised.match(/[\p{L}\p{N}]+/gu) ?? [];
  const hashes = new Set<number>();
  if (words.length === 1) hashes.add(hash(words[0]!));
  for (let index = 1; index < words.length; index++) hashes.add(hash(`${words[index - 1]} ${words[index]}`));
  return [...hashes].sort((a, b) => a - b).slice(0, SIZE);
}

/** From 0, nothing in common, to 1, the same words in the same order. */
export function alike(one: readonly number[], other: readonly number[]): number {
  const larger = Math.max(one.length, other.length);
  if (larger === 0) return 1;
  const there = new Set(other);
  return one.filter((value) => there.has(value)).length / larger;
}

function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  value ^= value >>> 15;
  return Math.imul(value, 0x85ebca6b) >>> 8;
}
