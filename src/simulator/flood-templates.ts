import { isText } from "./world/guilds.ts";
import { messageEvent } from "./world/message-payload.ts";
import { newMessage } from "./world/messages.ts";
import { userById } from "./world/payloads.ts";
import { isThread } from "./world/permissions.ts";
import type { World } from "./world/world.ts";

/** A message serialised once, with three holes: filling them is all that is left to do for a frame. */
export interface FloodTemplate {
  readonly guildId: string;
  readonly channelId: string;
  render(id: string, text: string, time: string): string;
}

const HOLE = { id: "<<id>>", text: "<<text>>", time: "<<time>>" };
const AUTHORS = 8;
const CHANNELS = 4;

/** Some members of a guild, each in one of its first text channels. */
export function floodTemplates(world: World, guildId: string): FloodTemplate[] {
  const guild = world.guilds.get(guildId);
  if (guild === undefined) return [];
  const channels = [...guild.channels.values()]
    .filter((one) => isText(one.type) && !isThread(one.type))
    .slice(0, CHANNELS);
  const people = [...guild.members.keys()].filter((id) => id !== guild.ownerId && !userById(world, id).bot);
  const authors = people.length === 0 ? [guild.ownerId] : people.slice(0, AUTHORS);
  return authors.flatMap((authorId, index) => {
    const channel = channels[index % channels.length];
    if (channel === undefined) return [];
    const message = newMessage(world, channel, { id: HOLE.id, authorId, content: HOLE.text });
    const parts = split({ ...messageEvent(world, channel, message), timestamp: HOLE.time });
    const render = (id: string, text: string, time: string): string =>
      parts.map((part) => fill(part, id, text, time)).join("");
    return [{ guildId, channelId: channel.id, render }];
  });
}

function split(payload: object): string[] {
  return JSON.stringify(payload).split(/(<<id>>|"<<text>>"|<<time>>)/);
}

function fill(part: string, id: string, text: string, time: string): string {
  if (part === HOLE.id) return id;
  if (part === HOLE.time) return time;
  return part === `"${HOLE.text}"` ? JSON.stringify(text) : part;
}
