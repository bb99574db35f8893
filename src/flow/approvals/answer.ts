import type { Approval, CardText, Vote } from "#core";
import { decidedText, FIRST_PROGRESS } from "#core";
import { excerpt } from "#core/text/excerpt";
import type { HouseLook } from "../decide/look.ts";
import { NOTHING, type HouseSays } from "../house/says.ts";
import { digestOf } from "../judge/digest.ts";
import { brief, clock } from "./card.ts";
import { personOf, refusal } from "./eligible.ts";
import { execute } from "./execute.ts";
import { type Answer, resolved } from "./ending.ts";
import { change, redraw } from "./faces.ts";
import { modified, optionsFor } from "./modify.ts";
import { say } from "./words.ts";

const silence: HouseSays = { ...NOTHING, decides: true };

/**
 * An answer counts only while the approval is pending. The look says so now; the compare-and-set in the commit says so for
 * good: a lost race comes back as stale state, and this is decided again on what is true by then.
 */
export function answered(answer: Answer, look: HouseLook): HouseSays {
  const { event, locale } = answer;
  const approval = look.approval(answer.approvalId);
  if (approval?.guildId !== event.guildId) return said(answer, say(locale, "said.gone"), true);
  if (approval.status !== "pending") return said(answer, tooLate(approval, locale), true);
  if (event.at >= approval.expiresAt) return said(answer, say(locale, "said.late"), true);
  const choices = look.read("choices");
  const refused = refusal(answer, approval, choices, look.record("chat", "telegram"), locale);
  if (refused !== undefined) return said(answer, refused, true);
  switch (answer.answer) {
    case "approve":
      return approve(answer, approval, look);
    case "reject":
      return reject(answer, approval, personOf(answer, choices), look.guild().locale);
    case "modify":
      return modify(answer, approval, look.guild().locale);
    case "as-asked":
      return withdraw(answer, approval);
    case "evidence":
    case "options":
    case "back":
      return turn(answer, approval);
  }
}

function said(answer: Answer, words: CardText, alert = false): HouseSays {
  return { ...silence, house: answer.tell(words, alert) };
}

function tooLate({ status, progress, answeredBy }: Approval, locale: string): CardText {
  const decided = progress?.decided;
  if (decided !== undefined) return say(locale, "said.late.decided", { decided: decidedText(decided) });
  const key = `said.late.status.${status as Exclude<Approval["status"], "pending">}` as const;
  return say(locale, key, { who: answeredBy ?? "?" });
}

/** The card is turned over where it was pressed; the page and the terminal turn their own. */
function turn(answer: Answer, approval: Approval): HouseSays {
  const view = answer.answer === "back" ? {} : { view: answer.answer as "evidence" | "options" };
  const shown = approval.progress?.shown.find(({ place }) => place.face === faceOf(answer.by));
  if (shown === undefined) return said(answer, "");
  const { progress, house } = redraw(approval, answer.event, { only: shown.place, ...view });
  return { ...silence, house: [change(approval, progress), ...house, ...answer.tell("")] };
}

function faceOf(by: string): string {
  return by.split(":", 1)[0]!;
}

function reject(answer: Answer, approval: Approval, person: string, locale: string): HouseSays {
  const { by, name, event, note = "" } = answer;
  const why = excerpt(note.trim(), LONGEST_NOTE);
  const facts = { name, time: clock(event.at) };
  const decided = why === "" ? say(locale, "rejected", facts) : say(locale, "rejected.because", { ...facts, why });
  const vote: Vote = { person, by, name, at: event.at, digest: "" };
  const resolution = { by, at: event.at, text: decided, vote, ...(why === "" ? {} : { note: why }) };
  return {
    ...silence,
    house: [...resolved(approval, "rejected", resolution, event), ...answer.tell(decided)],
    writes: [{ write: "timer.clear", timer: `approval:${approval.id}` }],
  };
}

const LONGEST_NOTE = 300;

/** What is allowed is what was seen: an older card allows nothing newer. */
function approve(answer: Answer, approval: Approval, look: HouseLook): HouseSays {
  const progress = approval.progress ?? FIRST_PROGRESS;
  const { draft } = progress;
  const { by, name, event, locale } = answer;
  const standing = draft?.digest ?? approval.digest;
  const isSeen = answer.seen === undefined ? draft === undefined : answer.seen === brief(standing);
  if (!isSeen) return said(answer, say(locale, "said.changed"), true);
  const person = personOf(answer, look.read("choices"));
  const before = progress.votes.filter((vote) => vote.digest === standing);
  const missing = (count: number): CardText => say(locale, "said.missing", { count });
  if (before.some((vote) => vote.person === person))
    return said(answer, say(locale, "said.again", { missing: missing(progress.quorum - before.length) }));
  const votes = [...progress.votes, { person, by, name, at: event.at, digest: standing }];
  if (before.length + 1 >= progress.quorum)
    return execute(answer, { ...approval, progress: { ...progress, votes } }, look);
  const { progress: after, house } = redraw({ ...approval, progress: { ...progress, votes } }, event);
  const told = answer.tell(say(locale, "said.noted", { missing: missing(progress.quorum - before.length - 1) }));
  return { ...silence, house: [change(approval, after), ...house, ...told] };
}

function modify(answer: Answer, approval: Approval, guildLocale: string): HouseSays {
  const { by, event, locale } = answer;
  const { action, why } = approval.verdict.proposal;
  const modification =
    answer.option === undefined
      ? answer.modification
      : optionsFor(action, approval.askedAt)[answer.option]?.modification;
  if (modification === undefined) return said(answer, say(locale, "said.what"), true);
  const asked = { action, why, at: approval.askedAt, locale: guildLocale };
  const result = modified(asked, modification, event.at);
  if ("refused" in result) return said(answer, result.refused, true);
  const digest = digestOf({ ...approval.verdict.proposal, action: result.action, why: result.why });
  const progress = { ...(approval.progress ?? FIRST_PROGRESS), draft: { by, digest, at: event.at, ...result } };
  return drafted(answer, approval, progress, say(locale, "said.instead", { difference: result.difference }));
}

function withdraw(answer: Answer, approval: Approval): HouseSays {
  const { draft: _gone, ...rest } = approval.progress ?? FIRST_PROGRESS;
  return drafted(answer, approval, rest, say(answer.locale, "said.as-asked"));
}

function drafted(
  answer: Answer,
  approval: Approval,
  progress: NonNullable<Approval["progress"]>,
  words: CardText,
): HouseSays {
  const { progress: after, house } = redraw({ ...approval, progress }, answer.event);
  return { ...silence, house: [change(approval, after), ...house, ...answer.tell(words)] };
}
