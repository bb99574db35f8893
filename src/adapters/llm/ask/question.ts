import type { Question, Spending } from "#core";
import type { Metrics } from "#core";
import { countTokens } from "../prompts/tokens.ts";
import type { Rendered } from "../prompts/render.ts";
import type { Chat, Reply, Turn } from "../providers/chat.ts";
import { failureOf, mayBeCharged, ModelFailure, type FailureKind } from "../providers/failure.ts";
import { modelName } from "../providers/names.ts";
import { askedSchema } from "../providers/schema.ts";
import { costOf, type Price } from "../spend/prices.ts";
import type { Line } from "./line.ts";

/** One model as the gateway asks it. */
export interface Asked {
  readonly name: string;
  readonly line: Line;
  readonly chat: () => Promise<Chat>;
}

export interface AskTools {
  readonly metrics: Metrics;
  readonly prices: Readonly<Record<string, Price>>;
  readonly now: () => number;
  /** Told of everything that failed, and of every answer with the time it took. */
  readonly told: (model: string, outcome: FailureKind | "answered", milliseconds: number, status?: number) => void;
}

/** What the requests of one question have cost so far; those under way are waited for before it is read. */
export interface Tab {
  readonly spent: Spending[];
  readonly underWay: Set<Promise<unknown>>;
}

const REPAIRS = 1;

/** Puts a question to one model, and once more with what was wrong. Rejects with a ModelFailure. */
export async function askModel<T>(
  model: Asked,
  question: Question<T>,
  rendered: Rendered,
  tab: Tab,
  stop: AbortSignal,
  tools: AskTools,
): Promise<T> {
  const schema = askedSchema(question.schema);
  const chat = await model.chat();
  let turns: readonly Turn[] = [
    { role: "system", text: rendered.system },
    { role: "user", text: rendered.data },
  ];
  for (let repairs = 0; ; repairs += 1) {
    const asked = turns;
    const reply = await model.line.request((signal) => {
      const request = metered(model.name, question.prompt, asked, () => chat(asked, schema, signal), stop, tab, tools);
      tab.underWay.add(request);
      void request.catch(() => undefined).then(() => tab.underWay.delete(request));
      return request;
    }, stop);
    const result = question.schema.safeParse(schema.unwrap(reply.value));
    if (result.success) return result.data;
    tools.metrics.count("llm_schema_broken", { provider: modelName(model.name).provider });
    if (repairs === REPAIRS) throw new ModelFailure("breaks-schema");
    const wrong = reply.value === undefined ? "it is no complete JSON" : result.error.issues.map(issueLine).join("; ");
    turns = [
      ...asked,
      { role: "assistant", text: reply.text.slice(0, 4_000) || "(empty)" },
      repairTurn(wrong, schema.text),
    ];
  }
}

/** Paths and rules only: what the model said is in its own turn. */
function issueLine({ path, message }: { readonly path: readonly PropertyKey[]; readonly message: string }): string {
  return `${path.map(String).join(".") || "the whole"}: ${message}`;
}

function repairTurn(wrong: string, schema: string): Turn {
  const text = `That answer cannot be used: ${wrong.slice(0, 1_000)}. Answer again, with this schema and nothing else: ${schema}`;
  return { role: "user", text };
}

async function metered(
  model: string,
  prompt: string,
  turns: readonly Turn[],
  send: () => Promise<Reply>,
  stop: AbortSignal,
  tab: Tab,
  tools: AskTools,
): Promise<Reply> {
  const at = tools.now();
  const put = (tokensIn: number, tokensOut: number, estimated: boolean): void => {
    const microdollars = costOf(model, tokensIn, tokensOut, tools.prices);
    const spent = {
      model,
      prompt,
      at,
      tokensIn,
      tokensOut,
      microdollars,
      ...(estimated ? ({ estimated } as const) : {}),
    };
    tab.spent.push(spent);
  };
  try {
    const reply = await send();
    const isCounted = reply.tokensIn !== undefined && reply.tokensOut !== undefined;
    put(reply.tokensIn ?? (await sizeOf(turns)), reply.tokensOut ?? (await countTokens(reply.text)), !isCounted);
    tools.told(model, "answered", tools.now() - at);
    return reply;
  } catch (error) {
    const failure = stop.aborted ? new ModelFailure("stopped") : failureOf(error);
    if (mayBeCharged(failure)) put(await sizeOf(turns), 0, true);
    tools.told(model, failure.kind, tools.now() - at, failure.status);
    throw failure;
  }
}

async function sizeOf(turns: readonly Turn[]): Promise<number> {
  const counts = await Promise.all(turns.map(({ text }) => countTokens(text)));
  return counts.reduce((a, b) => a + b, 0);
}
