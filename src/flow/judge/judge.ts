import type { Directory, Ground, GuildPolicy, Member, Mode, ProposedAction, Ruling } from "#core";
import {
  VERBS,
  channelPermissions,
  guildPermissions,
  missingPermissions,
  Permission,
  rank,
  targetOf,
  type PermissionName,
} from "#core";

/** All the judge knows. It reads nothing else, changes nothing, and rules the same on the same facts. */
export interface Facts {
  readonly mode: Mode;
  readonly policy: GuildPolicy;
  readonly directory: Directory | undefined;
  /** The moderator who asked for it, as the interaction told: rank and permissions are checked again here. */
  readonly moderator?: { readonly member: Member; readonly permissions: string };
  /** The same was ruled already, a short while ago. */
  readonly sameDone: boolean;
  readonly measuresOfRule: number;
  readonly measuresOfModerator: number;
  /** A human has allowed exactly this. */
  readonly approved: boolean;
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

function immunity(proposal: ProposedAction, { policy, directory, moderator }: Facts): Judgement | undefined {
  const target = targetOf(proposal.action);
  if (target === undefined) return undefined;
  if (directory === undefined) return drop("bot-lacks-permission", "the guild is not known yet");
  const measured = VERBS[proposal.action.verb].measure || proposal.action.verb === "message.delete";
  if (!measured) return undefined;
  if (target.userId === directory.ownerId) return drop("immune-owner", `${target.name} owns the guild`);
  if (target.userId === directory.botUserId) return drop("immune-self", "the house does not act against itself");
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

const STAFF_PERMISSIONS = ["ADMINISTRATOR", "MANAGE_GUILD", "MODERATE_MEMBERS", "KICK_MEMBERS", "BAN_MEMBERS"] as const;

/** Whoever may moderate is staff, whether or not somebody thought of listing their role. */
function isStaff(member: Member, policy: GuildPolicy, directory: Directory): boolean {
  if (member.roleIds.some((id) => policy.staffRoleIds.includes(id))) return true;
  const own = member.roleIds.reduce((bits, id) => bits | BigInt(directory.roles[id]?.permissions ?? "0"), 0n);
  return STAFF_PERMISSIONS.some((name) => (own & Permission[name]) !== 0n);
}

function moderatorsRight(proposal: ProposedAction, { moderator }: Facts): Judgement | undefined {
  if (moderator === undefined) return undefined;
  const granted = BigInt(moderator.permissions);
  if ((granted & Permission.ADMINISTRATOR) !== 0n) return undefined;
  const { needs, measure } = VERBS[proposal.action.verb];
  const missing = missingPermissions(granted, needs.length === 0 && measure ? ["MODERATE_MEMBERS"] : needs);
  if (missing.length === 0) return undefined;
  return drop("moderator-lacks-permission", `${moderator.member.name} lacks ${missing.join(", ")}`);
}

function botsRight(proposal: ProposedAction, { directory }: Facts): Judgement | undefined {
  const { action } = proposal;
  const needs: readonly PermissionName[] = VERBS[action.verb].needs;
  if (needs.length === 0) return undefined;
  if (directory === undefined) return drop("bot-lacks-permission", "the guild is not known yet");
  const granted =
    "channelId" in action
      ? channelPermissions(directory, action.channelId, directory.botUserId, directory.botRoleIds)
      : guildPermissions(directory, directory.botUserId, directory.botRoleIds);
  const missing = missingPermissions(granted, needs);
  if (missing.length > 0) return drop("bot-lacks-permission", `the bot lacks ${missing.join(", ")} there`);
  return roleInReach(proposal, directory) ?? administratorsStay(proposal, directory);
}

function roleInReach({ action }: ProposedAction, directory: Directory): Judgement | undefined {
  if (action.verb !== "role.add" && action.verb !== "role.remove") return undefined;
  const role = directory.roles[action.roleId];
  if (role !== undefined && !role.managed && role.position < rank(directory, directory.botRoleIds)) return undefined;
  return drop("bot-lacks-permission", `the role ${role?.name ?? action.roleId} is not below the bot's own`);
}

/** Discord answers 403 to a timeout of an administrator, whatever the order of roles. */
function administratorsStay({ action }: ProposedAction, directory: Directory): Judgement | undefined {
  if (action.verb !== "member.timeout") return undefined;
  const bits = guildPermissions(directory, action.member.userId, action.member.roleIds);
  if ((bits & Permission.ADMINISTRATOR) === 0n) return undefined;
  return drop(
    "bot-lacks-permission",
    `${action.member.name} is an administrator, whom Discord does not let anybody time out`,
  );
}

function duplicate(_proposal: ProposedAction, { sameDone }: Facts): Judgement | undefined {
  return sameDone ? drop("duplicate", "the same was ruled a moment ago") : undefined;
}

function quota(proposal: ProposedAction, facts: Facts): Judgement | undefined {
  if (!VERBS[proposal.action.verb].measure) return undefined;
  const { perRule, perModerator } = facts.policy.quota;
  if (facts.moderator !== undefined) {
    if (facts.measuresOfModerator < perModerator.measures) return undefined;
    return drop(
      "quota",
      `${facts.moderator.member.name} took ${facts.measuresOfModerator} measures within ${perModerator.perSeconds} s`,
    );
  }
  if (facts.measuresOfRule < perRule.measures) return undefined;
  return drop(
    "quota",
    `the rule ${proposal.rule} took ${facts.measuresOfRule} measures within ${perRule.perSeconds} s`,
  );
}

function approval(proposal: ProposedAction, { policy, approved }: Facts): Judgement | undefined {
  if (approved || !policy.approval.verbs.includes(proposal.action.verb)) return undefined;
  return {
    ruling: "ask",
    ground: "needs-approval",
    because: `${proposal.action.verb} waits for a human in this guild`,
  };
}

/** Too unsure to act, too telling to forget: a human decides. */
function confidence(proposal: ProposedAction, { policy, approved }: Facts): Judgement | undefined {
  if (approved || !VERBS[proposal.action.verb].measure || proposal.confidence >= policy.minimumConfidence)
    return undefined;
  return {
    ruling: "ask",
    ground: "low-confidence",
    because: `confidence ${proposal.confidence} is below ${policy.minimumConfidence}`,
  };
}

function drop(ground: Ground, because: string): Judgement {
  return { ruling: "drop", ground, because };
}
