import { type Action, type Approval, type Card, type CardButton, type Member, snowflakeTime, targetsOf } from "#core";
import { excerpt } from "#core/text/excerpt";
import type { Choices } from "./choices.ts";
import { inWords, labelOf, optionsFor } from "./modify.ts";
import type { Dossier } from "./reads.ts";

type Asked = Pick<Approval, "id" | "verdict" | "digest" | "askedAt" | "expiresAt" | "agent" | "progress">;

export interface Surroundings {
  readonly guildName: string;
  readonly dossier: Dossier;
  readonly choices: Choices;
}

const SAMPLE = 10;

/** The whole of what a human decides on, made once and bound to the answer by its digest. */
export function cardOf(approval: Asked, around: Surroundings): Card {
  const { action, why, rule, confidence } = approval.verdict.proposal;
  const fields = [
    { label: "Server", value: around.guildName },
    ...whom(action, around.dossier),
    { label: "Action", value: capital(`${labelOf(action, approval.askedAt)}${detail(action)}`) },
    { label: "Reason", value: why },
    { label: "Rule", value: `${approval.agent}/${rule}, ${Math.round(confidence * 100)} % sure` },
    { label: "Then", value: consequence(action) },
    { label: "Asked", value: `${moment(approval.askedAt)}${source(around)}` },
    { label: "Until", value: `${moment(approval.expiresAt)}, then ${expiryInWords(around.choices)}` },
    ...quorumField(approval),
  ];
  return { title: titleOf(action, approval.askedAt), fields, evidence: around.dossier.evidence, buttons: [] };
}

export function titleOf(action: Action, askedAt: number): string {
  const targets = targetsOf(action);
  const whom = targets.length > 1 ? `${targets.length} members` : (targets[0]?.name ?? "this");
  return `${capital(labelOf(action, askedAt))}: ${whom}?`;
}

function whom(action: Action, { cases }: Dossier): Card["fields"] {
  const targets = targetsOf(action);
  const [only] = targets;
  if (only === undefined) return [];
  if (targets.length > 1) {
    const rest = targets.length > SAMPLE ? `, and ${targets.length - SAMPLE} more (the page lists all)` : "";
    return [{ label: "Members", value: targets.slice(0, SAMPLE).map(named).join(", ") + rest }];
  }
  const joined = only.joinedAt === undefined ? "" : `, joined ${day(only.joinedAt)}`;
  const newest = cases.slice(0, 3).map(({ number, verb, rule }) => `#${number} ${verb} (${rule})`);
  const before =
    cases.length === 0 ? "none" : `${cases.length === 20 ? "20 or more" : cases.length}: ${newest.join(", ")}`;
  return [
    { label: "Member", value: `${named(only)}, account of ${day(snowflakeTime(only.userId))}${joined}` },
    { label: "Earlier cases", value: before },
  ];
}

function named({ name, userId }: Member): string {
  return `${excerpt(name, 40)} (${userId})`;
}

function detail(action: Action): string {
  if (!("deleteSeconds" in action) || action.deleteSeconds === 0) return "";
  return `, deleting what they wrote in the last ${inWords(Math.max(1, Math.round(action.deleteSeconds / 60)))}`;
}

function consequence(action: Action): string {
  if ("deleteSeconds" in action)
    return action.deleteSeconds === 0
      ? "they are out until somebody unbans them"
      : "they are out until somebody unbans them; deleted messages do not come back";
  switch (action.verb) {
    case "member.kick":
      return "they are out and may come back with an invitation; their roles are gone for good";
    case "member.timeout":
      return "they can read and not write; taking it off undoes it";
    case "member.warn":
      return "they are told; a message that was read cannot be taken back";
    case "message.delete":
      return "the message is gone for good";
    case "role.add":
      return "they hold the role until somebody takes it; what they do with it cannot be undone";
    default:
      return "it is carried out at once";
  }
}

