import type { Approval, GuildEvent, GuildStore, Story } from "#core";
import { describeEvent, type Names } from "./words.ts";

/** *question*: what was asked about · *answer*: what a human (or the clock) said · *cause*: what an outcome is the outcome of. */
export const RELATIONS = ["question", "answer", "cause"] as const;

export interface Related {
  readonly eventId: string;
  readonly relation: (typeof RELATIONS)[number];
  readonly headline: string;
}

export async function relatedTo(guild: GuildStore, story: Story, names: Names): Promise<readonly Related[]> {
  const answers = await Promise.all(story.approvals.map((approval) => answerTo(guild, approval)));
  const before = await causeOf(guild, story.row.event);
  const shown = (event: GuildEvent | undefined, relation: Related["relation"]): Related[] =>
    event === undefined ? [] : [{ eventId: event.id, relation, headline: describeEvent(event, names) }];
  return [
    ...answers.flatMap((event) => shown(event, "answer")),
    ...(before === undefined ? [] : shown(await guild.event(before.eventId), before.relation)),
  ];
}

async function causeOf(
  guild: GuildStore,
  event: GuildEvent,
): Promise<{ readonly eventId: string; readonly relation: "question" | "cause" } | undefined> {
  const approvalId = approvalIdOf(event);
  if (approvalId !== undefined) {
    const approval = await guild.approval(approvalId);
    return approval === undefined ? undefined : { eventId: approval.eventId, relation: "question" };
  }
  if (event.kind !== "action.done" && event.kind !== "action.failed") return undefined;
  const order = await guild.order(event.orderId);
  return order === undefined ? undefined : { eventId: order.eventId, relation: "cause" };
}

/** An approval is resolved at the very moment of the event that answers it: one millisecond of the journal holds it. */
async function answerTo(guild: GuildStore, approval: Approval): Promise<GuildEvent | undefined> {
  if (approval.answeredAt === undefined) return undefined;
  const moment = { from: approval.answeredAt, to: approval.answeredAt + 1 };
  for await (const { event } of guild.journal(moment)) if (approvalIdOf(event) === approval.id) return event;
  return undefined;
}

/** Which approval an event answers: a human's word, or the clock where nobody answered in time. */
function approvalIdOf(event: GuildEvent): string | undefined {
  if (event.kind === "approval.answered") return event.approvalId;
  if (event.kind !== "clock.struck" || event.payload === null || typeof event.payload !== "object") return undefined;
  const { approvalId } = event.payload as { approvalId?: unknown };
  return typeof approvalId === "string" ? approvalId : undefined;
}
