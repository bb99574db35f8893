import { unmask } from "./reveal.ts";
import type { Link } from "./links.ts";

/** Names that are imitated, and where they really live. Our own list; a guild adds its own domains to its allow list. */
const BRANDS: Readonly<Record<string, readonly string[]>> = {
  discord: [
    "discord.com",
    "discord.gg",
    "discordapp.com",
    "discordapp.net",
    "discord.gift",
    "discord.new",
    "discord.media",
  ],
  discordapp: ["discord.com", "discordapp.com", "discordapp.net"],
  steamcommunity: ["steamcommunity.com"],
  steampowered: ["steampowered.com"],
  steam: ["steam.com", "steamcommunity.com", "steampowered.com", "steamstatic.com", "steamgames.com", "steam.tv"],
  roblox: ["roblox.com", "rbxcdn.com"],
  telegram: ["telegram.org", "telegram.me"],
  whatsapp: ["whatsapp.com", "whatsapp.net"],
  metamask: ["metamask.io"],
  opensea: ["opensea.io"],
  binance: ["binance.com", "binance.us"],
  coinbase: ["coinbase.com"],
  paypal: ["paypal.com", "paypal.me"],
  epicgames: ["epicgames.com"],
  twitch: ["twitch.tv", "twitchcdn.net"],
  youtube: ["youtube.com", "youtube-nocookie.com"],
  netflix: ["netflix.com"],
  microsoft: ["microsoft.com", "microsoftonline.com"],
  instagram: ["instagram.com", "cdninstagram.com"],
  github: ["github.com", "github.io", "githubusercontent.com", "githubassets.com"],
};
const OFFICIAL: ReadonlySet<string> = new Set(Object.values(BRANDS).flat());
/** "nitro" belongs to nobody, and nobody honest registers it. */
const LURES = ["nitro", "giveaway", "airdrop", "free-gift", "freegift", "claim-", "-claim", "csgo", "tradeoffer"];

/** Whether a host is a well-known service's own. */
export function isOfficial(host: string): boolean {
  return OFFICIAL.has(host);
}

export interface Lookalike {
  /** What it imitates: a brand's name, or the lure in the name. */
  readonly of: string;
  readonly kind: "contains" | "resembles" | "lure";
}

const remembered = new Map<string, Lookalike | null>();
const MOST_REMEMBERED = 2_000;

/** Whether a link's registered name imitates a well-known one without being its. */
export function lookalikeOf(link: Pick<Link, "domain">): Lookalike | undefined {
  const known = remembered.get(link.domain);
  if (known !== undefined) return known ?? undefined;
  const found = find(link.domain);
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  remembered.set(link.domain, found ?? null);
  return found;
}

function find(domain: string): Lookalike | undefined {
  if (OFFICIAL.has(domain)) return undefined;
  const dot = domain.indexOf(".");
  const name = undigit(unmask(dot === -1 ? domain : domain.slice(0, dot)));
  for (const brand of Object.keys(BRANDS)) {
    if (name.includes(brand)) return { of: brand, kind: "contains" };
  }
  const parts = name.split("-");
  for (const brand of Object.keys(BRANDS)) {
    const allowed = brand.length >= 10 ? 2 : 1;
    if (parts.some((part) => resembles(part, brand, allowed))) return { of: brand, kind: "resembles" };
    if (brand.length >= 7 && startsLike(name, brand)) return { of: brand, kind: "resembles" };
  }
  const lure = LURES.find((word) => name.includes(word));
  return lure === undefined ? undefined : { of: lure, kind: "lure" };
}

function undigit(name: string): string {
  return name
    .replace(/0/g, "o")
    .replace(/1/g, "l")
    .replace(/3/g, "e")
    .replace(/4/g, "a")
    .replace(/5/g, "s")
    .replace(/rn/g, "m");
}

function resembles(part: string, brand: string, allowed: number): boolean {
  if (Math.abs(part.length - brand.length) > allowed) return false;
  // A short brand keeps its first letter in an imitation: "stream" is no "steam" otherwise than by chance.
  if (part[0] !== brand[0] || part === "stream") return false;
  return distance(part, brand, allowed) <= allowed;
}

/** "dlscordnitro", "steamcomunity-login": the name begins with something like the brand. */
function startsLike(name: string, brand: string): boolean {
  if (name[0] !== brand[0] || name.length < brand.length - 1) return false;
  for (const length of [brand.length - 1, brand.length, brand.length + 1]) {
    if (distance(name.slice(0, length), brand, 1) <= 1) return true;
  }
  return false;
}

/** Insertions, deletions, changes and swaps of neighbours; anything above `most` counts as `most + 1`. */
export function distance(left: string, right: string, most: number): number {
  let older: number[] = [];
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const change = left[row - 1] === right[column - 1] ? 0 : 1;
      let cost = Math.min(previous[column]! + 1, current[column - 1]! + 1, previous[column - 1]! + change);
      const isSwap =
        row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      if (isSwap) cost = Math.min(cost, older[column - 2]! + 1);
      current.push(cost);
    }
    if (Math.min(...current) > most) return most + 1;
    older = previous;
    previous = current;
  }
  return previous[right.length]!;
}