function source({ dossier }: Surroundings): string {
  const subject = dossier.evidence.findLast((line) => line.isSubject);
  return subject?.messageId === undefined ? "" : `, message ${subject.messageId}`;
}

export function expiryInWords({ onExpiry }: Pick<Choices, "onExpiry">): string {
  if (onExpiry === undefined) return "nothing is done";
  return onExpiry.verb === "member.warn"
    ? "they are warned instead"
    : `they are timed out for ${inWords(onExpiry.minutes ?? 60)}`;
}

function quorumField({ progress }: Asked): Card["fields"] {
  const needed = progress?.quorum ?? 1;
  return needed === 1 ? [] : [{ label: "Needs", value: `${needed} people` }];
}

export type View = "main" | "evidence" | "options";

const SOURCE_LENGTH = 280;

/** The card as it stands by now: as it was made, with who has answered, what is proposed instead, and the buttons for that. */
export function cardNow(approval: Asked & Pick<Approval, "status">, view: View = "main"): Card | undefined {
  const { card, decided, draft, votes = [], quorum = 1 } = approval.progress ?? {};
  if (card === undefined) return undefined;
  const shown = view === "evidence" ? card : { ...card, evidence: briefly(card) };
  if (approval.status !== "pending") return { ...shown, ...(decided === undefined ? {} : { decision: decided.text }) };
  const digest = draft?.digest ?? approval.digest;
  const allowed = votes.filter((vote) => vote.digest === digest).map(({ name }) => name);
  const lines = [
    ...(draft === undefined
      ? []
      : [`Proposed instead: ${draft.difference}. Confirm it, or go back to what was asked.`]),
    ...(allowed.length === 0 ? [] : [`${allowed.length} of ${quorum} allowed it: ${allowed.join(", ")}.`]),
    ...(view === "options" ? ["Choose below, or reply to this card: timeout 2h and a reason."] : []),
  ];
  return { ...shown, ...(lines.length === 0 ? {} : { decision: lines.join(" ") }), buttons: buttonsOf(approval, view) };
}

function briefly({ evidence }: Card): Card["evidence"] {
  return evidence
    .filter((line) => line.isSubject)
    .slice(-1)
    .map((line) => ({ ...line, text: excerpt(line.text, SOURCE_LENGTH) }));
}

function buttonsOf(approval: Asked, view: View): Card["buttons"] {
  const { draft } = approval.progress!;
  const approve = (label: string, digest: string): CardButton => ({ label, press: `a.${brief(digest)}`, look: "main" });
  const reject: CardButton = { label: "Reject", press: "r", look: "danger" };
  const back: CardButton = { label: "Back", press: "b", look: "plain" };
  if (draft !== undefined)
    return [[approve("Confirm change", draft.digest), reject], [{ ...back, label: "As it was asked", press: "d" }]];
  const { action } = approval.verdict.proposal;
  const options = optionsFor(action, approval.askedAt);
  if (view === "options") {
    const rows = options.map(({ label }, index): CardButton => ({ label, press: `o${index}`, look: "plain" }));
    return [...pairs(rows), [back]];
  }
  const turn: CardButton = view === "evidence" ? back : { label: "Evidence", press: "e", look: "plain" };
  const modify: CardButton = { label: "Modify", press: "m", look: "plain" };
  return [[approve("Approve", approval.digest), reject], options.length === 0 ? [turn] : [modify, turn]];
}

function pairs<T>(list: readonly T[]): T[][] {
  return list.flatMap((_one, index) => (index % 2 === 0 ? [list.slice(index, index + 2)] : []));
}

/** Enough of a digest to tell what somebody saw from what stands by now. */
export function brief(digest: string): string {
  return digest.slice(0, 6);
}

export function moment(at: number): string {
  return `${day(at)} ${clock(at)}`;
}

export function clock(at: number): string {
  return `${new Date(at).toISOString().slice(11, 16)} UTC`;
}

function day(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
