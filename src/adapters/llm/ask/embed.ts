import type { Embedding, Vector } from "#core";
import { truncated } from "../prompts/tokens.ts";
import type { Embed } from "../providers/embedder.ts";
import type { Line } from "./line.ts";
import { metered, type AskTools, type Tab } from "./metered.ts";

/** A model of vectors as the gateway asks it. */
export interface VectorModel {
  readonly name: string;
  readonly line: Line;
  readonly embed: () => Promise<Embed>;
}

/** The line of the ledger under which vectors are booked. */
const BOOKED_AS = "house/vectors";
/** What the smallest of the common models reads of one text. */
const TOKENS = 2_000;
/** Below every provider's limit for one request, and short enough to be sent again. */
const BATCH = 64;

/** Vectors of any number of texts, one request for each batch of them. Rejects with a ModelFailure where one batch fails. */
export async function askVectors(
  { name, line, embed }: VectorModel,
  { texts, as }: Embedding,
  tab: Tab,
  stop: AbortSignal,
  tools: AskTools,
): Promise<readonly Vector[]> {
  const ask = await embed();
  const cut = await Promise.all(texts.map(async (text) => (await truncated(text, TOKENS)).text));
  const batches: (readonly string[])[] = [];
  for (let from = 0; from < cut.length; from += BATCH) batches.push(cut.slice(from, from + BATCH));
  const found = await Promise.all(
    batches.map((batch) =>
      line.request((signal) => {
        const send = () => ask({ texts: batch, as }, signal);
        const request = { model: name, prompt: BOOKED_AS, texts: batch, send };
        return metered(request, () => ({ text: "", tokensOut: 0 }), stop, tab, tools);
      }, stop),
    ),
  );
  return found.flat();
}
