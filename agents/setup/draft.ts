import type { InForce, PolicyChange, Records } from "#core";
import { fingerprint } from "#core/text/index";

export type Draft = Records["setup"];
export type Picks = Draft["picks"];
export type Field = keyof Picks;

export const STEPS = ["channels", "roles", "preset", "approvals", "trial"] as const;
export type Step = (typeof STEPS)[number];

/** The agent whose rules are tried and, on request, only watch. */
const MODERATION = "moderation";

export function stepOf({ step }: Pick<Draft, "step">): Step {
  return STEPS[step - 1] ?? "channels";
}

/** Where somebody begins: with what holds already. */
export function firstDraft({ policy }: InForce): Draft {
  const { preset, noticeChannelId, staffRoleIds, approval } = policy;
  return {
    step: 1,
    picks: {
      ...(preset !== undefined && { preset }),
      ...(noticeChannelId !== undefined && { notices: noticeChannelId }),
      exempt: exemptIn(policy.agents[MODERATION]?.config),
      staff: staffRoleIds,
      ...(approval.channelId !== undefined && { cards: approval.channelId }),
      approvers: approval.roleIds ?? [],
    },
  };
}

function exemptIn(config: unknown): readonly string[] {
  const { exemptChannelIds: ids = [] } = (config ?? {}) as { readonly exemptChannelIds?: readonly string[] };
  return ids;
}

const SINGLE: readonly string[] = ["preset", "notices", "cards"] satisfies Field[];
const SEVERAL: readonly string[] = ["exempt", "staff", "approvers"] satisfies Field[];
/** Stands in the list of presets for none of them. */
export const NO_PRESET = "default";

/** Undefined where there is nothing of that name to pick. */
export function picked(picks: Picks, field: string, values: readonly string[]): Picks | undefined {
  if (SEVERAL.includes(field)) return { ...picks, [field]: values };
  if (!SINGLE.includes(field)) return undefined;
  const [value] = values;
  const { [field as Field]: _before, ...others } = picks;
  const isNone = value === undefined || (field === "preset" && value === NO_PRESET);
  return (isNone ? others : { ...others, [field]: value }) as Picks;
}

/** The picks as settings. What was left open goes, so that the starting point or the default holds again. */
export function changesOf(picks: Picks, mode: "live" | "shadow"): readonly PolicyChange[] {
  const { preset, notices, exempt, staff, cards, approvers } = picks;
  const agent = ["agents", MODERATION];
  return [
    change(["preset"], preset),
    change(["noticeChannelId"], notices),
    change(["staffRoleIds"], listed(staff)),
    change(["approval", "channelId"], cards),
    change(["approval", "roleIds"], listed(approvers)),
    change([...agent, "mode"], mode),
    change([...agent, "config", "exemptChannelIds"], listed(exempt)),
  ];
}

function change(path: readonly string[], value: unknown): PolicyChange {
  return value === undefined ? { path } : { path, value };
}

function listed(ids: readonly string[]): readonly string[] | undefined {
  return ids.length === 0 ? undefined : ids;
}

/** Tells these picks from any others: what was tried is what is put in force. */
export function markOf(picks: Picks): string {
  const { preset, notices, exempt, staff, cards, approvers } = picks;
  return fingerprint(JSON.stringify([preset, notices, exempt, staff, cards, approvers]));
}

/** Whether moderation acts under what holds now. */
export function actsIn({ policy }: InForce): boolean {
  return policy.agents[MODERATION]?.mode === "live";
}
