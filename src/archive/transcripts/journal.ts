import type { GuildStore, MessageFacts, Range, ThreadMessage } from "#core";

/**
 * What the house heard in a thread that is gone: what was written, as it was last edited, without what was deleted before. Reads every
 * event of the stretch, because the journal is sorted by time and by nothing else.
 */
export async function saidInJournal(
  guild: GuildStore,
  threadId: string,
  range: Range,
): Promise<readonly ThreadMessage[]> {
  const said = new Map<string, ThreadMessage>();
  for await (const { event } of guild.journal(range)) {
    if (!("channelId" in event) || event.channelId !== threadId) continue;
    if (event.kind === "message.created") said.set(event.messageId, messageOf(event, event.at));
    if (event.kind === "message.edited") {
      const before = said.get(event.messageId);
      if (before !== undefined)
        said.set(event.messageId, { ...messageOf(event, before.at), editedAt: event.at, author: before.author });
    }
    if (event.kind === "message.deleted") for (const id of event.messageIds) said.delete(id);
  }
  return [...said.values()];
}

function messageOf({ messageId, author, text, attachments }: MessageFacts, at: number): ThreadMessage {
  const { userId, name, bot } = author;
  return { messageId, at, author: { userId, name, ...(bot === true && { bot }) }, text, attachments };
}
