/** A part of a ranking, best first, and where one key stands in it. Who has nothing, or less, has no place. */
export interface Ranking {
  readonly rows: readonly RankedRow[];
  readonly members: number;
  readonly own?: RankedRow;
}

export interface RankedRow {
  readonly key: string;
  readonly value: number;
  /** 1 for the best; equals share a place. */
  readonly place: number;
}

export interface RankingWish {
  readonly total: string;
  /** Whose place is asked for besides. */
  readonly key?: string;
  readonly offset: number;
  readonly limit: number;
}

/** Values below are steps of their own; from there on each doubling has 64. */
const EXACT_BELOW = 128;
const PER_DOUBLING = 64;
const EXACT_DOUBLINGS = 7;

/** The value at which the step after this one's begins: a place is the members on higher steps, and the few between. */
export function endOfStep(value: number): number {
  if (value < EXACT_BELOW) return Math.floor(value) + 1;
  const doublings = Math.floor(Math.log2(value));
  const base = 2 ** doublings;
  return base + (base / PER_DOUBLING) * (Math.floor((value / base - 1) * PER_DOUBLING) + 1);
}

/** On which step a value stands, the first below 1. A scale whose steps stay equally fine in proportion has few, however large the values. */
export function stepOf(value: number): number {
  if (value < EXACT_BELOW) return Math.floor(value);
  const doublings = Math.floor(Math.log2(value));
  const within = Math.floor((value / 2 ** doublings - 1) * PER_DOUBLING);
  return EXACT_BELOW + (doublings - EXACT_DOUBLINGS) * PER_DOUBLING + within;
}
