import { InteractionResponseType, type APIMessage } from "discord-api-types/v10";
import { GuildhallError } from "#core";
import type { DemoChange, DemoMessage } from "../../doors/api/demo.ts";
import type { Change, Control } from "../../simulator/index.ts";
import { partsOf, type Offers } from "./parts.ts";
import { createPictures } from "./pictures.ts";
import { nameOf, readable } from "./reading.ts";

/** *channel*: a message there · *answer*: what one member sees, by the interaction's id · *private*: a direct message. */
type Source = "channel" | "answer" | "private";

type Posted = { -readonly [K in keyof Omit<DemoMessage, "reactions" | "parts" | "pictures">]: DemoMessage[K] } & {
  readonly source: Source;
};

interface World {
  readonly control: Control;
  readonly guildId: string;
  readonly offers: () => Offers;
}

const MOST_PER_CHANNEL = 100;
const ANSWER = "reply:";

/**
 * What was said in each channel, with what became of it: the simulator forgets a deleted message as Discord does, the page
 * must still show that it was there. Answers only one member sees, and direct messages, stand where they belong in time.
 */
export function createWall({ control, guildId, offers }: World, changed: (change: DemoChange) => void) {
  const channels = new Map<string, Map<string, Posted>>();
  const whereSeen = new Map<string, string>();
  const askedBy = new Map<string, { userId: string; channelId: string; pressed: string | undefined }>();
  const pictures = createPictures();
  let pressed: string | undefined;
  const read = (text: string): string => readable(control, guildId, text);
  for (const channel of control.channels(guildId))
    for (const message of control.messages(channel.id)) keep(channel.id, historyOf(message));
  const stop = control.subscribe(follow);

  function keep(channelId: string, posted: Posted): void {
    const wall = channels.get(channelId) ?? new Map<string, Posted>();
    channels.set(channelId, wall);
    wall.set(posted.id, posted);
    for (const id of wall.keys()) {
      if (wall.size <= MOST_PER_CHANNEL) break;
      wall.delete(id);
    }
    if (posted.bot !== true) whereSeen.set(posted.authorId, channelId);
  }

  function follow(change: Change): void {
    const channelId = place(change);
    if (channelId === undefined) return isAboutTheWorld(change) ? changed({}) : undefined;
    changed({ channelId });
  }

  /** Takes a change in and says which channel's wall it altered. */
  function place(change: Change): string | undefined {
    switch (change.kind) {
      case "message":
        if (change.guildId !== guildId) return undefined;
        keep(change.channelId, postedOf(change));
        return change.channelId;
      case "edit": {
        const posted = channels.get(change.channelId)?.get(change.messageId);
        if (posted !== undefined) Object.assign(posted, { text: textOf(change), edited: true });
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
        askedBy.set(change.interactionId, {
          ...{ userId: change.userId, channelId: whereSeen.get(change.userId) ?? "", pressed },
        });
        pressed = undefined;
        return undefined;
      case "reply":
        return answered(change);
      case "dm":
        return told(change);
      default:
        return undefined;
    }
  }

  /** An answer for all is a message of the channel, and comes as one. */
  function answered(change: Extract<Change, { kind: "reply" }>): string | undefined {
    const asked = askedBy.get(change.interactionId);
    if (asked === undefined) return undefined;
    const { channelId, userId } = asked;
    const before = channels.get(channelId)?.get(asked.pressed ?? "");
    const isUpdate =
      control.interaction(change.interactionId).callback === Number(InteractionResponseType.UpdateMessage);
    if (isUpdate && before !== undefined) {
      Object.assign(before, { text: read(change.text) });
      return channelId;
    }
    if (!change.ephemeral) return undefined;
    const id = `${ANSWER}${change.interactionId}`;
    keep(channelId, { ...house(), source: "answer", id, text: read(change.text), at: change.at, onlyFor: userId });
    return channelId;
  }

  function told({ userId, messageId: id, text, at }: Extract<Change, { kind: "dm" }>): string | undefined {
    const channelId = whereSeen.get(userId);
    if (channelId === undefined) return undefined;
    const title = "Direct message";
    keep(channelId, { ...house(), source: "private", id, title, text: read(text), at, onlyFor: userId });
    return channelId;
  }

  const house = () => ({ authorId: control.botId, authorName: "Guildhall", bot: true });

  function textOf({ text, embeds }: Said): string {
    return read([text, ...embeds].filter((part) => part !== "").join("\n"));
  }

  function postedOf(change: Said): Posted {
    const { messageId: id, userId, name, at } = change;
    const author =
      userId === control.botId ? house() : { authorId: userId, authorName: nameOf(control, guildId, userId) ?? name };
    return { ...author, source: "channel", id, text: textOf(change), at };
  }

  function historyOf({ id, author, content, timestamp, embeds }: APIMessage): Posted {
    const text = read(content === "" ? (embeds[0]?.description ?? "") : content);
    const authorName = author.global_name ?? author.username;
    const bot = author.bot === true ? { bot: true } : {};
    return { source: "channel", id, authorId: author.id, authorName, text, at: Date.parse(timestamp), ...bot };
  }

  /** The message behind an entry as it is now, in the words both kinds share. */
  function behind(posted: Posted, said: ReadonlyMap<string, APIMessage>): Shown | undefined {
    if (posted.source === "channel") return said.get(posted.id);
    if (posted.source === "private") return control.dms(posted.onlyFor ?? "").find(({ id }) => id === posted.id);
    const { components, embeds, deleted } = control.interaction(posted.id.slice(ANSWER.length));
    return deleted ? undefined : { components, embeds: embeds as APIMessage["embeds"] };
  }

  function shown(channelId: string, posted: Posted, said: ReadonlyMap<string, APIMessage>): DemoMessage {
    const { source, ...message } = posted;
    const isGone = posted.deleted !== undefined;
    const now = isGone ? undefined : behind(posted, said);
    const parts = partsOf(now?.components ?? [], offers());
    const seen = pictures.of(now);
    const reactions = isGone || source !== "channel" ? [] : reactionsOn(control, channelId, posted.id);
    return { ...message, reactions, ...(parts.length > 0 && { parts }), ...(seen.length > 0 && { pictures: seen }) };
  }

  function entry(id: string): Posted | undefined {
    for (const wall of channels.values()) if (wall.has(id)) return wall.get(id);
    return undefined;
  }

  return {
    messages(channelId: string): readonly DemoMessage[] {
      const known = control.channels(guildId).some(({ id }) => id === channelId);
      const said = new Map((known ? control.messages(channelId) : []).map((message) => [message.id, message]));
      return [...(channels.get(channelId)?.values() ?? [])].map((posted) => shown(channelId, posted, said));
    },
    /** Answers to what they do next are shown where they are. */
    standsIn(userId: string, channelId: string): void {
      whereSeen.set(userId, channelId);
    },
    /** The message to press on; what it is answered with may replace its words. */
    pressable(id: string): { readonly id: string; readonly isPrivate: boolean } {
      const posted = entry(id);
      if (posted === undefined) throw new GuildhallError("demo.no-message", "that message is no longer there");
      pressed = id;
      const own = posted.source === "answer" ? control.interaction(id.slice(ANSWER.length)).messageId : id;
      return { id: own ?? id, isPrivate: posted.source === "private" };
    },
    picture: pictures.picture,
    stop,
  };
}

type Said = Extract<Change, { kind: "message" | "edit" }>;

interface Shown {
  readonly components?: readonly unknown[] | undefined;
  readonly embeds: APIMessage["embeds"];
  readonly attachments?: APIMessage["attachments"];
}

function isAboutTheWorld(change: Change): boolean {
  return ["joined", "left", "ban", "unban", "member", "timeout", "channel", "channel-gone"].includes(change.kind);
}

function reactionsOn(control: Control, channelId: string, messageId: string): DemoMessage["reactions"] {
  return Object.entries(control.reactions(channelId, messageId)).map(([emoji, userIds]) => ({
    emoji,
    count: userIds.length,
  }));
}
