import type { Action, Directory, Ground, GuildPolicy, Member, Mode, ProposedAction, Ruling } from "#core";
import {
  channelPermissions,
  isMeasure,
  isStaffRole,
  missingPermissions,
  neededFor,
  Permission,
  type PermissionName,
  placeOf,
  rank,
  refusalOf,
  targetsOf,
  VERBS,
} from "#core";
import { stepsOf } from "../act/plan.ts";
import { whyAsked } from "./asking.ts";

/** All the judge knows. It reads nothing else, changes nothing, and rules the same on the same facts. */
export interface Facts {
  readonly mode: Mode;
  readonly policy: GuildPolicy;
  readonly directory: Directory | undefined;
  /** When it happened: clocks are not looked at here. */
  readonly at: number;
  /** What stood there before a change that is being undone, by key. */
  readonly remembered: (key: string) => unknown;
  /** The moderator who asked for it, as the interaction told: rank and permissions are checked again here. */
  readonly moderator?: { readonly member: Member; readonly permissions: string };
  /** The same was ruled already, a short while ago. */
  readonly sameDone: boolean;
  readonly measuresOfRule: number;
  readonly measuresOfModerator: number;
  /** Of everybody and everything together. */
  readonly measuresOfGuild: number;
  readonly agent?: string;
  /** A human has allowed exactly this. */
  readonly approved: boolean;
  /** It carries on what was ruled and done before, such as the next part of a long time-out. */
  readonly continued: boolean;
}

export interface Judgement {
  readonly ruling: Ruling;
  readonly ground: Ground;
  readonly because: string;
}

type Look = (proposal: ProposedAction, facts: Facts) => Judgement | undefined;

/** The order of DESIGN §3: who may not be touched comes before what the bot may do, and a human's time comes last. */
const CHECKS: readonly Look[] = [immunity, moderatorsRight, botsRight, duplicate, quota, approval, confidence];

export function judge(proposal: ProposedAction, facts: Facts): Judgement {
  if (facts.mode === "off") return drop("mode-off", "the agent is off in this guild");
  const judgement = CHECKS.reduce<Judgement | undefined>(
    (found, check) => found ?? check(proposal, facts),
    undefined,
  ) ?? {
    ruling: "run" as const,
    ground: "clear" as const,
    because: facts.approved ? "a human approved it and nothing stands against it" : "nothing stands against it",
  };
  return facts.mode === "shadow" ? inShadow(judgement) : judgement;
}

function inShadow(judgement: Judgement): Judgement {
  const would = {
    run: "would have been carried out",
    ask: "would have been put to a human",
    drop: "would have been dropped",
  };
  return drop("shadow", `the agent is in shadow mode: this ${would[judgement.ruling]} (${judgement.because})`);
}

function immunity(proposal: ProposedAction, facts: Facts): Judgement | undefined {
  if (!VERBS[proposal.action.verb].respectsRank) return undefined;
  const targets = targetsOf(proposal.action);
  if (targets.length === 0) return undefined;
  const { directory } = facts;
  if (directory === undefined) return drop("bot-lacks-permission", "the guild is not known yet");
  return targets.reduce<Judgement | undefined>(
    (found, target) => found ?? immune(target, isMeasure(proposal.action), directory, facts),
    undefined,
  );
}

function immune(target: Member, measured: boolean, directory: Directory, facts: Facts): Judgement | undefined {
  const { policy, moderator } = facts;
  if (target.userId === directory.botUserId)
    return measured ? drop("immune-self", "the house does not act against itself") : undefined;
  if (target.userId === directory.ownerId) return drop("immune-owner", `${target.name} owns the guild`);
  if (moderator !== undefined)
    return outranksModerator(target, moderator.member, directory) ?? outranksBot(target, directory);
  if (isStaff(target, policy, directory)) return drop("immune-staff", `${target.name} is staff`);
  return outranksBot(target, directory);
}

function outranksModerator(target: Member, moderator: Member, directory: Directory): Judgement | undefined {
  if (moderator.userId === directory.ownerId) return undefined;
  if (rank(directory, target.roleIds) < rank(directory, moderator.roleIds)) return undefined;
  return drop("outranks-moderator", `${target.name}'s highest role is not below that of ${moderator.name}`);
}

function outranksBot(target: Member, directory: Directory): Judgement | undefined {
  if (rank(directory, target.roleIds) < rank(directory, directory.botRoleIds)) return undefined;
  return drop(
    "outranks-bot",
    `${target.name}'s highest role is not below the bot's: move the bot's role up to change that`,
  );
}

function isStaff(member: Member, policy: GuildPolicy, directory: Directory): boolean {
  if (member.roleIds.some((id) => policy.staffRoleIds.includes(id))) return true;
  return member.roleIds.some((id) => {
    const role = directory.roles[id];
    return role !== undefined && isStaffRole(role, policy.staffRoleIds);
  });
}

