import type { Findings } from "#core";
import { truncated } from "../prompts/tokens.ts";
import type { Classify } from "../providers/classifier.ts";
import type { Line } from "./line.ts";
import { metered, type AskTools, type Tab } from "./metered.ts";

/** A classifier as the gateway asks it. */
export interface Witness {
  readonly name: string;
  readonly line: Line;
  readonly classify: () => Promise<Classify>;
}

/** The line of the ledger under which witnesses are booked. */
const BOOKED_AS = "house/witness";
/** Discord's longest message is shorter. */
const TOKENS = 8_000;

/** Shows a text to one witness. Rejects with a ModelFailure. */
export async function askWitness(
  { name, line, classify }: Witness,
  said: string,
  tab: Tab,
  stop: AbortSignal,
  tools: AskTools,
): Promise<Findings> {
  const look = await classify();
  const { text } = await truncated(said, TOKENS);
  return line.request((signal) => {
    const request = { model: name, prompt: BOOKED_AS, texts: [text], send: () => look(text, signal) };
    return metered(request, () => ({ text: "", tokensOut: 0 }), stop, tab, tools);
  }, stop);
}
