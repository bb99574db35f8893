import type { LlmGateway } from "#core";

/** The gateway of a house without any provider: agents hear that at once and fall back on their rules. */
export const silentLlm: LlmGateway = {
  ask: () => Promise.resolve({ ok: false, code: "llm.exhausted" }),
};
