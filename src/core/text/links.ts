import { linkifyit } from "linkify-it";
import { parse } from "tldts";
import { unfold } from "./normalise.ts";

export interface Link {
  /** As it would be opened: with a scheme, and with what hid it ("hxxp", "[.]") undone. */
  readonly url: string;
  /** Lower case, in its ASCII form: "xn--e1afmkfd.xn--p1ai". */
  readonly host: string;
  /** What somebody registered, "example.co.uk" for "a.b.example.co.uk"; the host itself where there is no such thing. */
  readonly domain: string;
}

/** Every ending counts as a candidate; the list of public suffixes decides afterwards. */
const finder = linkifyit({
  fuzzyLink: true,
  fuzzyEmail: false,
  fuzzyIP: false,
  urlAuth: true,
  tlds: ["[a-z\\u00a1-\\uffff]{2,24}"],
}).add("mailto:", null);

/** A dot inside a word, a scheme, or one of the ways to hide them. Without any of those there is no link to look for. */
const CANDIDATE = /[^\s.][.．。｡․][^\s.]|:\/\/|[[({]\s?(?:\.|dot)\s?[\])}]|\p{Default_Ignorable_Code_Point}/iu;
const HIDDEN_DOT = /\s?[[({]\s?(?:\.|dot)\s?[\])}]\s?/gi;
const HIDDEN_COLON = /\[:\](?=\/\/)/g;
const HIDDEN_SCHEME = /\bh(?:xx|\*\*|tx|xt)p(s?)(?=:\/\/)/gi;
/** Discord's marks around a link (spoiler, code, bold) are not part of it. */
const MARKS = /[|`*]+/g;

/** The links of a text, in their order, hidden ones included. Costs next to nothing where there can be none. */
export function linksIn(text: string): readonly Link[] {
  if (!CANDIDATE.test(text)) return [];
  const found = finder.match(revealed(text)) ?? [];
  return found.flatMap((match) => linkOf(match.url, match.schema === "") ?? []);
}

/** The host as `linksIn` writes it, for what people enter in a list: "HTTPS://Пример.рф/x" is one entry with its ASCII form. */
export function hostOf(entry: string): string | undefined {
  return asciiHost(parse(entry.trim(), { detectSpecialUse: true }).hostname);
}

/** What an entry of a list names: its host, the registered name in it, and whether it is an address in numbers. */
export function domainParts(entry: string): {
  readonly host: string | undefined;
  readonly domain: string | undefined;
  readonly isAddress: boolean;
} {
  const facts = parse(entry.trim());
  return { host: asciiHost(facts.hostname), domain: facts.domain ?? undefined, isAddress: facts.isIp === true };
}

/** Whether the host or a domain above it is listed: "a.b.example" is where "b.example" is. Returns the entry. */
export function listedDomain(host: string, listed: Pick<ReadonlySet<string>, "has">): string | undefined {
  for (let from = 0; from !== -1;) {
    const candidate = host.slice(from);
    if (listed.has(candidate)) return candidate;
    const dot = host.indexOf(".", from);
    from = dot === -1 ? -1 : dot + 1;
  }
  return undefined;
}

function revealed(text: string): string {
  return unfold(text)
    .replace(/[。․]/g, ".")
    .replace(HIDDEN_COLON, ":")
    .replace(HIDDEN_SCHEME, "http$1")
    .replace(HIDDEN_DOT, ".")
    .replace(MARKS, " ");
}

function linkOf(url: string, isFuzzy: boolean): Link | undefined {
  const facts = parse(url, { detectSpecialUse: true });
  // "notes.txt" is a file and "hello.world" may be a link: without a scheme, the ending must be one that exists.
  if (isFuzzy && facts.isIcann !== true && facts.isSpecialUse !== true) return undefined;
  const host = asciiHost(facts.hostname);
  if (host === undefined) return undefined;
  return { url, host, domain: asciiHost(facts.domain) ?? host };
}

function asciiHost(host: string | null): string | undefined {
  if (host === null || host === "") return undefined;
  if (/^[\u0021-\u007e]+$/.test(host)) return host.toLowerCase();
  return URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : undefined;
}
