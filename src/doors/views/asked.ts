import { type Approval, type Card, decidedText, type MemberResult, plainText, targetsOf } from "#core";
import { brief, optionsFor } from "../../flow/index.ts";

/** What a human needs besides the deed to answer: the card as every face has it, who has answered, what else could be done. */
export interface Asked {
  /** The beginning of the digest of what is asked now; given back with an answer. */
  readonly seen: string;
  readonly card?: {
    readonly title: string;
    readonly fields: readonly { readonly label: string; readonly value: string }[];
    readonly evidence: Card["evidence"];
  };
  readonly decision?: string;
  readonly needed: number;
  readonly allowedBy: readonly string[];
  /** What is proposed instead, waiting to be confirmed. */
  readonly proposed?: string;
  readonly options: readonly string[];
  /** Everybody it is about, where that is a cohort. */
  readonly targets: readonly { readonly userId: string; readonly name: string; readonly result?: MemberResult }[];
  readonly shownOn: readonly string[];
}

export function askedOf({ verdict, digest, askedAt, progress }: Approval): Asked {
  const { action } = verdict.proposal;
  const { draft, decided, card, votes = [], shown = [], quorum = 1, results = {} } = progress ?? {};
  const standing = draft?.digest ?? digest;
  const targets = targetsOf(action);
  return {
    seen: brief(standing),
    needed: quorum,
    allowedBy: votes.filter((vote) => vote.digest === standing).map(({ name }) => name),
    options: optionsFor(action, askedAt, card?.locale).map(({ label }) => label),
    targets:
      targets.length > 1 ? targets.map(({ userId, name }) => ({ userId, name, ...resultOf(results[userId]) })) : [],
    shownOn: shown.filter(({ standing: stands }) => stands === "shown").map(({ place }) => place.face),
    ...(card === undefined ? {} : { card: { title: card.title, fields: fieldsOf(card), evidence: card.evidence } }),
    ...(decided === undefined ? {} : { decision: plainText(decidedText(decided), card) }),
    ...(draft === undefined ? {} : { proposed: draft.difference }),
  };
}

function fieldsOf(card: Card) {
  return card.fields.map(({ label, value }) => ({ label, value: plainText(value, card) }));
}

function resultOf(result: MemberResult | undefined): { result?: MemberResult } {
  return result === undefined ? {} : { result };
}
