/** A picture is looked at in so many columns and rows: wider and higher by one than the comparisons made of it. */
export const PICTURE_GRID = 9;
/** Of 256 shades: what packing a picture again changes where there is nothing to see. */
const NOISE = 2;
const BITS = 2 * 8 * 8;
/** Fewer edges than this, and nearly every other empty picture would look the same. */
const LEAST_EDGES = 10;

const HASH = /^[0-9a-f]{32}$/;

export function isPictureHash(hash: string): boolean {
  return HASH.test(hash);
}

/**
 * What a picture looks like, in 128 bits: of a nine by nine grid of grey, whether each cell is darker than its neighbour to the right,
 * and below. Another size, another format or a little less quality change few of them. `undefined` where there is hardly anything to see.
 */
export function pictureHash(grey: readonly number[] | Uint8Array): string | undefined {
  const bits: number[] = [];
  for (let row = 0; row < 8; row++)
    for (let column = 0; column < 8; column++) bits.push(isDarker(grey, row, column, 0, 1));
  for (let row = 0; row < 8; row++)
    for (let column = 0; column < 8; column++) bits.push(isDarker(grey, row, column, 1, 0));
  const edges = bits.reduce((sum, bit) => sum + bit, 0);
  if (edges < LEAST_EDGES || edges > BITS - LEAST_EDGES) return undefined;
  let hash = "";
  for (let index = 0; index < BITS; index += 4)
    hash += Number.parseInt(bits.slice(index, index + 4).join(""), 2).toString(16);
  return hash;
}

function isDarker(
  grey: readonly number[] | Uint8Array,
  row: number,
  column: number,
  down: number,
  right: number,
): 0 | 1 {
  return grey[(row + down) * PICTURE_GRID + column + right]! - grey[row * PICTURE_GRID + column]! > NOISE ? 1 : 0;
}

/** In how many of the 128 bits two pictures differ; unrelated ones do in about half. */
export function unlike(one: string, other: string): number {
  let count = 0;
  for (let index = 0; index < one.length; index++) {
    let bits = Number.parseInt(one[index]!, 16) ^ Number.parseInt(other[index] ?? "0", 16);
    for (; bits > 0; bits >>= 1) count += bits & 1;
  }
  return count;
}
