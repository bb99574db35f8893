import type {
  ApprovalPolicy,
  ApprovalProgress,
  ApprovalRule,
  Directory,
  GuildEvent,
  ProposedAction,
  Verdict,
} from "#core";
import { isUse, Permission, targetsOf } from "#core";

type Choices = ApprovalPolicy;

/** Whether a human is asked first, and why, in words; undefined where nobody is. */
export function whyAsked(
  proposal: ProposedAction,
  agent: string,
  policy: Choices,
  directory: Directory | undefined,
  at: number,
): string | undefined {
  const { action } = proposal;
  const rule = ruleFor(proposal, agent, policy);
  if (rule !== undefined)
    return rule.ruling === "ask" ? `a rule of this guild puts ${action.verb} to a human` : undefined;
  if (policy.verbs.includes(action.verb)) return `${action.verb} waits for a human in this guild`;
  return whyGuarded(proposal, policy, directory) ?? whyWide(proposal, agent, policy, at);
}

const AT_ONCE = { seconds: 15 * 60, agents: ["raids"] };
const DELETE_AT_ONCE = 100;

/** What everybody feels. Whoever moderates by hand has looked already; a guild that wants to be asked even then names the verb. */
function whyWide(
  { action, onBehalfOf }: ProposedAction,
  agent: string,
  { atOnce = AT_ONCE }: Choices,
  at: number,
): string | undefined {
  if (onBehalfOf !== undefined) return undefined;
  if (action.verb === "guild.pause" || action.verb === "channel.lock") {
    if (!atOnce.agents.includes(agent)) return `${action.verb} waits for a human`;
    const ends = action.until ?? Infinity;
    if (ends - at > atOnce.seconds * 1_000)
      return `${action.verb} for longer than ${Math.round(atOnce.seconds / 60)} minutes waits for a human`;
  }
  if (action.verb === "message.bulk-delete" && action.messageIds.length > DELETE_AT_ONCE)
    return `deleting more than ${DELETE_AT_ONCE} messages at once waits for a human`;
  return undefined;
}

/** The first of the guild's exceptions that fits. */
function ruleFor(proposal: ProposedAction, agent: string, { rules = [] }: Choices): ApprovalRule | undefined {
  return rules.find((rule) => fits(rule, proposal, agent));
}

function fits(rule: ApprovalRule, { action, confidence, rule: name }: ProposedAction, agent: string): boolean {
  const targets = targetsOf(action);
  const roles = targets.flatMap((target) => target.roleIds);
  return (
    (rule.verbs?.includes(action.verb) ?? true) &&
    (rule.agents?.includes(agent) ?? true) &&
    (rule.rules?.includes(name) ?? true) &&
    (rule.confidenceBelow === undefined || confidence < rule.confidenceBelow) &&
    (rule.targetsAtLeast === undefined || targets.length >= rule.targetsAtLeast) &&
    (rule.targetRoleIds?.some((id) => roles.includes(id)) ?? true)
  );
}

const POWERS = [
  "ADMINISTRATOR",
  "MANAGE_GUILD",
  "MANAGE_ROLES",
  "MODERATE_MEMBERS",
  "KICK_MEMBERS",
  "BAN_MEMBERS",
] as const;

/** The line above which a role is power: it may moderate, or the guild says so. */
function whyGuarded(
  { action }: ProposedAction,
  { guardedRoleIds = [] }: Choices,
  directory: Directory | undefined,
): string | undefined {
  if (action.verb !== "role.add") return undefined;
  const role = directory?.roles[action.roleId];
  const bits = BigInt(role?.permissions ?? "0");
  const isPower = POWERS.some((name) => (bits & Permission[name]) !== 0n);
  if (!isPower && !guardedRoleIds.includes(action.roleId)) return undefined;
  return `the role ${role?.name ?? action.roleId} gives power over others`;
}

export function quorumFor({ proposal }: Verdict, agent: string, policy: Choices): number {
  return ruleFor(proposal, agent, policy)?.quorum ?? policy.quorum ?? 1;
}

/** Only the person who used the command can be the one it is done for. */
export function askedBy(event: GuildEvent, proposal: ProposedAction): Pick<ApprovalProgress, "asker"> {
  if (proposal.onBehalfOf === undefined) return {};
  if (!isUse(event)) return {};
  const { userId, roleIds } = event.by;
  return userId === proposal.onBehalfOf ? { asker: { userId, roleIds, permissions: event.byPermissions } } : {};
}
