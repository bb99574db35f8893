import type { DemoChange, DemoMessage } from "../../doors/api/house.ts";
import type { Change, Control } from "../../simulator/index.ts";

type Posted = { -readonly [K in keyof Omit<DemoMessage, "reactions">]: DemoMessage[K] };

const MOST_PER_CHANNEL = 100;

/**
 * What was said in each channel, with what became of it: the simulator forgets a deleted message as Discord does, the page
 * must still show that it was there. Answers only one member sees, and direct messages, stand where they belong in time.
 */
export function createWall(control: Control, guildId: string, changed: (change: DemoChange) => void) {
  const channels = new Map<string, Map<string, Posted>>();
  const whereSeen = new Map<string, string>();
  const commandBy = new Map<string, { userId: string; channelId: string }>();
  for (const channel of control.channels(guildId))
    for (const message of control.messages(channel.id)) keep(historyOf(message));
  const stop = control.subscribe(follow);

  function keep(posted: Posted & { channelId: string }): void {
    const { channelId, ...message } = posted;
    const wall = channels.get(channelId) ?? new Map<string, Posted>();
    channels.set(channelId, wall);
    wall.set(message.id, message);
    for (const id of wall.keys()) {
      if (wall.size <= MOST_PER_CHANNEL) break;
      wall.delete(id);
    }
    if (message.bot !== true) whereSeen.set(message.authorId, channelId);
  }

  function follow(change: Change): void {
    const channelId = place(change);
    if (channelId === undefined) return isAboutMembers(change) ? changed({}) : undefined;
    changed({ channelId });
  }

  /** Takes a change in and says which channel's wall it altered. */
  function place(change: Change): string | undefined {
    switch (change.kind) {
      case "message":
        if (change.guildId !== guildId) return undefined;
        keep(postedOf(control, change));
        return change.channelId;
      case "edit": {
        const posted = channels.get(change.channelId)?.get(change.messageId);
        if (posted !== undefined) Object.assign(posted, { text: readable(control, change), edited: true });
        return change.channelId;
      }
      case "delete": {
        const posted = channels.get(change.channelId)?.get(change.messageId);
        if (posted !== undefined) posted.deleted = { at: change.at, byHouse: true };
        return change.channelId;
      }
      case "reaction":
      case "unreaction":
        return change.channelId;
      case "command":
        commandBy.set(change.interactionId, { userId: change.userId, channelId: whereSeen.get(change.userId) ?? "" });
        return undefined;
      case "reply":
        return answered(change);
      case "dm":
        return told(change);
      default:
        return undefined;
    }
  }

  function answered(change: Extract<Change, { kind: "reply" }>): string | undefined {
    const asked = commandBy.get(change.interactionId);
    if (asked === undefined || change.text === "") return undefined;
    const onlyFor = change.ephemeral ? { onlyFor: asked.userId } : {};
    keep({
      ...house(control),
      channelId: asked.channelId,
      id: `reply:${change.interactionId}`,
      text: change.text,
      at: change.at,
      ...onlyFor,
    });
    return asked.channelId;
  }

  function told(change: Extract<Change, { kind: "dm" }>): string | undefined {
    const channelId = whereSeen.get(change.userId);
    if (channelId === undefined) return undefined;
    const text = change.text;
    keep({
      ...house(control),
      channelId,
      id: change.messageId,
      title: "Direct message",
      text,
      at: change.at,
      onlyFor: change.userId,
    });
    return channelId;
  }

  return {
    messages: (channelId: string): readonly DemoMessage[] =>
      [...(channels.get(channelId)?.values() ?? [])].map((posted) => ({
        ...posted,
        reactions: reactionsOn(control, channelId, posted),
      })),
    usedCommand(userId: string, channelId: string): void {
      whereSeen.set(userId, channelId);
    },
    stop,
  };
}

function house(control: Control) {
  return { authorId: control.botId, authorName: "Guildhall", bot: true };
}

function isAboutMembers(change: Change): boolean {
  return ["joined", "left", "ban", "unban", "member", "timeout"].includes(change.kind);
}

type Said = Extract<Change, { kind: "message" | "edit" }>;

function postedOf(control: Control, change: Said): Posted & { channelId: string } {
  const { channelId, messageId, userId, name, at } = change;
  const authorName = nameOf(control, change, userId) ?? name;
  return { channelId, id: messageId, authorId: userId, authorName, text: readable(control, change), at };
}

/** Mentions as a client shows them: by name. */
function readable(control: Control, change: Said): string {
  const text = change.text === "" ? change.embeds.join("\n") : change.text;
  return text.replace(/<@!?(\d+)>/g, (mention, userId: string) => {
    const name = nameOf(control, change, userId);
    return name === undefined ? mention : `@${name}`;
  });
}

/** What somebody is called in the guild. */
function nameOf(control: Control, { guildId }: Said, userId: string): string | undefined {
  const member = guildId === undefined ? undefined : control.member(guildId, userId);
  return member?.nick ?? member?.user.global_name ?? member?.user.username;
}

function historyOf(message: ReturnType<Control["messages"]>[number]): Posted & { channelId: string } {
  const { id, channel_id: channelId, author, content, timestamp, embeds } = message;
  const text = content === "" ? (embeds[0]?.description ?? "") : content;
  const bot = author.bot === true ? { bot: true } : {};
  return {
    channelId,
    id,
    authorId: author.id,
    authorName: author.global_name ?? author.username,
    text,
    at: Date.parse(timestamp),
    ...bot,
  };
}

function reactionsOn(control: Control, channelId: string, posted: Posted): DemoMessage["reactions"] {
  if (posted.deleted !== undefined || posted.onlyFor !== undefined) return [];
  return Object.entries(control.reactions(channelId, posted.id)).map(([emoji, userIds]) => ({
    emoji,
    count: userIds.length,
  }));
}
