import { type Link, linksIn } from "./links.ts";

const BEHIND_SCHEME = 8;
const NESTED = /https?(?::|%3a)(?:\/|\\|%2f){2}[^\s&"'<>]+/i;
const SHOWS_ANOTHER = /\[([^\]\n]{1,300})\]\(\s?<?([^)\s>]{4,2000})/g;
const DEEPEST = 3;

/** Every place a link may take somebody to: its own, and addresses it carries along for a redirect. */
export function leadsTo(link: Link): readonly Link[] {
  const all: Link[] = [link];
  for (let inner = behind(link.url); inner !== undefined && all.length < DEEPEST;) {
    const [found] = linksIn(inner);
    if (found === undefined) break;
    all.push(found);
    inner = behind(found.url);
  }
  // A browser reads a backslash as a slash: behind it begins the path, whatever a parser takes for a password.
  const slashed = link.url.indexOf("\\");
  if (slashed !== -1) all.push(...linksIn(link.url.slice(0, slashed)));
  return all;
}

function behind(url: string): string | undefined {
  const found = NESTED.exec(url.slice(BEHIND_SCHEME))?.[0];
  return found === undefined ? undefined : decoded(found);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text.replace(/%3a/gi, ":").replace(/%2f/gi, "/");
  }
}

/** A link whose text shows one address while it leads to another: which, and where to. */
export function maskedIn(text: string): { readonly shown: string; readonly leads: string } | undefined {
  if (!text.includes("](")) return undefined;
  for (const [, label = "", target = ""] of text.matchAll(SHOWS_ANOTHER)) {
    const [shown] = linksIn(label);
    const [leads] = linksIn(target);
    if (shown !== undefined && leads !== undefined && shown.domain !== leads.domain)
      return { shown: shown.host, leads: leads.host };
  }
  return undefined;
}
