import type { Order, Row, Words } from "#core";
import type { Passes } from "../doors/api/passes.ts";

export interface Bases {
  /** What every link begins with. */
  readonly base: string;
  /** Where members reach the house, if they do: a button that leads elsewhere is refused by Discord, and helps nobody. */
  readonly publicUrl: string | undefined;
}

/** The same order with addresses where its words have room for them: signed now, and stored nowhere. */
export function withAddresses(order: Order, passes: Passes, bases: Bases): Order {
  const { action } = order;
  if (!("words" in action)) return order;
  const words = withBoard(withTranscript(action.words, order.guildId, passes, bases), order.guildId, passes, bases);
  return words === action.words ? order : { ...order, action: { ...action, words } };
}

function withTranscript(said: Words, guildId: string, passes: Passes, { base }: Bases): Words {
  const { transcript: pass, ...words } = said;
  if (pass === undefined) return said;
  const address = `${base}${passes.pathFor(guildId, pass)}`;
  const forms = { link: address, markdown: `${address}/markdown`, json: `${address}/json` };
  const text = words.text.replace(/\{(link|markdown|json)\}/g, (_, form: keyof typeof forms) => forms[form]);
  return { ...words, text };
}

function withBoard(said: Words, guildId: string, passes: Passes, { publicUrl }: Bases): Words {
  const { board, ...words } = said;
  if (board === undefined) return said;
  if (publicUrl === undefined) return words;
  const row: Row = [{ component: "link", url: `${publicUrl}${passes.boardPath(guildId, board)}`, label: board.label }];
  return { ...words, components: [...(words.components ?? []), row] };
}
