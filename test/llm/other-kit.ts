import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Embedding } from "#core";
import { CANARY } from "./kit.ts";

/** What a fake answers instead: a status, with what it asks to wait; a body of one's own; nothing at all. */
export type Fault = { readonly status: number; readonly retryAfter?: number } | { readonly body: string } | "hang";

export interface Seen {
  readonly path: string;
  readonly body: Record<string, unknown>;
}

/** As many numbers as a word has chances to fall on: texts that share words lie near each other. */
export const DIMENSIONS = 64;
export function wordsVector(text: string): number[] {
  const vector = Array.from({ length: DIMENSIONS }, () => 0);
  for (const word of text.toLowerCase().match(/\p{L}+/gu) ?? ["nothing"]) {
    const at = [...word].reduce((sum, letter) => (sum * 31 + letter.codePointAt(0)!) % DIMENSIONS, 7);
    vector[at] = (vector[at] ?? 0) + 1;
  }
  return vector;
}

/**
 * The moderation endpoint and the embeddings of three providers, on one port, as their clients expect them. A text with
 * "hate" in it is hateful. `fault` may stand in for the nth answer.
 */
export async function fakeOthers(fault: (nth: number, seen: Seen) => Fault | undefined = () => undefined) {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const one = { path: request.url ?? "", body: JSON.parse(Buffer.concat(chunks).toString()) as Seen["body"] };
      const wrong = fault(seen.push(one) - 1, one);
      if (wrong === "hang") return;
      const status = wrong !== undefined && "status" in wrong ? wrong.status : 200;
      const wait = wrong !== undefined && "status" in wrong ? wrong.retryAfter : undefined;
      response.writeHead(status, {
        "content-type": "application/json",
        ...(wait === undefined ? {} : { "retry-after": String(wait) }),
      });
      const refused = JSON.stringify({ error: { message: `no: ${CANARY}`, code: status } });
      response.end(status !== 200 ? refused : wrong !== undefined && "body" in wrong ? wrong.body : answerTo(one));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, seen, close: () => (server.close(), server.closeAllConnections()) };
}

function answerTo({ path, body }: Seen): string {
  if (path.endsWith("/moderations")) return JSON.stringify({ id: "m", model: body.model, results: [judged(body)] });
  if (path.endsWith("/embeddings")) {
    const data = (body.input as string[]).map((text, index) => ({ index, embedding: wordsVector(text) }));
    return JSON.stringify({ data, model: body.model, usage: { prompt_tokens: 5, total_tokens: 5 } });
  }
  if (path.endsWith("/api/embed"))
    return JSON.stringify({ embeddings: (body.input as string[]).map((text) => wordsVector(text)) });
  const requests = (body.requests ?? [body]) as readonly { content: { parts: readonly { text: string }[] } }[];
  const embeddings = requests.map(({ content }) => ({ values: wordsVector(content.parts[0]!.text) }));
  return JSON.stringify(path.includes(":batchEmbedContents") ? { embeddings } : { embedding: embeddings[0] });
}

function judged(body: Seen["body"]) {
  const isHateful = String(body.input).includes("hate");
  return {
    flagged: isHateful,
    categories: { hate: false, "hate/threatening": isHateful, "self-harm/intent": false, "a-new-one": true },
    category_scores: { hate: isHateful ? 0.4 : 0.01, "hate/threatening": isHateful ? 0.9 : 0, "self-harm": 0.02 },
  };
}

export const passages = (...texts: readonly string[]): Embedding => ({ texts, as: "passage" });
export const asked = (text: string): Embedding => ({ texts: [text], as: "question" });
