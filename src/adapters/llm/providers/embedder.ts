import { z } from "zod";
import type { Embedding, Vector } from "#core";
import { ModelFailure } from "./failure.ts";
import { modelName, type Access } from "./names.ts";

/**
 * Turns some texts into vectors, in one request. Rejects with whatever the provider's client throws. These clients cannot be
 * stopped: when it is too late, nobody waits for them any more.
 */
export type Embed = (embedding: Embedding, signal: AbortSignal) => Promise<readonly Vector[]>;

/**
 * Models that were trained to be cut: their first numbers say almost all, and what is stored and compared is a fraction.
 * Others give what they give.
 */
const SHORT = 512;
const CUTTABLE = /^(text-embedding-3|gemini-embedding)/;

interface Embedder {
  embedDocuments(texts: string[]): Promise<number[][]>;
  embedQuery(text: string): Promise<number[]>;
}

export async function openEmbedder(name: string, access: Access, timeoutMs: number): Promise<Embed> {
  const { provider, model } = modelName(name);
  const dimensions = CUTTABLE.test(model) ? SHORT : undefined;
  const make = provider === "google-genai" ? google : provider === "ollama" ? ollama : openai;
  const embedder = await make({ model, access, dimensions, timeoutMs });
  return async ({ texts, as }, signal) => {
    const found = vectors.safeParse(await Promise.race([embedder[as](texts), tooLate(signal)]));
    if (!found.success || found.data.length !== texts.length) throw new ModelFailure("malformed");
    return found.data.map(ofLengthOne);
  };
}

function tooLate(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const end = (): void => reject(new ModelFailure("timeout"));
    if (signal.aborted) end();
    else signal.addEventListener("abort", end, { once: true });
  });
}

interface Wanted {
  readonly model: string;
  readonly access: Access;
  readonly dimensions: number | undefined;
  readonly timeoutMs: number;
}
type Ways = Readonly<Record<Embedding["as"], (texts: readonly string[]) => Promise<number[][]>>>;

const base = { maxRetries: 0, maxConcurrency: 64 } as const;

async function openai({ model, access: { key, baseUrl }, dimensions, timeoutMs }: Wanted): Promise<Ways> {
  const { OpenAIEmbeddings } = await import("@langchain/openai");
  const embedder = new OpenAIEmbeddings({
    // Every server that speaks OpenAI's protocol knows plain numbers; not every one packs them.
    ...{ ...base, model, apiKey: key ?? "none", timeout: timeoutMs, encodingFormat: "float" },
    ...(dimensions === undefined ? {} : { dimensions }),
    configuration: { logLevel: "off", ...(baseUrl === undefined ? {} : { baseURL: baseUrl }) },
  });
  return bothWays((texts) => embedder.embedDocuments(texts));
}

async function ollama({ model, access: { baseUrl }, timeoutMs }: Wanted): Promise<Ways> {
  const { OllamaEmbeddings } = await import("@langchain/ollama");
  const embedder = new OllamaEmbeddings({
    ...{ ...base, model, truncate: true },
    ...(baseUrl === undefined ? {} : { baseUrl }),
    fetch: (input, options) => fetch(input, { ...options, signal: AbortSignal.timeout(timeoutMs) }),
  });
  return bothWays((texts) => embedder.embedDocuments(texts));
}

async function google({ model, access: { key, baseUrl }, dimensions }: Wanted): Promise<Ways> {
  const { GoogleGenerativeAIEmbeddings } = await import("@langchain/google-genai");
  type Choices = NonNullable<ConstructorParameters<typeof GoogleGenerativeAIEmbeddings>[0]>;
  const of = (taskType: string) =>
    new GoogleGenerativeAIEmbeddings({
      ...{ ...base, model, taskType: taskType as NonNullable<Choices["taskType"]> },
      ...(key === undefined ? {} : { apiKey: key }),
      ...(dimensions === undefined ? {} : { outputDimensionality: dimensions }),
      ...(baseUrl === undefined ? {} : { baseUrl }),
    });
  const question = of("RETRIEVAL_QUERY");
  const passage = of("RETRIEVAL_DOCUMENT");
  return {
    question: (texts) => openly(question, texts),
    passage: (texts) => openly(passage, texts),
  };
}

/** Of a batch that failed this client says nothing but "no numbers": one text asked for alone fails with the reason, or it has passed. */
async function openly(embedder: Embedder, texts: readonly string[]): Promise<number[][]> {
  const found = await embedder.embedDocuments([...texts]);
  if (found.every(({ length }) => length > 0)) return found;
  await embedder.embedQuery(texts[0]!);
  throw new ModelFailure("overloaded");
}

function bothWays(embed: (texts: string[]) => Promise<number[][]>): Ways {
  const way = (texts: readonly string[]): Promise<number[][]> => embed([...texts]);
  return { question: way, passage: way };
}

const vectors = z.array(
  z
    .array(z.number())
    .min(1)
    .refine((numbers) => numbers.some((one) => one !== 0)),
);

function ofLengthOne(vector: readonly number[]): Vector {
  const length = Math.hypot(...vector);
  return vector.map((one) => one / length);
}
