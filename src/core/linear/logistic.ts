/** Sparse rows, one after the other: row `i` is what lies between `starts[i]` and `starts[i + 1]`. */
export interface Rows {
  readonly starts: Int32Array;
  readonly places: Int32Array;
  readonly values: Float32Array;
}

export interface Task {
  readonly rows: Rows;
  /** How many places there are. */
  readonly width: number;
  /** Row numbers to learn from. */
  readonly chosen: Int32Array;
  /** 1 for a positive row, anything else is negative; by row number. */
  readonly isPositive: Uint8Array;
  /** What a mistake costs, by row number: the inverse of regularisation. */
  readonly cost: Float64Array;
  readonly epochs?: number;
  readonly seed?: number;
  /** Rows that are clear after two epochs are left in peace: much quicker, and as good where few rows matter. */
  readonly leaveClear?: boolean;
}

export interface Line {
  readonly weights: Float32Array;
  readonly bias: number;
}

const BIAS_VALUE = 1;
const CLEAR = 3.5;
const INNER_STEPS = 20;

/**
 * Logistic regression with a penalty on squared weights, by coordinate descent on the dual (Yu, Huang and Lin 2011, algorithm 5).
 * The same rows and the same seed give the same weights to the bit: there is no chance in it but the seed's.
 */
export function trainLogistic(task: Task): Line {
  const { rows, chosen, isPositive, cost } = task;
  const weights = new Float32Array(task.width);
  const state = { weights, bias: 0, alpha: new Float64Array(2 * chosen.length), squares: new Float64Array(chosen.length), margins: new Float64Array(chosen.length) }; // prettier-ignore
  chosen.forEach((row, index) => {
    const most = cost[row]!;
    const first = Math.min(0.001 * most, 1e-8);
    state.alpha[2 * index] = first;
    state.alpha[2 * index + 1] = most - first;
    let square = BIAS_VALUE * BIAS_VALUE;
    for (let at = rows.starts[row]!; at < rows.starts[row + 1]!; at++) square += rows.values[at]! ** 2;
    state.squares[index] = square;
    add(rows, row, (isPositive[row] === 1 ? 1 : -1) * first, state);
  });
  const order = Int32Array.from({ length: chosen.length }, (_, index) => index);
  const next = chance(task.seed ?? 1);
  for (let epoch = 0; epoch < (task.epochs ?? 12); epoch++) {
    shuffle(order, next);
    const leaves = task.leaveClear === true && epoch >= 2;
    for (const index of order) if (!leaves || state.margins[index]! < CLEAR) visit(task, index, state);
  }
  return { weights, bias: state.bias };
}

interface State {
  readonly weights: Float32Array;
  bias: number;
  readonly alpha: Float64Array;
  readonly squares: Float64Array;
  /** How clearly each row was on its side when last visited. */
  readonly margins: Float64Array;
}

function visit(task: Task, index: number, state: State): void {
  const { alpha, squares } = state;
  const row = task.chosen[index]!;
  const sign = task.isPositive[row] === 1 ? 1 : -1;
  const most = task.cost[row]!;
  const margin = sign * valueOf(task.rows, row, state);
  state.margins[index] = margin;
  const square = squares[index]!;
  let here = 2 * index;
  let there = here + 1;
  let direction = 1;
  if (0.5 * square * (alpha[there]! - alpha[here]!) + margin < 0) {
    [here, there] = [there, here];
    direction = -1;
  }
  const before = alpha[here]!;
  let now = before;
  if (most - now < 0.5 * most) now *= 0.1;
  let slope = square * (now - before) + direction * margin + Math.log(now / (most - now));
  let steps = 0;
  for (; steps < INNER_STEPS && Math.abs(slope) >= 1e-4; steps++) {
    const curve = square + most / (most - now) / now;
    const wanted = now - slope / curve;
    now = wanted <= 0 ? now * 0.1 : wanted;
    slope = square * (now - before) + direction * margin + Math.log(now / (most - now));
  }
  if (steps === 0) return;
  alpha[here] = now;
  alpha[there] = most - now;
  add(task.rows, row, direction * (now - before) * sign, state);
}

function add(rows: Rows, row: number, amount: number, state: State): void {
  const { weights } = state;
  const { starts, places, values } = rows;
  for (let at = starts[row]!; at < starts[row + 1]!; at++) weights[places[at]!]! += amount * values[at]!;
  state.bias += amount * BIAS_VALUE;
}

/** What a line says of a row: above nought is positive. */
export function valueOf(rows: Rows, row: number, line: Line): number {
  let sum = line.bias;
  const { starts, places, values } = rows;
  for (let at = starts[row]!; at < starts[row + 1]!; at++) sum += line.weights[places[at]!]! * values[at]!;
  return sum;
}

export function shuffle(order: Int32Array, next: () => number): void {
  for (let index = order.length - 1; index > 0; index--) {
    const other = Math.floor(next() * (index + 1));
    const kept = order[index]!;
    order[index] = order[other]!;
    order[other] = kept;
  }
}

/** A reproducible sequence of numbers from 0 up to 1 (mulberry32). */
export function chance(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
