import type { Question } from "#core";
import type { Rendered } from "../prompts/render.ts";
import type { Chat, Turn } from "../providers/chat.ts";
import { ModelFailure } from "../providers/failure.ts";
import { modelName } from "../providers/names.ts";
import { askedSchema } from "../providers/schema.ts";
import type { Line } from "./line.ts";
import { metered, type AskTools, type Tab } from "./metered.ts";

/** One model as the gateway asks it. */
export interface Asked {
  readonly name: string;
  readonly line: Line;
  readonly chat: () => Promise<Chat>;
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
    const texts = asked.map(({ text }) => text);
    const reply = await model.line.request((signal) => {
      const send = () => chat(asked, schema, signal);
      return metered({ model: model.name, prompt: question.prompt, texts, send }, (said) => said, stop, tab, tools);
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
