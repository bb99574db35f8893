import type { Order, Words } from "#core";
import type { Passes } from "../doors/api/passes.ts";

/** The same order with addresses where its text has room for them: signed now, and stored nowhere. */
export function withAddresses(order: Order, passes: Passes, base: string): Order {
  const { action, guildId } = order;
  if (!("words" in action) || action.words.transcript === undefined) return order;
  const { transcript: pass, ...words } = action.words;
  const address = `${base}${passes.pathFor(guildId, pass)}`;
  const forms = { link: address, markdown: `${address}/markdown`, json: `${address}/json` };
  const text = words.text.replace(/\{(link|markdown|json)\}/g, (_, form: keyof typeof forms) => forms[form]);
  return { ...order, action: { ...action, words: { ...words, text } satisfies Words } };
}
