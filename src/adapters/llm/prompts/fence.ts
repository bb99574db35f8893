import { truncated } from "./tokens.ts";

/** Characters that change what a reader sees without being seen: joiners, direction marks, tags, control codes. */
const UNSEEN =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|\u{e0000}|[\u{e0001}-\u{e007f}]/gu;
const MARKUP: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/**
 * A member's words as data: cut at so many tokens, without anything unseen, without the characters a tag is made of, between
 * two tags whose name nobody could have known when the words were written.
 */
export async function fenced(name: string, value: unknown, tokens: number, fence: string): Promise<string> {
  const text = (typeof value === "string" ? value : (JSON.stringify(value) ?? "")).replace(UNSEEN, "");
  const { text: kept, cut } = await truncated(text.replace(/\p{Surrogate}/gu, "\ufffd"), tokens);
  const escaped = kept.replace(/[&<>]/g, (character) => MARKUP[character]!);
  return `<${fence} name="${name}"${cut ? ' cut="yes"' : ""}>\n${escaped}\n</${fence}>`;
}
