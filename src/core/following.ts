import { changeDirectory, type Directory, type DirectoryChange } from "./directory.ts";
import type { GuildEvent } from "./events.ts";

/** What an event says of the directory: the directory is a fold over its events. */
export function directoryChangeOf(event: GuildEvent): DirectoryChange | undefined {
  switch (event.kind) {
    case "directory.changed":
      return event.change;
    case "thread.created":
    case "thread.updated":
      return { change: "channel.put", channel: event.thread };
    case "thread.deleted":
      return { change: "channel.gone", channelId: event.threadId };
    case "member.joined":
      return { change: "members.counted", by: 1 };
    case "member.left":
      return { change: "members.counted", by: -1 };
    default:
      return undefined;
  }
}

/** The directory after an event; the same object where the event changes nothing. */
export function followEvent(directory: Directory | undefined, event: GuildEvent): Directory | undefined {
  if (event.kind === "guild.available") return event.directory;
  const change = directoryChangeOf(event);
  return change === undefined || directory === undefined ? directory : changeDirectory(directory, change);
}
