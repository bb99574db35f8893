/** Every looked-at message keeps what is here, so it is kept short: three letters stand for a number below `PACKED_BELOW`. */
const LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_";
/** By a letter's code. */
const VALUES = Array.from({ length: 128 }, (_, code) => Math.max(0, LETTERS.indexOf(String.fromCharCode(code))));
const WIDTH = 3;
export const PACKED_BELOW = 64 ** WIDTH;

/** A number too large is the largest there is. */
export function packed(value: number): string {
  const kept = Math.min(Math.max(0, Math.floor(value)), PACKED_BELOW - 1);
  return LETTERS[kept >> 12]! + LETTERS[(kept >> 6) & 63]! + LETTERS[kept & 63]!;
}

export function unpacked(text: string): number[] {
  const numbers: number[] = [];
  for (let from = 0; from + WIDTH <= text.length; from += WIDTH) {
    let value = 0;
    for (let index = from; index < from + WIDTH; index++) value = value * 64 + VALUES[text.charCodeAt(index)]!;
    numbers.push(value);
  }
  return numbers;
}

/** The numbers as they stand, one by one: enough to tell whether two are the same. */
export function parts(text: string): string[] {
  const found: string[] = [];
  for (let from = 0; from + WIDTH <= text.length; from += WIDTH) found.push(text.slice(from, from + WIDTH));
  return found;
}

/** Another one before those there are, of which the oldest is let go. */
export function before(text: string, value: number, most: number): string {
  return (packed(value) + text).slice(0, most * WIDTH);
}

/** As good as drawn by lot, and the same whoever asks. */
export function mixed(id: string, below: number): number {
  let value = 0;
  for (let index = 0; index < id.length; index++) value = Math.imul(value ^ id.charCodeAt(index), 0x01000193);
  return ((value ^ (value >>> 15)) >>> 0) % below;
}
