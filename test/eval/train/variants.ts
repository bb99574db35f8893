import { chance } from "../../../src/core/linear/logistic.ts";

const SYLLABLES = [
  "ka",
  "lo",
  "mi",
  "ren",
  "tas",
  "vo",
  "ber",
  "qui",
  "dan",
  "sol",
  "eth",
  "zar",
  "pin",
  "gra",
  "nu",
  "ol",
];
const ENDINGS = ["com", "org", "net", "io", "dev", "de", "co.uk", "fr", "info", "me"];
const BAD_ENDINGS = ["com", "xyz", "gift", "click", "site", "ru", "top", "online", "com", "live"];
const BAIT = [
  "discord-gift",
  "dlscord",
  "steam-nitro",
  "nitro-drop",
  "steamcomunity",
  "free-skins",
  "crypto-claim",
  "airdrop-live",
  "casino-bonus",
];
const KNOWN = ["github.com", "www.youtube.com", "youtu.be", "twitter.com", "www.reddit.com", "tenor.com", "imgur.com", "en.wikipedia.org", "stackoverflow.com", "medium.com", "docs.google.com", "cdn.discordapp.com", "discord.com", "x.com", "arxiv.org", "huggingface.co", "www.microsoft.com", "gist.github.com", "open.spotify.com"]; // prettier-ignore
const CODE = ["Traceback (most recent call last):", "Error: listen EADDRINUSE 0.0.0.0:3000", "$ npm install && npm test", '{"version": 12, "ok": true}', "int main() { return 0; }", "2024-03-01 12:00:01 INFO started", "for i in range(10): print(i)", "git checkout dev && make -j4"]; // prettier-ignore
const COMMANDS = ["git pull", "npm test", "make install", "./build.sh -j4", "sudo systemctl restart nginx", "cargo run", "tail -f debug.log", "docker compose up -d", "./node --reindex"]; // prettier-ignore

type Next = () => number;

const pick = (from: readonly string[], next: Next): string => from[Math.floor(next() * from.length)]!;
const number = (next: Next, digits: number): string => String(Math.floor((0.1 + 0.9 * next()) * 10 ** digits));
const letters = (next: Next, length: number, from: string): string =>
  Array.from({ length }, () => from[Math.floor(next() * from.length)]).join("");
const name = (next: Next): string =>
  pick(SYLLABLES, next) + pick(SYLLABLES, next) + (next() < 0.5 ? pick(SYLLABLES, next) : "");
const path = (next: Next): string =>
  next() < 0.25
    ? ""
    : `/${name(next)}${next() < 0.6 ? `/${name(next)}-${name(next)}` : ""}${next() < 0.3 ? `/${number(next, 5)}` : ""}`;

const SLOTS: Readonly<Record<string, (next: Next) => string>> = {
  url: (next) => `https://${next() < 0.2 ? "docs." : ""}${name(next)}.${pick(ENDINGS, next)}${path(next)}`,
  knownurl: (next) => `https://${pick(KNOWN, next)}${path(next)}`,
  badurl: (next) =>
    `${next() < 0.7 ? "https://" : ""}${next() < 0.5 ? pick(BAIT, next) : name(next)}.${pick(BAD_ENDINGS, next)}${next() < 0.5 ? `/${name(next)}` : ""}`,
  host: (next) => `${name(next)}.${pick(ENDINGS, next)}`,
  nick: (next) => name(next),
  id: (next) => number(next, 18),
  num: (next) => number(next, 4 + Math.floor(next() * 4)),
  num5: (next) => number(next, 5),
  number: (next) => number(next, 1 + Math.floor(next() * 4)),
  phone: (next) => `+${number(next, 1)} (${number(next, 3)}) ${number(next, 3)}-${number(next, 4)}`,
  code: (next) => letters(next, 7, "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"),
  hash: (next) => letters(next, 34, "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"),
  hex: (next) => letters(next, 64, "0123456789abcdef"),
  ip: (next) => Array.from({ length: 4 }, () => number(next, 2)).join("."),
  version: (next) => `${number(next, 1)}.${number(next, 1)}.${number(next, 2)}`,
  date: (next) => `20${number(next, 2)}-0${number(next, 1)}-1${number(next, 1)}`,
  time: (next) => `1${number(next, 1)}:${number(next, 2)}:${number(next, 2)}`,
  command: (next) => pick(COMMANDS, next),
  snippet: (next) => pick(CODE, next),
};

/** Slots that a choice may name without braces of its own. */
const BARE: ReadonlySet<string> = new Set(["url", "badurl", "phone", "code"]);

/** One reading of a sentence with choices (`{a|b}`) and slots (`{url}`): the same seed gives the same reading. */
export function variant(pattern: string, seed: number): string {
  const next = chance(seed);
  let text = pattern;
  // Innermost first: a choice may hold slots and choices.
  for (let round = 0; round < 400; round++) {
    const filled = text.replace(
      /\{([^{}]*)\}/,
      (all, inside: string) => filling(inside, next) ?? all.replace("{", "\u0001"),
    );
    if (filled === text) break;
    text = filled;
  }
  return text.replaceAll("\u0001", "{").replace(/\s+/g, " ").trim();
}

function filling(inside: string, next: Next): string | undefined {
  const slot = SLOTS[inside];
  if (slot !== undefined) return slot(next);
  if (!inside.includes("|")) return inside.includes(" ") || inside === "" ? undefined : inside;
  const chosen = pick(inside.split("|"), next);
  return BARE.has(chosen) ? SLOTS[chosen]!(next) : chosen;
}
