import {
  type Effect,
  type EventOf,
  type FileValue,
  type KnowledgeSource,
  type Look,
  propose,
  type Use,
  write,
} from "#core";
import { kindOfFile, LARGEST_FILE, MOST_PASSAGES, parseFile, type RowMistake } from "#core/knowledge/file";
import { excerpt } from "#core/text/index";
import { unlearn } from "./learning.ts";
import { type Scene, sceneOf } from "./mending.ts";
import { plainTitle } from "./rendering.ts";
import { tell } from "./replies.ts";
import { fileId, messageSourceId, putSource, questionId, withdrawSource } from "./sources.ts";
import { words } from "./words.ts";

const LONGEST_NAME = 60;
const MISTAKES_SHOWN = 15;
const KIB = 1_024;

/** Has the file fetched: what it holds comes with the outcome. */
export function importFile(event: EventOf<"command.used">): readonly Effect[] {
  const { locale } = event.interaction;
  const file = event.options["file"] as FileValue;
  const name = excerpt(file.name, LONGEST_NAME);
  if (kindOfFile(file.name) === undefined) return [tell(event, words.say(locale, "import.kind"), "faq-import")];
  if (file.size > LARGEST_FILE) {
    const most = words.say(locale, "import.large", { most: LARGEST_FILE / KIB, size: Math.ceil(file.size / KIB) });
    return [tell(event, most, "faq-import")];
  }
  const value = { name, by: `discord:${event.by.userId}`, interaction: event.interaction };
  const action = { verb: "file.read", url: file.url, mostBytes: LARGEST_FILE } as const;
  return [
    write({ write: "record.put", record: "fetched", key: event.id, value }),
    propose(action, { rule: "faq-import", why: "a file was given as knowledge", confidence: 1 }),
    tell(event, words.say(locale, "import.reading", { file: plainTitle(name) }), "faq-import"),
  ];
}

/** The file is here, or it is not: whoever gave it is told which rows could not be taken. */
export function fileRead(event: EventOf<"action.done" | "action.failed">, key: string, look: Look): readonly Effect[] {
  const fetched = look.record("fetched", key);
  if (fetched === undefined) return [];
  const { name, by, interaction } = fetched;
  const done = write({ write: "record.delete", record: "fetched", key });
  const say = (text: string): Effect =>
    propose(
      { verb: "interaction.reply", interaction, words: { text }, ephemeral: true },
      { rule: "faq-import", why: "somebody waits for their file", confidence: 1 },
    );
  const text = event.kind === "action.done" ? textIn(event.result) : undefined;
  const kind = kindOfFile(name);
  if (text === undefined || kind === undefined) return [done, say(words.say(interaction.locale, "import.failed"))];
  const { passages, mistakes } = parseFile(kind, text);
  const source = { id: fileId(name), kind: "file", title: name, by, at: event.at } as const;
  const put = passages.length === 0 ? [] : putSource(sceneOf(event, look), source, passages);
  return [done, ...put, say(report(name, passages.length, mistakes, interaction.locale))];
}

function textIn(result: unknown): string | undefined {
  const text = (result as { text?: unknown } | null)?.text;
  return typeof text === "string" ? text : undefined;
}

function report(name: string, count: number, mistakes: readonly RowMistake[], locale: string | undefined): string {
  const lines = mistakes
    .slice(0, MISTAKES_SHOWN)
    .map(({ line, what }) =>
      words.say(locale, "import.line", { line, why: words.say(locale, `mistake.${what}`, { most: MOST_PASSAGES }) }),
    );
  const more = mistakes.length - lines.length;
  return [
    words.say(locale, "import.done", { count, file: plainTitle(name) }),
    ...lines.map((line) => `• ${line}`),
    ...(more > 0 ? [words.say(locale, "import.more", { count: more })] : []),
  ].join("\n");
}

/** By a door: the rows were read there, and whoever gave them was told there what is wrong with them. */
export function takeGiven(event: EventOf<"knowledge.given">, scene: Scene): readonly Effect[] {
  const { entryId, by, at, answered = [] } = event;
  const title = excerpt(event.name, LONGEST_NAME);
  const authorId = entryId === undefined ? undefined : scene.look.record("source", entryId)?.authorId;
  const source: KnowledgeSource =
    entryId === undefined
      ? { id: fileId(title), kind: "file", title, by, at }
      : { id: entryId, kind: "entry", by, at, ...(authorId !== undefined && { authorId }) };
  return [...answered.flatMap(waitsNoLonger), ...putSource(scene, source, event.passages)];
}

/** By a door: sources go with the answers that rest on them, questions that wait just go. */
export function takeBack(event: EventOf<"knowledge.withdrawn">, scene: Scene): readonly Effect[] {
  return event.sourceIds.flatMap((id) => {
    if (id.startsWith(questionId(""))) return waitsNoLonger(id);
    const message = messageSourceId("");
    if (id.startsWith(message)) return unlearn(scene, id.slice(message.length));
    return withdrawSource(scene, id);
  });
}

function waitsNoLonger(id: string): readonly Effect[] {
  return id.startsWith(questionId("")) ? [write({ write: "knowledge.withdraw", sourceId: id })] : [];
}

export function isImport(event: Use): boolean {
  return event.kind === "command.used" && event.command === "faq import";
}
