import { domainParts, listedDomain } from "./links.ts";
import { isOfficial } from "./lookalike.ts";

/**
 * A large set of domains in eight bytes each: their hashes, sorted. Of 53 bits, so that among a hundred thousand entries one
 * lookup in a hundred thousand million meets a wrong one.
 */
export interface DomainSet {
  readonly size: number;
  /** The host or a domain above it, whichever is listed. */
  find(host: string): string | undefined;
}

export function domainSet(domains: readonly string[]): DomainSet {
  const hashes = Float64Array.from(domains, hashOf).sort();
  return { size: hashes.length, find: (host) => listedDomain(host, { has: (one) => holds(hashes, hashOf(one)) }) };
}

function holds(sorted: Float64Array, wanted: number): boolean {
  let [low, high] = [0, sorted.length - 1];
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const found = sorted[middle]!;
    if (found === wanted) return true;
    if (found < wanted) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}

const TWO_32 = 2 ** 32;

/** Two multiplying hashes of 32 and 21 bits, stirred once more at the end so that each depends on all of the text. */
function hashOf(text: string): number {
  let [one, two] = [0x811c9dc5, 0x2545f491];
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    one = Math.imul(one ^ unit, 0x01000193);
    two = Math.imul(two ^ unit, 0x5bd1e995);
    two ^= two >>> 15;
  }
  one = Math.imul(one ^ (two >>> 16), 0x7feb352d);
  two = Math.imul(two ^ (one >>> 13), 0x297a2d39);
  return ((two >>> 11) & 0x1fffff) * TWO_32 + (one >>> 0);
}

const NOWHERE: ReadonlySet<string> = new Set(["0.0.0.0", "127.0.0.1", "255.255.255.255"]);

/**
 * An entry of somebody's list as a host that can be meant; `undefined` for what would meet half of the world: an ending such as
 * co.uk, this machine, or a well-known service's own domain, which a list has by mistake or by malice.
 */
export function listableHost(entry: string): string | undefined {
  const bare = entry
    .replace(/^\|\|/, "")
    .replace(/\^.*$/, "")
    .replace(/^\*?\./, "");
  const { host, domain, isAddress } = domainParts(bare);
  if (host === undefined || NOWHERE.has(host) || isOfficial(host)) return undefined;
  return domain === undefined && !isAddress ? undefined : host;
}
