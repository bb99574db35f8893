import { type Effect, type Passage, type SlowLook, write } from "#core";
import { MOST_ASKS } from "#core/knowledge/file";
import type { Gap } from "#core/knowledge/gaps";
import { excerpt } from "#core/text/index";
import { z } from "zod";
import { languageIn } from "./answering.ts";
import type { Config } from "./config.ts";
import { plainTitle, staysWithin } from "./rendering.ts";
import { draftKey } from "./sources.ts";

const draftSchema = z.strictObject({
  drafted: z.boolean(),
  text: z.string().max(1_500),
  used: z.array(z.number().int().min(1)).max(4),
});

const MOST_SOURCES = 4;

export interface Drafted {
  readonly text: string;
  readonly effects: readonly Effect[];
}

/**
 * A model's proposal for staff, from what the guild knows and came near. Only of staff's own words: an entry made of a member's would
 * outlive their consent. Staff take it with a button, or do not; nobody else ever sees it.
 */
export async function draftOf(gap: Gap, look: SlowLook, config: Config, at: number): Promise<Drafted | undefined> {
  if (!config.useModel) return undefined;
  const { hits } = await look.search({ of: "knowledge", text: gap.asks[0] ?? "" });
  const sources = hits.map(({ passage }) => passage).filter(({ source }) => source.kind !== "message");
  const near = sources.slice(0, MOST_SOURCES);
  if (near.length === 0) return undefined;
  const answer = await look.ask({
    prompt: "faq/draft",
    variables: {
      tone: config.tone,
      language: languageIn({ text: gap.asks.join("\n"), asker: "", locale: look.guild().locale }),
      questions: gap.asks.slice(0, MOST_ASKS).join("\n"),
      sources: near.map(numbered).join("\n\n"),
    },
    schema: draftSchema,
  });
  if (!answer.ok || !answer.value.drafted) return undefined;
  const text = answer.value.text.trim();
  const used = answer.value.used.flatMap((number) => near[number - 1] ?? []);
  if (text === "" || used.length === 0 || !staysWithin(text, used)) return undefined;
  return {
    text,
    effects: [write({ write: "record.put", record: "note", key: draftKey(gap.topic), value: { text, at } })],
  };
}

function numbered({ asks, text }: Passage, index: number): string {
  return `[${index + 1}] ${asks[0] === undefined ? "" : `${plainTitle(asks[0])}: `}${excerpt(text, 2_000)}`;
}

/** What was drafted for a gap, if anything was, and how it is forgotten. */
export function keptDraft(topic: string, look: SlowLook): Drafted | undefined {
  const note = look.record("note", draftKey(topic));
  return (
    note && { text: note.text, effects: [write({ write: "record.delete", record: "note", key: draftKey(topic) })] }
  );
}
