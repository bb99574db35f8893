import type { FoundPassage, RowMistake } from "./rows.ts";

const HEADING = /^(#{1,6})\s+(.+?)\s*#*\s*$/;
const FENCE = /^\s*(?:```|~~~)/;
/** Written as "Q: … A: …", with or without emphasis. */
const ASKED = /^\s*(?:\*\*|__)?(?:Q|F|P|Question|Frage|Pregunta|Pergunta)\s*[:.)](?:\*\*|__)?\s*(.+?)(?:\*\*|__)?\s*$/i;
const ANSWERED = /^\s*(?:\*\*|__)?(?:A|R|Answer|Antwort|Respuesta|Réponse|Resposta)\s*[:.)](?:\*\*|__)?\s*(.*)$/i;

interface Section {
  readonly line: number;
  readonly level: number;
  readonly ask: string;
  readonly lines: string[];
}

/**
 * Each heading is a question and what stands under it the answer. A heading with nothing under it but further headings is their
 * chapter; one with nothing at all is a mistake. What stands before the first heading answers without a question.
 */
export function markdownPassages(text: string): { found: readonly FoundPassage[]; mistakes: readonly RowMistake[] } {
  const sections = sectionsOf(text);
  const found: FoundPassage[] = [];
  const mistakes: RowMistake[] = [];
  sections.forEach((section, index) => {
    const answer = section.lines.join("\n").trim();
    const next = sections[index + 1];
    if (answer !== "") found.push({ line: section.line, asks: section.ask === "" ? [] : [section.ask], text: answer });
    else if (section.ask !== "" && (next === undefined || next.level <= section.level))
      mistakes.push({ line: section.line, what: "no-answer" });
  });
  return { found, mistakes };
}

/** Deeper than any heading: a question within a section. */
const ASKED_LEVEL = 7;

function sectionsOf(text: string): readonly Section[] {
  const sections: Section[] = [{ line: 1, level: 0, ask: "", lines: [] }];
  let isCode = false;
  text.split("\n").forEach((content, index) => {
    if (FENCE.test(content)) isCode = !isCode;
    const heading = isCode ? null : HEADING.exec(content);
    const asked = isCode ? null : ASKED.exec(content);
    const current = sections.at(-1)!;
    const begin = (level: number, ask: string): unknown => sections.push({ line: index + 1, level, ask, lines: [] });
    if (heading !== null) begin(heading[1]!.length, heading[2]!);
    else if (asked !== null) begin(ASKED_LEVEL, asked[1]!);
    else current.lines.push(current.level === ASKED_LEVEL ? (ANSWERED.exec(content)?.[1] ?? content) : content);
  });
  return sections;
}
