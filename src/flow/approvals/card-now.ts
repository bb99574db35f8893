import { type Approval, type Card, type CardButton, decidedText } from "#core";
import { excerpt } from "#core/text/excerpt";
import { type Asked, brief } from "./card.ts";
import { optionsFor } from "./modify.ts";
import { type Key, text } from "./words.ts";

export type View = "main" | "evidence" | "options";

const SOURCE_LENGTH = 280;

/** The card as it stands by now: as it was made, with who has answered, what is proposed instead, and the buttons for that. */
export function cardNow(approval: Asked & Pick<Approval, "status">, view: View = "main"): Card | undefined {
  const { card, decided } = approval.progress ?? {};
  if (card === undefined) return undefined;
  const shown = view === "evidence" ? card : { ...card, evidence: briefly(card) };
  if (approval.status !== "pending")
    return { ...shown, ...(decided === undefined ? {} : { decision: decidedText(decided) }) };
  const lines = standing(approval, view, card.locale);
  const decision = lines.length === 0 ? {} : { decision: lines.join(" ") };
  return { ...shown, ...decision, buttons: buttonsOf(approval, view, card.locale) };
}

function standing(approval: Asked, view: View, locale: string | undefined): readonly string[] {
  const { draft, votes = [], quorum = 1 } = approval.progress ?? {};
  const digest = draft?.digest ?? approval.digest;
  const allowed = votes.filter((vote) => vote.digest === digest).map(({ name }) => name);
  const count = { count: allowed.length, needed: quorum, names: allowed.join(", ") };
  return [
    ...(draft === undefined ? [] : [text(locale, "stands.draft", { difference: draft.difference })]),
    ...(allowed.length === 0 ? [] : [text(locale, "stands.votes", count)]),
    ...(view === "options" ? [text(locale, "stands.choose")] : []),
  ];
}

function briefly({ evidence }: Card): Card["evidence"] {
  return evidence
    .filter((line) => line.isSubject)
    .slice(-1)
    .map((line) => ({ ...line, text: excerpt(line.text, SOURCE_LENGTH) }));
}

function buttonsOf(approval: Asked, view: View, locale: string | undefined): Card["buttons"] {
  const { draft } = approval.progress!;
  const button = (key: Key, press: string, look: CardButton["look"] = "plain"): CardButton => {
    return { label: text(locale, key), press, look };
  };
  const approve = (key: Key, digest: string): CardButton => button(key, `a.${brief(digest)}`, "main");
  const reject = button("button.reject", "r", "danger");
  const back = button("button.back", "b");
  if (draft !== undefined) return [[approve("button.confirm", draft.digest), reject], [button("button.as-asked", "d")]];
  if (view === "options") {
    const options = optionsFor(approval.verdict.proposal.action, approval.askedAt, locale);
    const rows = options.map(({ label }, index): CardButton => ({ label, press: `o.${index}`, look: "plain" }));
    return [...pairs(rows), [back]];
  }
  const turn = view === "evidence" ? back : button("button.evidence", "e");
  return [
    [approve("button.approve", approval.digest), reject],
    [button("button.modify", "m"), turn],
  ];
}

function pairs<T>(list: readonly T[]): T[][] {
  return list.flatMap((_one, index) => (index % 2 === 0 ? [list.slice(index, index + 2)] : []));
}
