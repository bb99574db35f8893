import { isCohort, isUndone, propose, write, type Effect, type EventOf, type Look } from "#core";
import { fileOf } from "./cases.ts";
import { bannedBy, undoing } from "./cohorts.ts";
import { lessOnRecord } from "./measures.ts";

/** What somebody did with a case by the page, the API or the terminal: the same as by command, and nobody waits for an answer. */
export function takeAmendment(event: EventOf<"case.amended">, look: Look): readonly Effect[] {
  const { number, change, text, name, at } = event;
  const file = fileOf(number, look);
  if (file === undefined) return [];
  const added = (kind: "note" | "reason" | "undone"): Effect =>
    write({ write: "case.add", number, entry: { kind, name, at, text } });
  if (change !== "undo") return [added(change)];
  if (isUndone(file) || (isCohort(file) && bannedBy(file, look).length === 0)) return [];
  const action = undoing(file, look);
  const less = lessOnRecord(file, look);
  if (action === undefined) return [added("undone"), ...less];
  return [propose(action, { rule: "case-undo", why: text, confidence: 1, undoes: number }), ...less];
}