function moderatorsRight({ action }: ProposedAction, facts: Facts): Judgement | undefined {
  const { moderator, directory } = facts;
  if (moderator === undefined) {
    if (VERBS[action.verb].onlyAsked !== true) return undefined;
    return drop("moderator-lacks-permission", "only a person can ask for this, and nobody did");
  }
  const granted = grantedThere(action, moderator, directory);
  if ((granted & Permission.ADMINISTRATOR) !== 0n) return undefined;
  const missing = missingPermissions(granted, askedOf(action, directory));
  if (missing.length > 0)
    return drop("moderator-lacks-permission", `${moderator.member.name} lacks ${missing.join(", ")}`);
  return roleAbove(action, moderator.member, directory);
}

/** Discord told what they may do where they asked; in another channel the directory knows. */
function grantedThere(
  action: Action,
  { member, permissions }: NonNullable<Facts["moderator"]>,
  directory: Directory | undefined,
): bigint {
  const place = placeOf(action);
  if (directory === undefined || place === undefined || directory.channels[place] === undefined)
    return BigInt(permissions);
  return channelPermissions(directory, place, member.userId, member.roleIds);
}

function askedOf(action: Action, directory: Directory | undefined): readonly PermissionName[] {
  const { asks, needs } = VERBS[action.verb];
  return asks ?? (directory === undefined ? needs : neededFor(action, directory));
}

/** In Discord's own menus nobody can give or take a role that is not below their highest. */
function roleAbove(action: Action, member: Member, directory: Directory | undefined): Judgement | undefined {
  if (action.verb !== "role.add" && action.verb !== "role.remove") return undefined;
  if (directory === undefined || member.userId === directory.ownerId) return undefined;
  const role = directory.roles[action.roleId];
  if (role === undefined || role.position < rank(directory, member.roleIds)) return undefined;
  return drop("outranks-moderator", `the role ${role.name} is not below the highest of ${member.name}`);
}

/** Each step the action comes to is one request: none goes out that Discord would refuse. */
function botsRight({ action }: ProposedAction, facts: Facts): Judgement | undefined {
  const { directory, at, policy, remembered } = facts;
  if (directory === undefined)
    return VERBS[action.verb].needs.length === 0
      ? undefined
      : drop("bot-lacks-permission", "the guild is not known yet");
  const view = { directory, at, staffRoleIds: policy.staffRoleIds, remembered };
  const steps = stepsOf(action, view);
  const why = [action, ...steps.map((step) => step.action)].reduce<string | undefined>(
    (found, step) => found ?? refusalOf(step, directory, at),
    undefined,
  );
  return why === undefined ? undefined : drop("bot-lacks-permission", why);
}

function duplicate(_proposal: ProposedAction, { sameDone }: Facts): Judgement | undefined {
  return sameDone ? drop("duplicate", "the same was ruled a moment ago") : undefined;
}

function quota(proposal: ProposedAction, facts: Facts): Judgement | undefined {
  if (!isMeasure(proposal.action) || facts.continued) return undefined;
  const { perRule, perModerator, perGuild } = facts.policy.quota;
  if (perGuild !== undefined && facts.measuresOfGuild + weight(proposal, facts) > perGuild.measures)
    return drop("quota", `the house took ${facts.measuresOfGuild} measures within ${perGuild.perSeconds} s`);
  if (facts.moderator !== undefined) {
    if (facts.measuresOfModerator + weight(proposal, facts) <= perModerator.measures) return undefined;
    return drop(
      "quota",
      `${facts.moderator.member.name} took ${facts.measuresOfModerator} measures within ${perModerator.perSeconds} s`,
    );
  }
  if (facts.measuresOfRule + weight(proposal, facts) <= perRule.measures) return undefined;
  return drop(
    "quota",
    `the rule ${proposal.rule} took ${facts.measuresOfRule} measures within ${perRule.perSeconds} s`,
  );
}

/** A cohort counts by its heads, unless a human looks at it first; what a human has allowed was counted when it was asked. */
function weight({ action }: ProposedAction, { policy, approved }: Facts): number {
  if (approved) return 0;
  return policy.approval.verbs.includes(action.verb) ? 1 : Math.max(1, targetsOf(action).length);
}

function approval(proposal: ProposedAction, { policy, directory, agent, at, approved }: Facts): Judgement | undefined {
  const because = approved ? undefined : whyAsked(proposal, agent ?? "", policy.approval, directory, at);
  return because === undefined ? undefined : { ruling: "ask", ground: "needs-approval", because };
}

/** Too unsure to act, too telling to forget: a human decides. */
function confidence(proposal: ProposedAction, { policy, approved }: Facts): Judgement | undefined {
  if (approved || !isMeasure(proposal.action) || proposal.confidence >= policy.minimumConfidence) return undefined;
  return {
    ruling: "ask",
    ground: "low-confidence",
    because: `confidence ${proposal.confidence} is below ${policy.minimumConfidence}`,
  };
}

function drop(ground: Ground, because: string): Judgement {
  return { ruling: "drop", ground, because };
}
