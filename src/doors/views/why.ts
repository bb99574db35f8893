import type { Approval, CaseFile, Decision, GuildEvent, GuildStore, OrderView } from "#core";
import { type ApprovalRecord, recordOf } from "../../insight/approvals.ts";
import { type Related, relatedTo } from "./related.ts";
import { type Activity, activityOf, type Deed, deedOf } from "./activity.ts";
import { type Asked, askedOf } from "./asked.ts";
import { phraseOf } from "./deeds.ts";
import { namesFrom } from "./words.ts";

/** Everything one can know of an event: in words (`activity`) and as it is stored. */
export interface Why {
  readonly activity: Activity;
  readonly event: GuildEvent;
  readonly receivedAt: number;
  readonly silent: readonly string[];
  readonly textExpired: boolean;
  readonly decisions: readonly Decision[];
  readonly orders: readonly OrderView[];
  readonly approvals: readonly Approval[];
  readonly cases: readonly CaseFile[];
  /** Where the story goes on, or came from. */
  readonly related: readonly Related[];
}

/** Costs the directory, one story, and up to two small reads for each approval in it. */
export async function whyOf(guild: GuildStore, eventId: string): Promise<Why | undefined> {
  const [directory, story] = await Promise.all([guild.directory(), guild.story(eventId)]);
  if (story === undefined) return undefined;
  const names = namesFrom(directory);
  const shown: Why = {
    activity: activityOf(story, names),
    event: story.row.event,
    receivedAt: story.row.receivedAt,
    silent: story.row.silent,
    textExpired: story.row.textExpired ?? false,
    decisions: story.decisions,
    orders: story.orders,
    approvals: story.approvals,
    cases: story.cases,
    related: await relatedTo(guild, story, names),
  };
  return withoutTokens(shown);
}

/** An approval as it is shown to the human who decides: the deed, and what it would be. */
export interface Question extends Deed, Asked, ApprovalRecord {
  readonly id: string;
  readonly eventId: string;
  readonly askedAt: number;
  readonly expiresAt: number;
  readonly status: Approval["status"];
  readonly answeredBy?: string;
  readonly answeredAt?: number;
  readonly note?: string;
  /** "ban Ada": what would be done. */
  readonly request: string;
}

export async function questionsOf(guild: GuildStore, approvals: readonly Approval[]): Promise<Question[]> {
  const names = namesFrom(await guild.directory());
  return approvals.map((approval) => {
    const phrase = phraseOf(approval.verdict.proposal.action, names);
    const { id, eventId, askedAt, expiresAt, status, answeredBy, answeredAt, note } = approval;
    return {
      ...deedOf(approval.agent, approval.verdict, { orders: [], approvals: [approval], cases: [] }, names),
      id,
      eventId,
      askedAt,
      expiresAt,
      status,
      request: `${phrase.base} ${phrase.object}`,
      ...askedOf(approval),
      ...recordOf(approval),
      ...(answeredBy === undefined ? {} : { answeredBy }),
      ...(answeredAt === undefined ? {} : { answeredAt }),
      ...(note === undefined ? {} : { note }),
    };
  });
}

/** Sealed or not, a credential for an interaction is nobody's business at a door. */
export function withoutTokens<T>(value: T): T {
  const text = JSON.stringify(value, (key, inner: unknown) => (key === "sealedToken" ? "(sealed)" : inner));
  return JSON.parse(text) as T;
}
