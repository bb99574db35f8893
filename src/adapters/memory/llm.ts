import type { Answer, AskContext, Embedding, Findings, LlmGateway, Question, Vector } from "#core";

/** The gateway where no model is configured: the whole house must be of use like this. */
export const silentLlm: LlmGateway = scriptedLlm(() => undefined);

/** What the other roads to a model say: undefined, or left out, is a model that is not there. */
export interface OtherScripts {
  readonly witness?: (text: string, context: AskContext) => Findings | undefined;
  readonly vector?: (text: string, as: Embedding["as"]) => Vector;
}

/**
 * A gateway that answers from a script, and keeps the port's promises: what the question's schema does not allow is no
 * answer. Undefined means that no model is at hand.
 */
export function scriptedLlm(
  script: (question: Question<unknown>, context: AskContext) => unknown,
  model = "script:model",
  { witness, vector }: OtherScripts = {},
): LlmGateway {
  return {
    ask: <T>(question: Question<T>, context: AskContext): Promise<Answer<T>> => {
      const said = script(question, context);
      if (said === undefined) return Promise.resolve(nobody);
      const valid = question.schema.safeParse(said);
      if (valid.success) return Promise.resolve({ ok: true, value: valid.data, model });
      return Promise.resolve({ ok: false, code: "llm.exhausted", why: "all-failed" });
    },
    witness: (text, context) => {
      const found = witness?.(text, context);
      return Promise.resolve(found === undefined ? nobody : { ok: true, value: found, model });
    },
    embed: ({ texts, as }) => {
      if (vector === undefined) return Promise.resolve(nobody);
      return Promise.resolve({ ok: true, value: texts.map((text) => vector(text, as)), model });
    },
    embeddingModel: vector === undefined ? undefined : model,
  };
}

const nobody = { ok: false, code: "llm.exhausted", why: "no-provider" } as const;
