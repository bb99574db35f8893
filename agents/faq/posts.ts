import { consider, type Effect, type EventOf, type Look, write } from "#core";
import type { Config } from "./config.ts";
import { messageSourceId } from "./sources.ts";

/** What the slow half is to take: a message somebody marked, by its place. */
export interface Wanted {
  readonly do: "take";
  readonly channelId: string;
  readonly messageId: string;
  readonly by: string;
}

export function want(channelId: string, messageId: string, by: string): Effect {
  return consider({ do: "take", channelId, messageId, by } satisfies Wanted);
}

/** Whoever opened a post marks the message that solved it; it is taken once the post is tagged as solved. */
export function markSolution(event: EventOf<"reaction.added">, look: Look, { knowledge }: Config): readonly Effect[] {
  if (event.emoji !== knowledge.solutionEmoji || knowledge.solvedTagIds.length === 0) return [];
  const thread = look.channel(event.channelId)?.thread;
  if (thread?.ownerId === undefined || thread.ownerId !== event.userId || event.messageId === event.channelId)
    return [];
  const value = { messageId: event.messageId, at: event.at };
  const marked = write({ write: "record.put", record: "solution", key: event.channelId, value });
  const isSolved = thread.tagIds?.some((tag) => knowledge.solvedTagIds.includes(tag)) === true;
  return isSolved ? [marked, want(event.channelId, event.messageId, `discord:${event.userId}`)] : [marked];
}

/** The tag comes last: what was marked before is taken now. */
export function solvedPost(event: EventOf<"thread.updated">, look: Look, { knowledge }: Config): readonly Effect[] {
  const { id, thread } = event.thread;
  if (thread?.tagIds?.some((tag) => knowledge.solvedTagIds.includes(tag)) !== true) return [];
  const solution = look.record("solution", id);
  if (solution === undefined || look.record("source", messageSourceId(solution.messageId)) !== undefined) return [];
  return [want(id, solution.messageId, `discord:${thread.ownerId ?? ""}`)];
}

/** Discord's numbers for what was done. */
const PINNED = 74;
const UNPINNED = 75;

export function pinChange(
  event: EventOf<"audit.logged">,
  { knowledge }: Config,
): { readonly pinned: boolean; readonly channelId: string; readonly messageId: string } | undefined {
  if (!knowledge.pins || (event.action !== PINNED && event.action !== UNPINNED)) return undefined;
  const { channelId, messageId } = event;
  if (channelId === undefined || messageId === undefined) return undefined;
  return { pinned: event.action === PINNED, channelId, messageId };
}
