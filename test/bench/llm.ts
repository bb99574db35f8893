import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import OpenAI from "openai";
import { z } from "zod";
import { CONTEXT, openGateway } from "../llm/kit.ts";

export interface LlmBench {
  /** What the fake provider takes for each answer. */
  readonly delay_ms: number;
  readonly gateway_ms: number;
  readonly direct_ms: number;
  readonly ratio: number;
}

const WARM_UP = 40;
const MODEL = "gpt-5-mini";
const schema = z.strictObject({ line: z.string().min(1).max(200) });
const ANSWER = JSON.stringify({ line: "well said" });

/** Medians of the same question, asked through the gateway and by the provider's own client, one after the other in turns. */
export async function llmBench(delayMs: number, questions: number): Promise<LlmBench> {
  const server = await fakeOpenAi(delayMs);
  const { gateway } = openGateway({ urls: { openai: server.url }, chain: [`openai:${MODEL}`] });
  const client = new OpenAI({ apiKey: "none", baseURL: `${server.url}/v1`, maxRetries: 0 });
  const byGateway = async (text: string): Promise<void> => {
    const answer = await gateway.ask({ prompt: "tester/line", variables: { text }, schema }, CONTEXT);
    if (!answer.ok) throw new Error(`the gateway was not answered: ${answer.why}`);
  };
  const direct = (text: string) => askDirectly(client, text);
  const times: Record<"gateway" | "direct", number[]> = { gateway: [], direct: [] };
  for (let index = 0; index < WARM_UP + questions; index += 1) {
    const gatewayMs = await timed(() => byGateway(`question ${index}`));
    const directMs = await timed(() => direct(`question ${index}`));
    if (index < WARM_UP) continue;
    times.gateway.push(gatewayMs);
    times.direct.push(directMs);
  }
  server.close();
  const [gatewayMs, directMs] = [median(times.gateway), median(times.direct)];
  return {
    delay_ms: delayMs,
    gateway_ms: rounded(gatewayMs),
    direct_ms: rounded(directMs),
    ratio: rounded(gatewayMs / directMs),
  };
}

/** As somebody would write it who has no gateway: the same tool, the same schema, the same check. */
async function askDirectly(client: OpenAI, text: string): Promise<void> {
  const completion = await client.chat.completions.create({
    model: MODEL,
    messages: [
      { role: "system", content: "Answer with one line." },
      { role: "user", content: text },
    ],
    tools: [
      { type: "function", function: { name: "answer", parameters: z.toJSONSchema(schema) as Record<string, unknown> } },
    ],
    tool_choice: { type: "function", function: { name: "answer" } },
  });
  const call = completion.choices[0]?.message.tool_calls?.[0];
  if (call?.type !== "function") throw new Error("the provider was not answered");
  schema.parse(JSON.parse(call.function.arguments));
}

async function fakeOpenAi(delayMs: number): Promise<{ url: string; close: () => void }> {
  const call = { id: "call_1", type: "function", function: { name: "answer", arguments: ANSWER } };
  const body = JSON.stringify({
    ...{ id: "chatcmpl-1", object: "chat.completion", created: 1, model: MODEL },
    choices: [
      { index: 0, finish_reason: "tool_calls", message: { role: "assistant", content: null, tool_calls: [call] } },
    ],
    usage: { prompt_tokens: 100, completion_tokens: 10, total_tokens: 110 },
  });
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      const answer = (): void => void response.writeHead(200, { "content-type": "application/json" }).end(body);
      if (delayMs === 0) answer();
      else setTimeout(answer, delayMs);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, close: () => (server.close(), server.closeAllConnections()) };
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? 0;
}

const rounded = (value: number): number => Math.round(value * 1_000) / 1_000;
