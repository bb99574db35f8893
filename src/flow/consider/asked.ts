import {
  canonical,
  type Answer,
  type AskContext,
  type Exhausted,
  type LlmGateway,
  type SlowLook,
  type Spending,
  type Vector,
} from "#core";

/** What a slow half's questions came to: every cost, whatever became of the answer, and why nobody answered. */
export interface Costs {
  readonly spent: readonly Spending[];
  readonly exhausted?: Exhausted;
}

/** A text as a point, and whose. */
export interface Meaning {
  readonly model: string;
  readonly vector: Vector;
}

/**
 * The questions of one slow half. It may be thought more than once, when memory lacked something: what was asked once, with
 * the same words and as often, is not asked again.
 */
export function createAsked(llm: LlmGateway, context: AskContext) {
  const asked = new Map<string, Promise<Answer<unknown>>>();
  const questions: Promise<Answer<unknown>>[] = [];
  const witnesses: Promise<Answer<unknown>>[] = [];
  const vectors: Promise<Answer<unknown>>[] = [];

  /** The roads to a model for one pass: the same question counts by how often it was put in this pass. */
  function roads(): Pick<SlowLook, "ask" | "witness"> {
    const times = new Map<string, number>();
    const once = <T>(words: unknown, kept: Promise<Answer<unknown>>[], ask: () => Promise<Answer<T>>) => {
      const said = canonical(words);
      const nth = (times.get(said) ?? 0) + 1;
      times.set(said, nth);
      const key = `${nth} ${said}`;
      const before = asked.get(key);
      if (before !== undefined) return before as Promise<Answer<T>>;
      const answer = ask();
      asked.set(key, answer);
      kept.push(answer);
      return answer;
    };
    return {
      ask: (question) => once([question.prompt, question.variables], questions, () => llm.ask(question, context)),
      witness: (text) => once([text], witnesses, () => llm.witness(text, context)),
    };
  }

  /** The vector of a question to the guild's knowledge; undefined where there is none, for whatever reason. */
  async function vectorOf(text: string): Promise<Meaning | undefined> {
    if (llm.embeddingModel === undefined) return undefined;
    const asking = llm.embed({ texts: [text], as: "question" }, context);
    vectors.push(asking);
    const answer = await asking;
    const [vector] = answer.ok ? answer.value : [];
    return vector === undefined ? undefined : { model: llm.embeddingModel, vector };
  }

  return {
    ...{ roads, vectorOf },
    costs: async () => costsOf(await settled(questions), await settled(witnesses), await settled(vectors)),
  };
}

/** What rejected was a mistake of the agent's own, and went to it: nothing was spent. */
async function settled(asked: readonly Promise<Answer<unknown>>[]): Promise<readonly Answer<unknown>[]> {
  const results = await Promise.allSettled(asked);
  return results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
}

/** That there is no witness, or no vector, is how most houses are; it says nothing about the decision. */
function costsOf(
  answers: readonly Answer<unknown>[],
  witnesses: readonly Answer<unknown>[],
  vectors: readonly Answer<unknown>[],
): Costs {
  const spent = [...answers, ...witnesses, ...vectors].flatMap(({ receipt }) => receipt?.spent ?? []);
  const missed = witnesses.filter((answer) => answer.ok || answer.why !== "no-provider");
  const unanswered = [...answers, ...missed].find((answer) => !answer.ok);
  return { spent, ...(unanswered === undefined || unanswered.ok ? {} : { exhausted: unanswered.why }) };
}
