const TOKEN = /\s+|"(?:[^"\\\n]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|[[\]{},:]/y;

type Expected = "value" | "value-or-end" | "key" | "key-or-end" | "colon" | "more" | "end-of-text";

/** The line in which a text that is no JSON stops being one; the runtimes tell of it in different words, or not at all. */
export function lineOfMistake(text: string): number {
  const open: string[] = [];
  let [at, expected] = [0, "value" as Expected];
  for (;;) {
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(text)?.[0];
    const next = token === undefined ? undefined : token.trim() === "" ? expected : after(token, expected, open);
    if (token === undefined || next === undefined) return text.slice(0, at).split("\n").length;
    at += token.length;
    expected = next;
  }
}

/** What may come after a token; undefined where it may not stand. */
function after(token: string, expected: Expected, open: string[]): Expected | undefined {
  if (token === "]" || token === "}") return closes(token, expected, open) ? later(open) : undefined;
  if (token === ",") return expected === "more" ? (open.at(-1) === "[" ? "value" : "key") : undefined;
  if (token === ":") return expected === "colon" ? "value" : undefined;
  if (expected === "key" || expected === "key-or-end") return token.startsWith('"') ? "colon" : undefined;
  if (expected !== "value" && expected !== "value-or-end") return undefined;
  if (token !== "[" && token !== "{") return later(open);
  open.push(token);
  return token === "[" ? "value-or-end" : "key-or-end";
}

function closes(token: "]" | "}", expected: Expected, open: string[]): boolean {
  const isOpen = open.at(-1) === (token === "]" ? "[" : "{");
  const mayEnd = expected === "more" || expected === (token === "]" ? "value-or-end" : "key-or-end");
  if (isOpen && mayEnd) open.pop();
  return isOpen && mayEnd;
}

const later = (open: readonly string[]): Expected => (open.length === 0 ? "end-of-text" : "more");
