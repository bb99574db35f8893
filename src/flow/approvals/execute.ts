import type { Action, Approval, GuildEvent, HouseWrite, Member, ProposedAction, Verdict } from "#core";
import { isMeasure, targetsOf } from "#core";
import type { HouseLook } from "../decide/look.ts";
import { NOTHING, type HouseSays } from "../house/says.ts";
import { type Answer, resolved } from "./ending.ts";
import { clock } from "./card.ts";
import { fromNow, overtaken } from "./situation.ts";

/**
 * The deciding answer: what was shown is proposed again and judged from the start, about the members as they stand by now.
 * Whatever the judge says then is what the faces say.
 */
export function execute(answer: Answer, voted: Approval, look: HouseLook): HouseSays {
  const { event, by } = answer;
  const { draft } = voted.progress!;
  const now = actionNow(voted, answer.except ?? [], event, look);
  if ("overtaken" in now) return voided(answer, voted, `${now.overtaken}: nothing was done`);
  const { proposal } = voted.verdict;
  const agreed: ProposedAction = { ...proposal, action: now.action, why: draft?.why ?? proposal.why };
  return {
    ...NOTHING,
    decides: true,
    effects: [{ propose: agreed }],
    writes: [{ write: "timer.clear", timer: `approval:${voted.id}` }],
    approved: { decidedBy: `agent:${voted.agent}, approved by ${by}`, approvalId: voted.id, ...moderatorOf(voted) },
    afterwards: ([verdict]) => ended(answer, voted, verdict!),
  };
}

function ended(answer: Answer, voted: Approval, verdict: Verdict): HouseWrite[] {
  const { by, event, note } = answer;
  if (verdict.ruling !== "run")
    return voided(answer, voted, `${verdict.because}: nothing was done`).house as HouseWrite[];
  const text = approvedText(voted, verdict, event.at, answer.except?.length ?? 0);
  const said = answer.tell(text.replace(", case {case}", ""));
  const because = note === undefined ? {} : { note };
  const resolution = { by, at: event.at, text, caseOf: verdict.proposalId, ...because };
  return [...resolved(voted, "approved", resolution, event), ...said];
}

function approvedText(voted: Approval, { proposal }: Verdict, at: number, left: number): string {
  const { draft, votes } = voted.progress!;
  const digest = draft?.digest ?? voted.digest;
  const names = votes.filter((vote) => vote.digest === digest).map(({ name }) => name);
  const changed = draft === undefined ? "" : ` with a change (${draft.difference})`;
  const but = left === 0 ? "" : `, for all but ${left}`;
  const number = isMeasure(proposal.action) ? ", case {case}" : "";
  return `Approved by ${names.join(" and ")} at ${clock(at)}${changed}${but}${number}.`;
}

/** Nothing was done, and every face says why. */
function voided(answer: Answer, voted: Approval, why: string): HouseSays {
  const { by, event, name } = answer;
  const text = `Approved by ${name} at ${clock(event.at)}, but ${why}.`;
  const resolution = { by, at: event.at, text, note: why };
  return {
    ...NOTHING,
    decides: true,
    house: [...resolved(voted, "void", resolution, event), ...answer.tell(text, true)],
    writes: [{ write: "timer.clear", timer: `approval:${voted.id}` }],
  };
}

function moderatorOf({ progress }: Approval): { moderator?: { member: Member; permissions: string } } {
  const asker = progress?.asker;
  if (asker === undefined) return {};
  const { userId, roleIds, permissions } = asker;
  return { moderator: { member: { userId, name: "whoever asked", roleIds }, permissions } };
}

/** What was allowed, about its members as they are now; of a cohort, those it still applies to. */
function actionNow(
  { verdict, progress, askedAt }: Approval,
  except: readonly string[],
  event: GuildEvent,
  look: HouseLook,
): { readonly action: Action } | { readonly overtaken: string } {
  const shownAt = progress?.draft?.at ?? askedAt;
  const action = fromNow(progress?.draft?.action ?? verdict.proposal.action, shownAt, event.at);
  const targets = targetsOf(action).filter(({ userId }) => !except.includes(userId));
  const standing = targets.map((target) => ({ target, situation: look.read("situation", target.userId, askedAt) }));
  const gone = standing.map(({ target, situation }) => overtaken(target.name, situation));
  const left = standing
    .filter((_one, index) => gone[index] === undefined)
    .map(({ target, situation }): Member => ({ ...target, roleIds: situation.roleIds ?? target.roleIds }));
  if ("members" in action) {
    if (left.length === 0) return { overtaken: gone[0] ?? "nobody is left" };
    return { action: { ...(action as object), members: left } as unknown as Action };
  }
  if (targets.length === 0) return targetsOf(action).length === 0 ? { action } : { overtaken: "nobody is left" };
  const [only] = left;
  return only === undefined ? { overtaken: gone[0]! } : { action: { ...action, [memberKey(action)]: only } as Action };
}

function memberKey(action: Action): "author" | "member" {
  return "author" in action ? "author" : "member";
}
