import type { Answer, Look, SlowLook } from "#core";

const nobody: Answer<never> = { ok: false, code: "llm.exhausted", why: "no-provider" };

/** A look for a slow half: what is not given is a house without a model. */
export function slowLook(look: Look, roads: Partial<Omit<SlowLook, keyof Look>> = {}): SlowLook {
  return { ask: () => Promise.resolve(nobody), witness: () => Promise.resolve(nobody), ...look, ...roads };
}
