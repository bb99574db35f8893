/** No tokenizer needs more than these many characters for one token, except for runs that say nothing. */
const LONGEST_TOKEN = 24;

/** The tokenizer's table is large: it is read when a text first comes near a limit, or a price has to be guessed. */
async function tokenizer() {
  return import("gpt-tokenizer/encoding/o200k_base");
}

/** A text cut after so many tokens. A short one is let through unmeasured: a token is at least one byte. */
export async function truncated(
  text: string,
  tokens: number,
): Promise<{ readonly text: string; readonly cut: boolean }> {
  if (Buffer.byteLength(text) <= tokens) return { text, cut: false };
  const { encode, decode } = await tokenizer();
  const head = text.slice(0, tokens * LONGEST_TOKEN);
  const encoded = encode(head, PLAIN);
  if (encoded.length <= tokens && head.length === text.length) return { text, cut: false };
  // A token may end within a character: what is left of that one is no text.
  return { text: decode(encoded.slice(0, tokens)).replace(/\ufffd+$/, ""), cut: true };
}

export async function countTokens(text: string): Promise<number> {
  const { encode } = await tokenizer();
  return encode(text, PLAIN).length;
}

/** What looks like a model's own control words is text like any other. */
const PLAIN = { allowedSpecial: new Set<string>(), disallowedSpecial: new Set<string>() };
