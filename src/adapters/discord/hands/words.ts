import type { Words } from "#core";
import { cleanText } from "../normalise/text.ts";
import { componentRows } from "./components.ts";
import { footerOf } from "../marker.ts";

const LONGEST_TITLE = 256;

export interface MessageBody {
  readonly content: string;
  readonly embeds: readonly object[];
  /** Always there: an edit takes away what its words no longer hold. */
  readonly components: readonly object[];
  readonly allowed_mentions: { readonly parse: readonly []; readonly users: readonly string[] };
}

/**
 * What is said goes into an embed, whose footer carries the marker. Only pings stand outside, since an embed pings
 * nobody; whatever names or mentions the text holds, only those listed are called.
 */
export function messageBody(words: Words, orderId: string): MessageBody {
  const users = words.pingUserIds ?? [];
  const description = cleanText(words.text);
  const title = cleanText(words.title).slice(0, LONGEST_TITLE);
  const embed = {
    ...(title !== "" && { title }),
    ...(description !== "" && { description }),
    footer: { text: footerOf(orderId) },
  };
  return {
    content: users.map((id) => `<@${id}>`).join(" "),
    embeds: [embed],
    components: componentRows(words.components ?? []),
    allowed_mentions: { parse: [], users },
  };
}
