import type { AskedSchema } from "./schema.ts";
import { ModelFailure } from "./failure.ts";
import { modelName, type Access, type Provider } from "./names.ts";
import { wholeLines } from "./whole.ts";

/** One message of a question; the answer that has to be repaired is shown to the model again. */
export interface Turn {
  readonly role: "system" | "user" | "assistant";
  readonly text: string;
}

export interface Reply {
  /** What the model answered, read as JSON; undefined where it cannot be read. */
  readonly value: unknown;
  readonly text: string;
  readonly tokensIn: number | undefined;
  readonly tokensOut: number | undefined;
}

/** Asks one model once. Rejects with whatever the provider's client throws. */
export type Chat = (turns: readonly Turn[], schema: AskedSchema, signal: AbortSignal) => Promise<Reply>;

export interface ChatLimits {
  readonly maxTokens: number;
}

export async function openChat(name: string, access: Access, limits: ChatLimits): Promise<Chat> {
  const { initChatModel } = await import("langchain/chat_models/universal");
  const { provider } = modelName(name);
  const model = await initChatModel(name, paramsOf(provider, access, limits));
  const method = METHOD[provider];
  const asking = new WeakMap<AskedSchema, Structured>();
  const structuredFor = (schema: AskedSchema): Structured => {
    const before = asking.get(schema);
    if (before !== undefined) return before;
    const made = model.withStructuredOutput(schema.json, {
      includeRaw: true,
      method,
      name: "answer",
    }) as unknown as Structured;
    asking.set(schema, made);
    return made;
  };
  return async (turns, schema, signal) => {
    const { raw } = await structuredFor(schema).invoke(turns.map(messageOf), { signal });
    return replyOf(raw);
  };
}

interface Structured {
  invoke(input: readonly (readonly [string, string])[], options: { signal: AbortSignal }): Promise<{ raw: RawMessage }>;
}

/** The part of LangChain's AIMessage that is used. */
interface RawMessage {
  readonly content: unknown;
  readonly tool_calls?: readonly { readonly args: unknown }[];
  readonly usage_metadata?: { readonly input_tokens: number; readonly output_tokens: number };
  readonly response_metadata?: Readonly<Record<string, unknown>>;
}

/**
 * A forced tool call where its client then leaves the reading to us, so that even an answer nobody can read is one whose
 * cost is known; the provider's own grammar elsewhere.
 */
const METHOD: Readonly<Record<Provider, "functionCalling" | "jsonSchema">> = {
  anthropic: "functionCalling",
  openai: "functionCalling",
  "google-genai": "jsonSchema",
  ollama: "jsonSchema",
};

/** Clients' own retries are off: how often a question is asked is decided in one place. So are their own logs, which print it. */
function paramsOf(provider: Provider, { key, baseUrl }: Access, { maxTokens }: ChatLimits): Record<string, unknown> {
  const base = { maxRetries: 0, ...(key === undefined ? {} : { apiKey: key }) };
  switch (provider) {
    case "anthropic":
      return {
        ...{ ...base, maxTokens, clientOptions: { logLevel: "off" } },
        ...(baseUrl === undefined ? {} : { anthropicApiUrl: baseUrl }),
      };
    case "openai":
      return {
        ...base,
        apiKey: key ?? "none",
        maxTokens,
        configuration: { logLevel: "off", ...(baseUrl === undefined ? {} : { baseURL: baseUrl }) },
      };
    case "google-genai":
      return { ...base, maxOutputTokens: maxTokens, ...(baseUrl === undefined ? {} : { baseUrl }) };
    case "ollama":
      return { ...base, numPredict: maxTokens, fetch: wholeLines, ...(baseUrl === undefined ? {} : { baseUrl }) };
  }
}

const messageOf = ({ role, text }: Turn): readonly [string, string] => [role, text];

function replyOf(raw: RawMessage | undefined): Reply {
  if (raw === undefined) throw new ModelFailure("malformed");
  const text = textOf(raw.content);
  const call = raw.tool_calls?.[0]?.args;
  const isCut = CUT.has(String(raw.response_metadata?.finish_reason ?? raw.response_metadata?.stop_reason ?? ""));
  const value = isCut ? undefined : (call ?? parsed(text));
  const usage = raw.usage_metadata;
  return {
    value,
    text: call === undefined ? text : JSON.stringify(call),
    tokensIn: usage?.input_tokens === 0 ? undefined : usage?.input_tokens,
    tokensOut: usage?.output_tokens,
  };
}

/** An answer that ran into its limit may look whole and is not. */
const CUT: ReadonlySet<string> = new Set(["length", "max_tokens", "MAX_TOKENS"]);

function textOf(content: unknown): string {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content.map((part: { text?: unknown }) => (typeof part.text === "string" ? part.text : "")).join("");
}

/** Strict: a parser that closes open brackets would take half an answer for a whole one. */
function parsed(text: string): unknown {
  const body = /^\s*```(?:json)?\s*([\s\S]*?)\s*```\s*$/.exec(text)?.[1] ?? text;
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}
