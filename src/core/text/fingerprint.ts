/**
 * A stable 53-bit hash, as text: equal texts have equal fingerprints on every machine and in every version, and two
 * different ones practically never do. Made for counting duplicates, not against somebody who looks for collisions.
 * Two multiplicative 32-bit streams over UTF-16 units, mixed into each other at the end.
 */
export function fingerprint(text: string): string {
  let high = 0xdeadbeef;
  let low = 0x41c6ce57;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    high = Math.imul(high ^ unit, 0x9e3779b1);
    low = Math.imul(low ^ unit, 0x5f356495);
  }
  const first = avalanche(high, low);
  const second = avalanche(low, first);
  return ((second & 0x1fffff) * 2 ** 32 + (first >>> 0)).toString(36);
}

function avalanche(value: number, other: number): number {
  const once = Math.imul(value ^ (value >>> 16), 0x85ebca6b) ^ other;
  const twice = Math.imul(once ^ (once >>> 13), 0xc2b2ae35);
  return twice ^ (twice >>> 16);
}
