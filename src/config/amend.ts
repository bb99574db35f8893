import { isCollection, parseDocument, type Document } from "yaml";
import { ConfigurationError, type PolicyChange } from "#core";
import { keepLongNumbers } from "./documents.ts";

/** A guild's document with single settings changed: whatever else somebody wrote there stays, their comments included. */
export function amended(text: string, changes: readonly PolicyChange[]): string {
  const document = parseDocument(text);
  const [mistake] = document.errors;
  if (mistake !== undefined) throw new ConfigurationError(`policy: ${mistake.message}`, { cause: mistake });
  keepLongNumbers(document);
  for (const { path, value } of changes) {
    if (value === undefined) remove(document, path);
    else put(document, path, value);
  }
  return document.contents === null ? "" : document.toString({ lineWidth: 120 });
}

function remove(document: Document, path: readonly string[]): void {
  if (document.hasIn(path)) document.deleteIn(path);
}

/** A block that was left empty (`agents:` and nothing below it) is none to YAML: it becomes one. */
function put(document: Document, path: readonly string[], value: unknown): void {
  const empty = path.findIndex((_step, index) => index > 0 && isInTheWay(document, path.slice(0, index)));
  if (empty > 0) document.deleteIn(path.slice(0, empty));
  if (!isCollection(document.contents)) document.contents = null;
  // A plain value goes into the node that is there, with the comment beside it.
  document.setIn(path, typeof value === "object" ? document.createNode(value) : value);
}

function isInTheWay(document: Document, path: readonly string[]): boolean {
  return document.hasIn(path) && !isCollection(document.getIn(path, true));
}
