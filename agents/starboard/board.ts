import { propose, write, type Effect, type EventOf, type Look, type StarPlace, type Starred } from "#core";
import type { Config } from "./config.ts";
import { postOf } from "./post.ts";

/** So long changes are gathered: a message that everybody stars at once is edited once. */
export const GATHER_MS = 5_000;
/** The posts whose messages are still followed; more than a busy guild has in its days. */
const MOST_FOLLOWED = 500;
export const AGENT = "starboard";

/** What one message's stars come to, at one moment. */
export interface Scene {
  readonly event: { readonly id: string; readonly at: number; readonly guildId: string };
  readonly messageId: string;
  readonly look: Look;
  readonly config: Config;
}

export function kept(messageId: string, value: Starred): Effect {
  return write({ write: "record.put", record: "starred", key: messageId, value });
}

export function placesIn(look: Look): readonly StarPlace[] {
  return look.record("starPlaces", "all")?.places ?? [];
}

export function placed(places: readonly StarPlace[]): Effect {
  const value = { places: places.slice(-MOST_FOLLOWED) };
  return write({ write: "record.put", record: "starPlaces", key: "all", value });
}

export const settleTimer = (messageId: string): string => `settle:${messageId}`;
export const forgetTimer = (messageId: string): string => `forget:${messageId}`;

/** After every change: a post where there are enough stars for the first time, otherwise a look in a moment. */
export function settled(starred: Starred, scene: Scene): readonly Effect[] {
  const { event, messageId, config } = scene;
  const count = starred.userIds.length;
  if (starred.post === undefined)
    return count >= config.threshold && starred.closed === undefined
      ? posted(starred, scene)
      : [kept(messageId, starred)];
  const { post } = starred;
  if (post.messageId === undefined || post.due === true) return [kept(messageId, starred)];
  return [
    kept(messageId, { ...starred, post: { ...post, due: true } }),
    write({ write: "timer.set", timer: settleTimer(messageId), at: event.at + GATHER_MS, payload: { messageId } }),
  ];
}

/** The post must be the first proposal: by that its outcome is known. */
function posted(starred: Starred, scene: Scene): readonly Effect[] {
  const { event, messageId, look, config } = scene;
  const count = starred.userIds.length;
  const said = postOf(starred, { guildId: event.guildId, messageId }, look, config);
  const { authorId } = starred;
  const place: StarPlace = { messageId, by: event.id, ...(authorId !== undefined && { authorId }) };
  return [
    propose(
      { verb: "message.send", channelId: config.channelId!, words: said },
      { rule: "starred", why: `${count} members starred it`, confidence: 1 },
    ),
    kept(messageId, { ...starred, post: { by: event.id, shown: count } }),
    placed([...placesIn(look).filter((one) => one.messageId !== messageId), place]),
  ];
}

/** Changes were gathered for a moment: the post is edited, or taken down where too few stars are left. */
export function gathered(event: EventOf<"clock.struck">, look: Look, config: Config): readonly Effect[] {
  const messageId = event.timer.slice("settle:".length);
  const starred = look.record("starred", messageId);
  if (starred?.post === undefined || config.channelId === undefined) return [];
  const { due: _due, ...post } = starred.post;
  const count = starred.userIds.length;
  if (post.messageId === undefined || count === post.shown) return [kept(messageId, { ...starred, post })];
  if (count < config.threshold) return takenDown(starred, post.messageId, { messageId, look, config });
  const said = postOf(starred, { guildId: event.guildId, messageId }, look, config);
  return [
    propose(
      { verb: "message.edit", channelId: config.channelId, messageId: post.messageId, words: said },
      { rule: "starred", why: `${count} members starred it`, confidence: 1 },
    ),
    kept(messageId, { ...starred, post: { ...post, shown: count } }),
  ];
}

function takenDown(starred: Starred, postId: string, scene: Omit<Scene, "event">): readonly Effect[] {
  const { messageId, look, config } = scene;
  const { post: _post, ...without } = starred;
  return [
    removed(postId, config, "too few stars are left"),
    kept(messageId, without),
    placed(placesIn(look).filter((one) => one.messageId !== messageId)),
  ];
}

export function removed(postId: string, { channelId }: Config, why: string): Effect {
  return propose(
    { verb: "message.delete", channelId: channelId!, messageId: postId },
    { rule: "starred-no-more", why, confidence: 1 },
  );
}
