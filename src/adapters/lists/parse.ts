import { setImmediate } from "node:timers/promises";
import { listableHost } from "#core/text/index";

/** What a source holds: hosts without repetition, sorted, and how many of its entries were none that can be meant. */
export interface Parsed {
  readonly hosts: readonly string[];
  readonly skipped: number;
}

/** So many entries are read before others get their turn: a hundred thousand take longer than a message may wait. */
const AT_ONCE = 2_000;

/**
 * Reads a list as they are published: a domain a line, with or without `*.`; a hosts file; blocking rules (`||domain^`); a JSON
 * array, or an object with one under `domains`. Lines that begin with #, !, ; or // are comments.
 */
export async function parseList(text: string, mostEntries: number): Promise<Parsed | "too-many"> {
  const hosts = new Set<string>();
  let skipped = 0;
  let read = 0;
  for (const entry of entriesOf(text)) {
    read += 1;
    if (read % AT_ONCE === 0) await setImmediate();
    const host = listableHost(entry);
    if (host === undefined) skipped += 1;
    else hosts.add(host);
    if (hosts.size > mostEntries) return "too-many";
  }
  return { hosts: [...hosts].sort(), skipped };
}

function entriesOf(text: string): Iterable<string> {
  const json = /^[\s\ufeff]*[[{]/.test(text) ? jsonEntries(text) : undefined;
  return json ?? lineEntries(text);
}

function jsonEntries(text: string): readonly string[] | undefined {
  try {
    const value: unknown = JSON.parse(text.replace(/^\ufeff/, ""));
    const list = Array.isArray(value) ? value : (value as { readonly domains?: unknown }).domains;
    return Array.isArray(list) ? list.map((entry) => (typeof entry === "string" ? entry : "")) : undefined;
  } catch {
    return undefined;
  }
}

const COMMENT = /^(?:#|!|;|\/\/|\[)/;
/** The address a hosts file sends its names to. */
const SINK = /^(?:0\.0\.0\.0|127\.\d+\.\d+\.\d+|::1?|fe80::1%lo0|255\.255\.255\.255)$/;

function* lineEntries(text: string): Generator<string> {
  for (const line of text.split(/\r?\n/)) {
    const said = line.replace(/\s#.*$/, "").trim();
    if (said === "" || COMMENT.test(said)) continue;
    const [first = "", ...names] = said.split(/\s+/);
    if (names.length > 0 && SINK.test(first)) yield* names;
    else yield said;
  }
}
