import type { Approval, Vote } from "#core";
import { FIRST_PROGRESS } from "#core";
import type { HouseLook } from "../decide/look.ts";
import { NOTHING, type HouseSays } from "../house/says.ts";
import { digestOf } from "../judge/digest.ts";
import { brief, clock } from "./card.ts";
import { personOf, refusal } from "./eligible.ts";
import { execute } from "./execute.ts";
import { type Answer, resolved } from "./ending.ts";
import { change, redraw } from "./faces.ts";
import { modified, optionsFor } from "./modify.ts";

const silence: HouseSays = { ...NOTHING, decides: true };

/**
 * An answer counts only while the approval is pending. The look says so now; the compare-and-set in the commit says so for
 * good: a lost race comes back as stale state, and this is decided again on what is true by then.
 */
export function answered(answer: Answer, look: HouseLook): HouseSays {
  const { event } = answer;
  const approval = look.approval(answer.approvalId);
  if (approval?.guildId !== event.guildId) return said(answer, "There is no such question any more.", true);
  if (approval.status !== "pending") return said(answer, tooLate(approval), true);
  if (event.at >= approval.expiresAt) return said(answer, "Too late: nobody answered in time.", true);
  const choices = look.read("choices");
  const refused = refusal(answer, approval, choices, look.record("chat", "telegram"));
  if (refused !== undefined) return said(answer, refused, true);
  switch (answer.answer) {
    case "approve":
      return approve(answer, approval, look);
    case "reject":
      return reject(answer, approval, personOf(answer, choices));
    case "modify":
      return modify(answer, approval);
    case "as-asked":
      return withdraw(answer, approval);
    case "evidence":
    case "options":
    case "back":
      return turn(answer, approval);
  }
}

function said(answer: Answer, text: string, alert = false): HouseSays {
  return { ...silence, house: answer.tell(text, alert) };
}

function tooLate({ status, progress, answeredBy }: Approval): string {
  return `Too late. ${progress?.decided?.text.replace(", case {case}", "") ?? `This was ${status} by ${answeredBy ?? "somebody"} already.`}`;
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

function reject(answer: Answer, approval: Approval, person: string): HouseSays {
  const { by, name, note, event } = answer;
  const because = note === undefined || note === "" ? "" : ` “${note}”`;
  const text = `Rejected by ${name} at ${clock(event.at)}.${because}`;
  const vote: Vote = { person, by, name, at: event.at, digest: "" };
  const house = resolved(
    approval,
    "rejected",
    { by, at: event.at, text, vote, ...(note === undefined ? {} : { note }) },
    event,
  );
  return {
    ...silence,
    house: [...house, ...answer.tell(text)],
    writes: [{ write: "timer.clear", timer: `approval:${approval.id}` }],
  };
}

/** What is allowed is what was seen: an older card allows nothing newer. */
function approve(answer: Answer, approval: Approval, look: HouseLook): HouseSays {
  const progress = approval.progress ?? FIRST_PROGRESS;
  const { draft } = progress;
  const standing = draft?.digest ?? approval.digest;
  const isSeen = answer.seen === undefined ? draft === undefined : answer.seen === brief(standing);
  if (!isSeen) return said(answer, "This has changed since you saw it: look at the card again.", true);
  const person = personOf(answer, look.read("choices"));
  const before = progress.votes.filter((vote) => vote.digest === standing);
  if (before.some((vote) => vote.person === person))
    return said(answer, `You have allowed this already; ${missing(progress.quorum - before.length)}.`);
  const { by, name, event } = answer;
  const votes = [...progress.votes, { person, by, name, at: event.at, digest: standing }];
  if (before.length + 1 >= progress.quorum)
    return execute(answer, { ...approval, progress: { ...progress, votes } }, look);
  const { progress: after, house } = redraw({ ...approval, progress: { ...progress, votes } }, event);
  const told = answer.tell(`Noted; ${missing(progress.quorum - before.length - 1)}.`);
  return { ...silence, house: [change(approval, after), ...house, ...told] };
}

function missing(count: number): string {
  return count === 1 ? "one more person has to allow it" : `${count} more people have to allow it`;
}

function modify(answer: Answer, approval: Approval): HouseSays {
  const { action, why } = approval.verdict.proposal;
  const modification =
    answer.option === undefined
      ? answer.modification
      : optionsFor(action, approval.askedAt)[answer.option]?.modification;
  if (modification === undefined) return said(answer, "Say what instead: timeout 2h and a reason, kick, warn.", true);
  const { by, event } = answer;
  const result = modified({ action, why, at: approval.askedAt }, modification, event.at);
  if ("refused" in result) return said(answer, result.refused, true);
  const digest = digestOf({ ...approval.verdict.proposal, action: result.action, why: result.why });
  const draft = { by, digest, at: event.at, ...result };
  return drafted(
    answer,
    approval,
    { ...(approval.progress ?? FIRST_PROGRESS), draft },
    `Proposed instead: ${result.difference}.`,
  );
}

function withdraw(answer: Answer, approval: Approval): HouseSays {
  const { draft: _gone, ...rest } = approval.progress ?? FIRST_PROGRESS;
  return drafted(answer, approval, rest, "Back to what was asked.");
}

function drafted(
  answer: Answer,
  approval: Approval,
  progress: NonNullable<Approval["progress"]>,
  text: string,
): HouseSays {
  const { progress: after, house } = redraw({ ...approval, progress }, answer.event);
  return { ...silence, house: [change(approval, after), ...house, ...answer.tell(text)] };
}
