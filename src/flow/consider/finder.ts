import {
  type GuildStore,
  type KnowledgeFound,
  type KnowledgeState,
  type Passage,
  passageId,
  type PassageQuery,
} from "#core";
import { questionMatcher, type QuestionMatcher } from "#core/search/index";
import { tongueOf } from "#core/text/tongue";
import type { Meaning } from "./asked.ts";

/**
 * A guild that knows no more than this is matched whole, so that the matcher knows how rare its words are; of one that knows
 * more, Postgres picks the candidates first. Building takes about a millisecond for twenty passages.
 */
const MATCHED_WHOLE = 1_000;
const CANDIDATES = 200;
/** So many ways of asking are learnt from, in about a second in which the house does nothing else; of more, words alone decide. */
const LEARNT_FROM = 1_000;
/** So many of what means the same are looked at, and how little the first places of a ranking outweigh the next. */
const LIKE = 10;
const RANK_SMOOTHING = 60;
/** So many guilds' matchers are kept, the last used ones. */
const KEPT = 32;

interface Built {
  readonly revision: string;
  readonly passages: ReadonlyMap<string, Passage>;
  readonly match: QuestionMatcher;
}

interface Query {
  readonly of: PassageQuery["of"];
  readonly text: string;
}

/** A question as a vector, where a model gives one. */
export type MeaningOf = (text: string) => Promise<Meaning | undefined>;

export interface Finder {
  find(guild: GuildStore, query: Query, meaningOf: MeaningOf): Promise<KnowledgeFound>;
}

/** Answers "which passage is meant?" for slow halves: by the matcher that `npm run eval` measures, with its thresholds. */
export function createFinder(): Finder {
  const kept = new Map<string, Built>();

  async function find(guild: GuildStore, query: Query, meaningOf: MeaningOf): Promise<KnowledgeFound> {
    const state = await guild.knowledge(query.of);
    if (state.passages === 0) return { hits: [], confidence: 0, answers: false };
    const isSmall = state.passages <= MATCHED_WHOLE;
    const { match, passages } = isSmall ? await wholeOf(guild, query.of, state) : await candidatesOf(guild, query);
    const { ranked, confidence, answers } = match(query.text);
    const hits = ranked.map(({ id, score }) => ({ passage: passages.get(id)!, score }));
    const found = { hits, confidence, answers };
    return answers || query.of === "questions" ? found : withMeaning(guild, query.text, found, meaningOf);
  }

  async function wholeOf(guild: GuildStore, of: Query["of"], { revision }: KnowledgeState): Promise<Built> {
    const key = `${guild.guildId}/${of}`;
    const known = kept.get(key);
    kept.delete(key);
    const built =
      known?.revision === revision
        ? known
        : { revision, ...matcherOf(await guild.passages({ of, limit: MATCHED_WHOLE })) };
    kept.set(key, built);
    if (kept.size > KEPT) kept.delete(kept.keys().next().value!);
    return built;
  }

  return { find };
}

/**
 * Where words alone do not answer, what means the same is looked for as well, and both rankings made one. Whether the first
 * answers stays the matcher's to say: its thresholds were measured, those of vectors differ from model to model.
 */
async function withMeaning(
  guild: GuildStore,
  text: string,
  found: KnowledgeFound,
  meaningOf: MeaningOf,
): Promise<KnowledgeFound> {
  const meaning = await meaningOf(text);
  const like = meaning === undefined ? [] : await guild.likePassages({ ...meaning, limit: LIKE });
  if (like.length === 0) return found;
  const known = new Map([...like, ...found.hits].map(({ passage }) => [passageId(passage), passage]));
  const rankings = [found.hits, like].map((ranking) => ranking.map(({ passage }) => passageId(passage)));
  const scores = new Map<string, number>();
  for (const ranking of rankings)
    ranking.forEach((id, place) => scores.set(id, (scores.get(id) ?? 0) + 1 / (RANK_SMOOTHING + place)));
  const hits = [...scores]
    .sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
    .map(([id, score]) => ({ passage: known.get(id)!, score }));
  return { ...found, hits };
}

async function candidatesOf(guild: GuildStore, { of, text }: Query): Promise<Omit<Built, "revision">> {
  const language = tongueOf(text);
  const hint = language === undefined ? {} : { language };
  return matcherOf(await guild.searchPassages({ of, text, limit: CANDIDATES, ...hint }), true);
}

/** What nobody has put as a question is found by what it says. */
function matcherOf(passages: readonly Passage[], isForOneQuestion = false): Omit<Built, "revision"> {
  const entries = passages.map((passage) => ({
    id: passageId(passage),
    questions: passage.asks.length > 0 ? passage.asks : [passage.text],
    ...(passage.text === "" ? {} : { answer: passage.text }),
  }));
  const ways = entries.reduce((sum, { questions }) => sum + questions.length, 0);
  return {
    passages: new Map(passages.map((passage) => [passageId(passage), passage])),
    match: questionMatcher(entries, [], isForOneQuestion || ways > LEARNT_FROM),
  };
}
