import type {
  Action,
  Approval,
  ApprovalProgress,
  GuildEvent,
  HouseWrite,
  Member,
  ProposedAction,
  Verdict,
} from "#core";
import { leavesCase, targetsOf } from "#core";
import type { HouseLook } from "../decide/look.ts";
import { NOTHING, type HouseSays } from "../house/says.ts";
import { type Answer, resolved } from "./ending.ts";
import { whyNot } from "../judge/reply.ts";
import { clock } from "./card.ts";
import { fromNow, overtaken } from "./situation.ts";
import { caseMention, say, text } from "./words.ts";

/**
 * The deciding answer: what was shown is proposed again and judged from the start, about the members as they stand by now.
 * Whatever the judge says then is what the faces say.
 */
export function execute(answer: Answer, voted: Approval, look: HouseLook): HouseSays {
  const { event, by } = answer;
  const { draft } = voted.progress!;
  const { locale } = look.guild();
  const now = actionNow(voted, answer.except ?? [], event, look);
  if ("overtaken" in now) return voided(answer, voted, text(locale, now.overtaken, { name: now.name }), locale);
  const { proposal } = voted.verdict;
  const ready = { ...voted, progress: { ...voted.progress!, ...("results" in now && { results: now.results }) } };
  const agreed: ProposedAction = {
    restsOn: voted.eventId,
    ...proposal,
    action: now.action,
    why: draft?.why ?? proposal.why,
  };
  return {
    ...NOTHING,
    decides: true,
    effects: [{ propose: agreed }],
    writes: [{ write: "timer.clear", timer: `approval:${voted.id}` }],
    approved: { decidedBy: `agent:${voted.agent}, approved by ${by}`, approvalId: voted.id, ...moderatorOf(voted) },
    afterwards: ([verdict]) => ended(answer, ready, verdict!, locale),
  };
}

function ended(answer: Answer, voted: Approval, verdict: Verdict, locale: string): HouseWrite[] {
  const { by, event, note } = answer;
  if (verdict.ruling !== "run") return voided(answer, voted, whyStopped(verdict, locale), locale).house as HouseWrite[];
  const decided = approvedText(voted, verdict, answer, locale);
  const because = note === undefined ? {} : { note };
  const resolution = { by, at: event.at, text: decided, caseOf: verdict.proposalId, ...because };
  return [...resolved(voted, "approved", resolution, event), ...answer.tell(decided)];
}

const ABOUT_THE_READER = ["outranks-moderator", "moderator-lacks-permission"];

/** Whoever reads a card is seldom the moderator who asked: those two are told as the record has them. */
export function whyStopped(verdict: Verdict, locale: string): string {
  return ABOUT_THE_READER.includes(verdict.ground) ? verdict.because : whyNot(verdict, locale);
}

function approvedText(voted: Approval, { proposal }: Verdict, { event, except = [] }: Answer, locale: string) {
  const { draft, votes } = voted.progress!;
  const digest = draft?.digest ?? voted.digest;
  const names = votes.filter((vote) => vote.digest === digest).map(({ name }) => name);
  return say(locale, "approved", {
    names: names.reduce((one, other) => text(locale, "and", { one, other })),
    time: clock(event.at),
    changed: draft === undefined ? "" : text(locale, "approved.changed", { difference: draft.difference }),
    but: except.length === 0 ? "" : text(locale, "approved.but", { count: except.length }),
    case: leavesCase(proposal) ? caseMention(locale) : "",
  });
}

/** Nothing was done, and every face says why. */
function voided(answer: Answer, voted: Approval, why: string, locale: string): HouseSays {
  const { by, event, name } = answer;
  const decided = say(locale, "void", { name, time: clock(event.at), why });
  const resolution = { by, at: event.at, text: decided, note: why };
  return {
    ...NOTHING,
    decides: true,
    house: [...resolved(voted, "void", resolution, event), ...answer.tell(decided, true)],
    writes: [{ write: "timer.clear", timer: `approval:${voted.id}` }],
  };
}

function moderatorOf({ progress }: Approval): { moderator?: { member: Member; permissions: string } } {
  const asker = progress?.asker;
  if (asker === undefined) return {};
  const { userId, roleIds, permissions } = asker;
  return { moderator: { member: { userId, name: "whoever asked", roleIds }, permissions } };
}

interface Ready {
  readonly action: Action;
  /** Of a cohort, who is not among them any more. */
  readonly results?: NonNullable<ApprovalProgress["results"]>;
}

type Gone = "gone.banned" | "gone.left" | "gone.nobody";

/** What was allowed, about its members as they are now; of a cohort, those it still applies to. */
function actionNow(
  { verdict, progress, askedAt }: Approval,
  except: readonly string[],
  event: GuildEvent,
  look: HouseLook,
): Ready | { readonly overtaken: Gone; readonly name: string } {
  const shownAt = progress?.draft?.at ?? askedAt;
  const action = fromNow(progress?.draft?.action ?? verdict.proposal.action, shownAt, event.at);
  const targets = targetsOf(action).filter(({ userId }) => !except.includes(userId));
  const standing = targets.map((target) => ({ target, situation: look.read("situation", target.userId, askedAt) }));
  const why = standing[0] === undefined ? undefined : overtaken(standing[0].situation);
  const stopped = { overtaken: why ?? "gone.nobody", name: targets[0]?.name ?? "" } as const;
  const left = standing
    .filter(({ situation }) => overtaken(situation) === undefined)
    .map(({ target, situation }): Member => ({ ...target, roleIds: situation.roleIds ?? target.roleIds }));
  if ("members" in action) {
    if (left.length === 0) return stopped;
    const gone = standing.filter(({ target }) => left.every(({ userId }) => userId !== target.userId));
    const results = Object.fromEntries([
      ...except.map((userId) => [userId, "spared"] as const),
      ...gone.map(({ target }) => [target.userId, "gone"] as const),
    ]);
    return { action: { ...action, members: left }, results };
  }
  if (targets.length === 0) return targetsOf(action).length === 0 ? { action } : stopped;
  const [only] = left;
  return only === undefined ? stopped : { action: { ...action, [memberKey(action)]: only } as Action };
}

function memberKey(action: Action): "author" | "member" {
  return "author" in action ? "author" : "member";
}
