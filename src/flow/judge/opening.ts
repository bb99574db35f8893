import {
  appealRow,
  APPEALS,
  EVIDENCE_DAYS,
  type CaseDraft,
  type Evidence,
  type GuildEvent,
  type HouseWrite,
  isUse,
  type MessageFacts,
  type ProposedAction,
  type Row,
  targetsOf,
  type Verdict,
  type Write,
} from "#core";
import { type GuildState, heldIn, type Need } from "../guild/state.ts";

const DAY = 86_400_000;

/** The case of a measure, with what it rests on. */
export function openCase(
  { proposal, proposalId }: Verdict,
  { event, state }: { readonly event: GuildEvent; readonly state: GuildState },
  decidedBy: string,
): HouseWrite {
  const { action, rule, why } = proposal;
  const targets = targetsOf(action);
  const [target] = targets;
  const only = "userId" in action ? { userId: action.userId, name: action.userId } : target;
  const until = "until" in action && typeof action.until === "number" ? { until: action.until } : {};
  const seen = evidenceOf(proposal, event, state);
  const keepUntil = event.at + (state.policy.evidenceDays ?? EVIDENCE_DAYS) * DAY;
  const draft: CaseDraft = {
    ...{ proposalId, eventId: event.id, verb: action.verb, decidedBy, rule, reason: why, openedAt: event.at, ...until },
    userId: targets.length > 1 ? "" : (only?.userId ?? ""),
    userName: targets.length > 1 ? `${targets.length} members` : (only?.name ?? ""),
    ...(seen !== undefined && { evidence: { seen, keepUntil } }),
  };
  return { write: "case.open", draft };
}

/** The member's own words: of the message at hand, or of the one the proposal names. */
function evidenceOf(proposal: ProposedAction, event: GuildEvent, state: GuildState): Evidence | undefined {
  const [target, ...others] = targetsOf(proposal.action);
  const said = proposal.restsOn === undefined ? messageIn(event) : namedMessage(proposal.restsOn, state);
  if (said === undefined || others.length > 0 || said.author.userId !== target?.userId) return undefined;
  const { text, channelId, messageId } = said;
  return { text, at: event.at, channelId, messageId };
}

function messageIn(event: GuildEvent): MessageFacts | undefined {
  return event.kind === "message.created" || event.kind === "message.edited" ? event : undefined;
}

function namedMessage(eventId: string, state: GuildState): MessageFacts | undefined {
  return heldIn(state, messageNeed(eventId))?.value as MessageFacts | undefined;
}

function messageNeed(eventId: string): Need {
  return { need: "house", read: "message", args: [eventId] };
}

/** What has to be fetched before these proposals can leave a case with its evidence. */
export function evidenceNeeds(proposals: readonly ProposedAction[], state: GuildState): readonly Need[] {
  return proposals
    .flatMap(({ restsOn }) => (restsOn === undefined ? [] : [messageNeed(restsOn)]))
    .filter((need) => heldIn(state, need) === undefined);
}

/** A way to object, where somebody hears it. */
export function underNotice({ policy, guildId, directory }: GuildState): { readonly underNotice?: readonly Row[] } {
  if (policy.agents[APPEALS.agent]?.mode !== "live") return {};
  return { underNotice: [appealRow(guildId, policy.locale ?? directory?.locale ?? "en")] };
}

export function undone(number: number, why: string, event: GuildEvent, decidedBy: string): Write {
  const name = event.kind === "case.amended" ? event.name : decidedBy;
  const by = isUse(event) ? { byUserId: event.by.userId, name: event.by.name } : { name };
  return { write: "case.add", number, entry: { kind: "undone", at: event.at, text: why, ...by } };
}
