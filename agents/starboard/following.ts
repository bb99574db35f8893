import { write, type Effect, type EventOf, type Look, type StarPlace } from "#core";
import { AGENT, forgetTimer, kept, placed, placesIn, removed, settled, settleTimer, type Scene } from "./board.ts";
import type { Config } from "./config.ts";

/** The post is there, or is not: what was decided about it meanwhile is done now. */
export function outcome(
  event: EventOf<"action.done" | "action.failed">,
  look: Look,
  config: Config,
): readonly Effect[] {
  const awaited = `/${AGENT}/0#0`;
  if (!event.orderId.endsWith(awaited)) return [];
  const by = event.orderId.slice(0, -awaited.length);
  const places = placesIn(look);
  const place = places.find((one) => one.by === by);
  if (place === undefined) return orphaned(event, by, look, config);
  const starred = look.record("starred", place.messageId);
  if (starred?.post?.by !== by) return [];
  const others = places.filter((one) => one !== place);
  if (event.kind === "action.failed") {
    const { post: _post, ...without } = starred;
    const isUnknown = event.outcome === "unknown";
    return [kept(place.messageId, isUnknown ? { ...without, closed: true } : without), placed(others)];
  }
  const { messageId: postId } = (event.result ?? {}) as { readonly messageId?: unknown };
  if (typeof postId !== "string") return [];
  const post = { ...starred.post, messageId: postId };
  const known = { ...starred, post };
  const scene: Scene = { event, messageId: place.messageId, look, config };
  const isStale = starred.userIds.length !== post.shown;
  return [
    ...(isStale ? settled(known, scene) : [kept(place.messageId, known)]),
    placed([...others, { ...place, postId }]),
  ];
}

/** The message was deleted while its post was on its way. */
function orphaned(
  event: EventOf<"action.done" | "action.failed">,
  by: string,
  look: Look,
  config: Config,
): readonly Effect[] {
  if (look.record("starOrphan", by) === undefined) return [];
  const { messageId } = (event.kind === "action.done" ? (event.result ?? {}) : {}) as { readonly messageId?: unknown };
  const forgotten = write({ write: "record.delete", record: "starOrphan", key: by });
  if (typeof messageId !== "string" || config.channelId === undefined) return [forgotten];
  return [removed(messageId, config, "the message is gone"), forgotten];
}

/** A message that is gone takes its post with it; a post that staff took down stays down. */
export function deleted(event: EventOf<"message.deleted">, look: Look, config: Config): readonly Effect[] {
  const places = placesIn(look);
  if (places.length === 0) return [];
  const gone = new Set(event.messageIds);
  const sources = places.filter(({ messageId }) => gone.has(messageId));
  const posts = places.filter((one) => one.postId !== undefined && gone.has(one.postId) && !sources.includes(one));
  if (sources.length === 0 && posts.length === 0) return [];
  return [
    ...sources.flatMap((place) => forgotten(place, "the message is gone", config)),
    ...posts.flatMap(({ messageId }) => closed(messageId, look)),
    placed(places.filter((one) => !sources.includes(one) && !posts.includes(one))),
  ];
}

function closed(messageId: string, look: Look): readonly Effect[] {
  const starred = look.record("starred", messageId);
  if (starred === undefined) return [];
  const { post: _post, ...without } = starred;
  return [kept(messageId, { ...without, closed: true })];
}

function forgotten({ messageId, by, postId }: StarPlace, why: string, config: Config): readonly Effect[] {
  return [
    postId === undefined
      ? write({ write: "record.put", record: "starOrphan", key: by, value: { messageId } })
      : removed(postId, config, why),
    write({ write: "record.delete", record: "starred", key: messageId }),
    write({ write: "timer.clear", timer: settleTimer(messageId) }),
    write({ write: "timer.clear", timer: forgetTimer(messageId) }),
  ];
}

/** What an erased member wrote is quoted nowhere any more. */
export function erased(event: EventOf<"member.erased">, look: Look, config: Config): readonly Effect[] {
  const places = placesIn(look);
  const theirs = places.filter(({ authorId }) => authorId === event.userId);
  if (theirs.length === 0 || config.channelId === undefined) return [];
  return [
    ...theirs.flatMap((place) => forgotten(place, "its author was erased", config)),
    placed(places.filter((one) => !theirs.includes(one))),
  ];
}

/** Its days are over: the post stays as it is, and nothing is known of it any more. */
export function tooOld(event: EventOf<"clock.struck">, look: Look): readonly Effect[] {
  const messageId = event.timer.slice("forget:".length);
  const places = placesIn(look);
  const others = places.filter((one) => one.messageId !== messageId);
  return [
    write({ write: "record.delete", record: "starred", key: messageId }),
    write({ write: "timer.clear", timer: settleTimer(messageId) }),
    ...(others.length === places.length ? [] : [placed(others)]),
  ];
}
