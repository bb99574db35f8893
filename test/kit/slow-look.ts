import type { Answer, Look, SlowLook } from "#core";

const nobody: Answer<never> = { ok: false, code: "llm.exhausted", why: "no-provider" };

const unknown: Pick<SlowLook, "search" | "passages" | "message" | "pins" | "pinned" | "file" | "ticketFigures"> = {
  search: () => Promise.resolve({ hits: [], confidence: 0, answers: false }),
  passages: () => Promise.resolve([]),
  file: () => Promise.resolve({ ok: false, why: "gone" }),
  message: () => Promise.resolve(undefined),
  pins: () => Promise.resolve(undefined),
  pinned: () => Promise.resolve(undefined),
  ticketFigures: () => Promise.resolve([]),
};

const alone = (): Promise<never> => Promise.reject(new Error("this test gives no choices to look at"));
const choices = { inForce: alone, amended: alone, rehearse: alone };

/** A look for a slow half: what is not given is a house without a model, that knows nothing and remembers no message. */
export function slowLook(look: Look, roads: Partial<Omit<SlowLook, keyof Look>> = {}): SlowLook {
  const silent = { ask: () => Promise.resolve(nobody), witness: () => Promise.resolve(nobody) };
  return { ...silent, ...unknown, ...choices, ...look, ...roads };
}
