import { type Action, type Approval, type Card, type CardText, type Member, snowflakeTime, targetsOf } from "#core";
import { excerpt } from "#core/text/excerpt";
import type { Choices } from "./choices.ts";
import { consequenceOf } from "./consequence.ts";
import { labelOf, titleOf } from "./labels.ts";
import type { Dossier } from "./reads.ts";
import { capital, type Key, lengthIn, say, text } from "./words.ts";

export type Asked = Pick<Approval, "id" | "verdict" | "digest" | "askedAt" | "expiresAt" | "agent" | "progress">;

export interface Surroundings {
  readonly guild: { readonly name: string; readonly locale: string };
  readonly dossier: Dossier;
  readonly choices: Choices;
  /** The role or the channel it is about, by its name. */
  readonly about?: string;
}

const SAMPLE = 10;
const NEWEST = 3;

/** The whole of what a human decides on, made once and bound to the answer by its digest. */
export function cardOf(approval: Asked, around: Surroundings): Card {
  const { action, why, rule, confidence } = approval.verdict.proposal;
  const { locale } = around.guild;
  const field = (key: Key, value: CardText) => ({ label: text(locale, key), value });
  const percent = Math.round(confidence * 100);
  const fields = [
    field("field.server", around.guild.name),
    ...whom(action, around.dossier, locale),
    field("field.action", capital(doing(approval, around))),
    field("field.reason", why),
    field("field.rule", say(locale, "rule", { rule: `${approval.agent}/${rule}`, percent })),
    field("field.then", consequenceOf(action, locale)),
    field("field.asked", askedAt(approval, around)),
    field(
      "field.until",
      say(locale, "until", { at: moment(approval.expiresAt), then: expiry(around.choices, locale) }),
    ),
    ...quorumField(approval, locale),
  ];
  const title = titleOf(action, approval.askedAt, locale);
  const { timeZone } = around.choices;
  return {
    ...{ locale, title, fields, evidence: around.dossier.evidence, buttons: [] },
    ...(timeZone !== undefined && { timeZone }),
  };
}

function whom(action: Action, { cases }: Dossier, locale: string): Card["fields"] {
  const targets = targetsOf(action);
  const [only] = targets;
  if (only === undefined) return [];
  if (targets.length > 1) {
    const list = targets.slice(0, SAMPLE).map(named).join(", ");
    const value =
      targets.length > SAMPLE ? say(locale, "members.more", { list, count: targets.length - SAMPLE }) : list;
    return [{ label: text(locale, "field.members"), value }];
  }
  const known = { member: named(only), created: day(snowflakeTime(only.userId)) };
  const value =
    only.joinedAt === undefined
      ? say(locale, "member", known)
      : say(locale, "member.joined", { ...known, joined: day(only.joinedAt) });
  return [
    { label: text(locale, "field.member"), value },
    { label: text(locale, "field.cases"), value: earlier(cases, locale) },
  ];
}

function earlier(cases: Dossier["cases"], locale: string): CardText {
  if (cases.length === 0) return text(locale, "cases.none");
  const newest = cases
    .slice(0, NEWEST)
    .map(({ number, verb, rule }) => `#${number} ${verb} (${rule})`)
    .join(", ");
  return say(locale, cases.length >= MOST_CASES ? "cases.many" : "cases.some", { count: cases.length, newest });
}

/** As many as are fetched. */
const MOST_CASES = 20;

function named({ name, userId }: Member): string {
  return `${excerpt(name, 40)} (${userId})`;
}

function doing({ verdict, askedAt: at }: Asked, { guild: { locale }, about }: Surroundings): string {
  const { action } = verdict.proposal;
  const label = labelOf(action, at, locale);
  if (about !== undefined) return text(locale, "detail.name", { action: label, name: about });
  if (!("deleteSeconds" in action) || action.deleteSeconds === 0) return label;
  const length = lengthIn(locale, Math.max(1, Math.round(action.deleteSeconds / 60)));
  return text(locale, "detail.delete", { action: label, length });
}

function askedAt({ askedAt: at }: Asked, { dossier, guild }: Surroundings): CardText {
  const message = dossier.evidence.findLast((line) => line.isSubject)?.messageId;
  return message === undefined ? [moment(at)].flat() : say(guild.locale, "asked", { at: moment(at), message });
}

function expiry({ onExpiry }: Pick<Choices, "onExpiry">, locale: string): string {
  if (onExpiry === undefined) return text(locale, "expiry.nothing");
  if (onExpiry.verb === "member.warn") return text(locale, "expiry.warn");
  return text(locale, "expiry.timeout", { length: lengthIn(locale, onExpiry.minutes ?? 60) });
}

function quorumField({ progress }: Asked, locale: string): Card["fields"] {
  const count = progress?.quorum ?? 1;
  return count === 1 ? [] : [{ label: text(locale, "field.needs"), value: say(locale, "needs", { count }) }];
}

/** Enough of a digest to tell what somebody saw from what stands by now. */
export function brief(digest: string): string {
  return digest.slice(0, 6);
}

export function moment(at: number): CardText {
  return [{ at, as: "moment" }];
}

export function clock(at: number): CardText {
  return [{ at, as: "time" }];
}

function day(at: number): CardText {
  return [{ at, as: "day" }];
}
