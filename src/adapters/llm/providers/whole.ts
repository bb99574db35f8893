import { ModelFailure } from "./failure.ts";

/**
 * Fetches an answer whole. Ollama's client reads its lines as they come, prints what it cannot read and goes on without it; here
 * such an answer is none, and nobody prints it.
 */
export const wholeLines: typeof fetch = async (input, options) => {
  const response = await fetch(input, options);
  const text = await response.text();
  if (response.ok && !text.split("\n").every(isJson)) throw new ModelFailure("malformed");
  return new Response(text, { status: response.status, headers: response.headers });
};

function isJson(line: string): boolean {
  if (line.trim() === "") return true;
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}
