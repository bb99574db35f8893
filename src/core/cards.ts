import { type CardText, shortened } from "./card-text.ts";
import { excerpt } from "./text/excerpt.ts";

/** Somebody who may answer, by the names the faces know them under. */
export interface Person {
  readonly name: string;
  readonly telegramUserId?: string;
  readonly discordUserId?: string;
}

/** Somebody's words as a card shows them: plain text on every face, whatever they hold. */
export interface EvidenceLine {
  readonly name: string;
  readonly text: string;
  readonly at: number;
  /** Said by whom the card is about; the rest is what was said around it. */
  readonly isSubject: boolean;
  readonly messageId?: string;
}

export interface CardButton {
  readonly label: string;
  /** What pressing it says: `a.<digest>` approve, `r` reject, `m` modify, `e` evidence, `b` back, `d` as it was asked, `o.<n>` an option. */
  readonly press: string;
  readonly look: "main" | "danger" | "plain";
}

/**
 * What a human is shown, the same on every face. Plain data: hands render it, and cut the evidence where a face has less
 * room, never the decision.
 */
export interface Card {
  /** The guild's, at the time of asking. */
  readonly locale?: string;
  /** In which moments are told where the face does not know the reader's own. */
  readonly timeZone?: string;
  readonly title: string;
  readonly fields: readonly { readonly label: string; readonly value: CardText }[];
  readonly evidence: readonly EvidenceLine[];
  /** Whose turn it is: called by name, the one mention a card makes. */
  readonly calls?: Person;
  /** What has become of it, or what is to be confirmed. */
  readonly decision?: CardText;
  /** Rows of buttons; none once it is decided. */
  readonly buttons: readonly (readonly CardButton[])[];
}

export type CardPlace =
  | { readonly face: "telegram"; readonly chatId: string; readonly silent?: boolean }
  | { readonly face: "discord"; readonly channelId: string };

/** How a person's press can be answered on the face it came from, once. */
export interface Tap {
  readonly face: "telegram";
  readonly callbackId: string;
  readonly chatId: string;
}

const LINE_LENGTHS = [1_500, 500, 200, 80, 30];
const VALUE_LENGTH = 120;

/**
 * The card as much of it as fits: long evidence is cut first, then what was said around it, then long values. The title
 * and the decision are never cut, whatever the rest holds.
 */
export function fittedCard(card: Card, fits: (card: Card) => boolean): Card {
  const tries = [card, ...LINE_LENGTHS.map((length) => shorter(card, length))];
  const last = tries.at(-1)!;
  tries.push({ ...last, evidence: last.evidence.filter((line) => line.isSubject).slice(-3) });
  const values = card.fields.map(({ label, value }) => ({ label, value: shortened(value, VALUE_LENGTH) }));
  tries.push({ ...card, fields: values, evidence: [] });
  return tries.find(fits) ?? { ...card, fields: values.slice(0, 8), evidence: [] };
}

function shorter(card: Card, length: number): Card {
  const cut = (line: EvidenceLine): EvidenceLine => ({ ...line, text: excerpt(line.text, length) });
  return { ...card, evidence: card.evidence.map(cut) };
}
