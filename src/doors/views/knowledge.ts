import { type GuildStore, type KnowledgeSource, type Passage, passageId, type PassageDraft, type Records } from "#core";
import { type Gap, gapsIn, MOST_GAPS_LOOKED_AT } from "#core/knowledge/gaps";

/** What the house may answer from, source by source, and how what it said was taken. */
export interface SourceView {
  readonly id: string;
  readonly kind: KnowledgeSource["kind"];
  readonly title: string;
  readonly version: number;
  readonly at: number;
  readonly by: string;
  readonly place?: { readonly channelId: string; readonly messageId: string };
  /** Whose words they are, and since when that member agrees. */
  readonly author?: { readonly userId: string; readonly agreedAt?: number };
  readonly passages: readonly (PassageDraft & { readonly helpful: number; readonly unhelpful: number })[];
  /** Those others can read, the newest first: at most fifty are remembered. */
  readonly answers: readonly AnswerView[];
}

export interface AnswerView {
  readonly question: string;
  readonly at: number;
  readonly standing: Records["answer"]["standing"];
  readonly place?: { readonly channelId: string; readonly messageId: string };
}

const AGENT = "faq";
export const MOST_SOURCES = 1_000;

/** Costs four queries, however many sources there are. */
export async function sourcesOf(guild: GuildStore, sourceIds?: readonly string[]): Promise<readonly SourceView[]> {
  const wanted = sourceIds === undefined ? {} : { sourceIds };
  const passages = await guild.passages({ of: "knowledge", limit: MOST_SOURCES, ...wanted });
  const sources = new Map<string, Passage[]>();
  for (const one of passages) sources.set(one.source.id, [...(sources.get(one.source.id) ?? []), one]);
  const [verdicts, answers, consents] = await Promise.all([
    verdictsOf(guild, passages),
    answersOf(guild, [...sources.keys()]),
    consentsOf(guild, passages),
  ]);
  return [...sources].map(([id, own]) => {
    const { kind, at, by, title, channelId, messageId, authorId } = own[0]!.source;
    const agreedAt = authorId === undefined ? undefined : consents.get(authorId);
    const author =
      authorId === undefined ? undefined : { userId: authorId, ...(agreedAt !== undefined && { agreedAt }) };
    return {
      ...{ id, kind, at, by, title: title ?? own[0]!.asks[0] ?? id, version: own[0]!.version },
      ...(channelId !== undefined && messageId !== undefined && { place: { channelId, messageId } }),
      ...(author !== undefined && { author }),
      passages: own.map((one) => ({ ...draftOf(one), ...verdicts.get(passageId(one))! })),
      answers: answers.get(id) ?? [],
    };
  });
}

export function draftOf({ asks, text, language }: Passage): PassageDraft {
  return { asks, text, ...(language === undefined ? {} : { language }) };
}

export async function gapsOf(guild: GuildStore): Promise<readonly Gap[]> {
  return gapsIn(await guild.passages({ of: "questions", limit: MOST_GAPS_LOOKED_AT }));
}

/** Members who were asked or answered of themselves are known only where a source of theirs is kept. */
async function consentsOf(guild: GuildStore, passages: readonly Passage[]): Promise<ReadonlyMap<string, number>> {
  const authors = [...new Set(passages.flatMap(({ source }) => source.authorId ?? []))];
  const found = (await guild.records(authors.map((key) => ({ record: "consent", key })))) as readonly (
    Records["consent"] | undefined
  )[];
  return new Map(authors.flatMap((author, index) => (found[index]?.given === true ? [[author, found[index].at]] : [])));
}

async function verdictsOf(guild: GuildStore, passages: readonly Passage[]) {
  const keys = passages.map(passageId);
  const of = (total: "helpful" | "unhelpful") => keys.map((key) => ({ owner: AGENT, total, key }));
  const counts = await guild.totals([...of("helpful"), ...of("unhelpful")]);
  return new Map(
    keys.map((key, index) => [key, { helpful: counts[index] ?? 0, unhelpful: counts[keys.length + index] ?? 0 }]),
  );
}

async function answersOf(guild: GuildStore, ids: readonly string[]): Promise<ReadonlyMap<string, AnswerView[]>> {
  const sources = (await guild.records(ids.map((key) => ({ record: "source", key })))) as readonly (
    Records["source"] | undefined
  )[];
  const keys = [...new Set(sources.flatMap((source) => source?.answers ?? []))];
  const found = (await guild.records(keys.map((key) => ({ record: "answer", key })))) as readonly (
    Records["answer"] | undefined
  )[];
  const byKey = new Map(keys.map((key, index) => [key, found[index]]));
  return new Map(
    ids.map((id, index) => [
      id,
      (sources[index]?.answers ?? [])
        .flatMap((key) => byKey.get(key) ?? [])
        .map(({ question, at, standing, place }) => ({ question, at, standing, ...(place && { place }) }))
        .reverse(),
    ]),
  );
}
