import {
  type GuildStore,
  type KnowledgeFound,
  type KnowledgeState,
  type Passage,
  passageId,
  type PassageQuery,
} from "#core";
import { questionMatcher, type QuestionMatcher } from "#core/search/index";
import { languageOf } from "#core/text/language";

/**
 * A guild that knows no more than this is matched whole, so that the matcher knows how rare its words are; of one that knows
 * more, Postgres picks the candidates first. Building takes about a millisecond for twenty passages.
 */
const MATCHED_WHOLE = 1_000;
const CANDIDATES = 200;
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

export interface Finder {
  find(guild: GuildStore, query: Query): Promise<KnowledgeFound>;
}

/** Answers "which passage is meant?" for slow halves: by the matcher that `npm run eval` measures, with its thresholds. */
export function createFinder(): Finder {
  const kept = new Map<string, Built>();

  async function find(guild: GuildStore, query: Query): Promise<KnowledgeFound> {
    const state = await guild.knowledge(query.of);
    if (state.passages === 0) return { hits: [], confidence: 0, answers: false };
    const isSmall = state.passages <= MATCHED_WHOLE;
    const { match, passages } = isSmall ? await wholeOf(guild, query.of, state) : await candidatesOf(guild, query);
    const { ranked, confidence, answers } = match(query.text);
    const hits = ranked.map(({ id, score }) => ({ passage: passages.get(id)!, score }));
    return { hits, confidence, answers };
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

async function candidatesOf(guild: GuildStore, { of, text }: Query): Promise<Omit<Built, "revision">> {
  const language = languageOf(text);
  const hint = language?.isSure === true ? { language: language.code } : {};
  return matcherOf(await guild.searchPassages({ of, text, limit: CANDIDATES, ...hint }));
}

/** What nobody has put as a question is found by what it says. */
function matcherOf(passages: readonly Passage[]): Omit<Built, "revision"> {
  const entries = passages.map((passage) => ({
    id: passageId(passage),
    questions: passage.asks.length > 0 ? passage.asks : [passage.text],
    ...(passage.text === "" ? {} : { answer: passage.text }),
  }));
  return {
    passages: new Map(passages.map((passage) => [passageId(passage), passage])),
    match: questionMatcher(entries),
  };
}
