import type { Answer, AskContext, LlmGateway, Question } from "#core";

/** The gateway where no model is configured: the whole house must be of use like this. */
export const silentLlm: LlmGateway = scriptedLlm(() => undefined);

/**
 * A gateway that answers from a script, and keeps the port's promises: what the question's schema does not allow is no
 * answer. Undefined means that no model is at hand.
 */
export function scriptedLlm(
  script: (question: Question<unknown>, context: AskContext) => unknown,
  model = "script:model",
): LlmGateway {
  return {
    ask: <T>(question: Question<T>, context: AskContext): Promise<Answer<T>> => {
      const said = script(question, context);
      if (said === undefined) return Promise.resolve({ ok: false, code: "llm.exhausted", why: "no-provider" });
      const valid = question.schema.safeParse(said);
      if (valid.success) return Promise.resolve({ ok: true, value: valid.data, model });
      return Promise.resolve({ ok: false, code: "llm.exhausted", why: "all-failed" });
    },
  };
}
