import type { Newcomer } from "#core";
import { normalise } from "#core/text/index";

const DAY = 86_400_000;
const MINUTE = 60_000;
/**
 * How old the accounts of newcomers are, without any raid: about as many between a day and two as between one year and two.
 * Of all such ages between a day and ten years, this is the sum. Some crowds are of one age: as many from each day at most.
 */
const OLDEST_DAYS = 3_650;
const AGES = Math.log(OLDEST_DAYS);

/** A crowd may be so much more of one age than crowds are in general. */
const LEEWAY = 3;
/** Less alike than this, nobody is called related, however many there are. */
const ALIKE = 0.01;
/** What chance does once in so many joins is no chance: a guild may well have as many in a year. */
const CHANCE = 2e-5;

/**
 * How likely two strangers are to look as alike as these two: accounts made at nearly the same time, names of one pattern,
 * both without a picture of their own. The signs do not depend on one another, so their chances multiply.
 */
export function chanceAlike(one: Newcomer, other: Newcomer): number {
  const faceless = one.faceless === true && other.faceless === true ? 0.5 : 1;
  return madeTogether(one, other) * namedAlike(one.name, other.name) * faceless;
}

/** The share of accounts that were made as near to this one; a minute is as near as one can tell. */
function madeTogether(one: Newcomer, other: Newcomer): number {
  const apart = Math.max(MINUTE, Math.abs(one.madeAt - other.madeAt)) / DAY;
  const age = Math.max(0, Math.min(one.at - one.madeAt, other.at - other.madeAt)) / DAY;
  return Math.min(1, LEEWAY * 2 * apart * (1 / ((age + 1) * AGES) + 1 / OLDEST_DAYS));
}

/** The same letters but for the digits, or one pattern with many of them. */
function namedAlike(one: string, other: string): number {
  const [stem, otherStem] = [stemOf(one), stemOf(other)];
  if (stem.length >= 4 && stem === otherStem) return 0.01;
  const [shape, otherShape] = [shapeOf(one), shapeOf(other)];
  return shape === otherShape && /9{3}/.test(shape) ? 0.2 : 1;
}

function stemOf(name: string): string {
  return normalise(name).replace(/[^\p{L}]/gu, "");
}

export function shapeOf(name: string): string {
  return name
    .replace(/\p{Lu}/gu, "A")
    .replace(/[\p{Ll}\p{Lo}]/gu, "a")
    .replace(/\p{Nd}/gu, "9");
}

/**
 * Those among the latest newcomers who are related to this one: the most that are nearer to it than so many strangers among
 * so many would be. Where a hundred come, some are alike by chance; where three come, two that are hardly ever are enough.
 */
export function relatives(newcomer: Newcomer, others: readonly Newcomer[]): readonly Newcomer[] {
  const nearest = others
    .map((other) => ({ other, chance: chanceAlike(newcomer, other) }))
    .filter(({ chance }) => chance < ALIKE)
    .sort((a, b) => a.chance - b.chance);
  const isRare = (chance: number, count: number) => count > 1 && atLeast(count, others.length * chance) < CHANCE;
  const most = nearest.findLastIndex(({ chance }, index) => isRare(chance, index + 1));
  return nearest.slice(0, most + 1).map(({ other }) => other);
}

/** How likely at least so many are where `mean` are usual, if they come independently. */
export function atLeast(count: number, mean: number): number {
  let term = Math.exp(-mean);
  let fewer = 0;
  for (let number = 0; number < count; number++) {
    fewer += term;
    term *= mean / (number + 1);
  }
  // Far out in the tail the difference to one is all rounding: the first term left out is the measure then.
  return Math.max(1 - fewer, term);
}
