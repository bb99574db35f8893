import { readFileSync } from "node:fs";
import { isAbsolute, relative } from "node:path";
import { isCollection, isMap, isScalar, LineCounter, parseDocument, visit, type Document, type Node } from "yaml";
import { ConfigurationError } from "#core";

export type Path = readonly PropertyKey[];

/** One YAML file: what it says, and where it says it. */
export interface ConfigDocument {
  readonly name: string;
  readonly value: unknown;
  /** What YAML itself objects to; then `value` means nothing. */
  readonly mistakes: readonly string[];
  /** `file:line:column` of the value at this path, or of the nearest thing around it. */
  place(path: Path): string;
  /** `file:line:column` of the key itself. */
  placeOfKey(path: Path): string;
}

export function readDocument(file: string): ConfigDocument {
  const name = shortName(file);
  try {
    return documentOf(name, readFileSync(file, "utf8"));
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    if (code === undefined) throw cause;
    throw new ConfigurationError(`${name}: cannot be read (${code}); is GUILDHALL_CONFIG right?`, { cause });
  }
}

export function documentOf(name: string, text: string): ConfigDocument {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = (offset: number | undefined): string => {
    const { line, col } = lines.linePos(offset ?? 0);
    return `${name}:${line}:${col}`;
  };
  const mistakes = document.errors.map((error) => `${at(error.pos[0])} expected YAML, found: ${error.message}`);
  keepLongNumbers(document);
  return {
    name,
    value: mistakes.length > 0 ? undefined : (document.toJS() ?? {}),
    mistakes,
    place: (path) => at(nodeNear(document, path)?.range?.[0]),
    placeOfKey: (path) => at(keyNode(document, path)?.range?.[0] ?? nodeNear(document, path)?.range?.[0]),
  };
}

/** An id without quotes is a number to YAML, and longer than a number can hold: its digits are kept as text. */
export function keepLongNumbers(document: Document): void {
  visit(document, {
    Scalar: (_key, node) => {
      const isCut = typeof node.value === "number" && Number.isInteger(node.value) && !Number.isSafeInteger(node.value);
      if (isCut && node.source !== undefined && /^\d+$/.test(node.source)) node.value = node.source;
    },
  });
}

function nodeNear(document: Document, path: Path): Node | undefined {
  for (let length = path.length; length > 0; length--) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (isScalar(node) || isCollection(node)) return node;
  }
  return document.contents ?? undefined;
}

function keyNode(document: Document, path: Path): Node | undefined {
  const parent: unknown = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (!isMap(parent)) return undefined;
  const key = parent.items.find((pair) => isScalar(pair.key) && pair.key.value === path.at(-1))?.key;
  return isScalar(key) ? key : undefined;
}

function shortName(file: string): string {
  const near = relative(process.cwd(), file);
  return near.startsWith("..") || isAbsolute(near) ? file : near;
}
