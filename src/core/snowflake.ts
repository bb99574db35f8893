/** Discord counts milliseconds from the first second of 2015; the low 22 bits of an id are worker, process and increment. */
const DISCORD_EPOCH = 1_420_070_400_000;
const LOW_BITS = 2 ** 22;

/** When the thing with this id was made. Floating point is exact enough: the quotient has 42 significant bits. */
export function snowflakeTime(id: string): number {
  return Math.floor(Number(id) / LOW_BITS) + DISCORD_EPOCH;
}

/** The smallest id that could have been made at this moment; `increment` tells ids of one millisecond apart. */
export function snowflakeAt(milliseconds: number, increment = 0): string {
  return ((BigInt(milliseconds - DISCORD_EPOCH) << 22n) | BigInt(increment)).toString();
}
