import {
  propose,
  write,
  type Announced,
  type Announcement,
  type Effect,
  type EventOf,
  type Look,
  type Posted,
} from "#core";
import { begun } from "./composing.ts";
import type { Config } from "./config.ts";
import { headOf, wordsOf } from "./keeping.ts";
import { answer } from "./preview.ts";
import { words } from "./words.ts";

/** The latest that can still be put right. */
const KEPT = 50;

export const postedOf = (number: unknown, look: Look): Posted | undefined =>
  typeof number === "number" ? look.record("posted", String(number)) : undefined;

const numbersIn = (look: Look): readonly number[] => look.record("postings", "all")?.numbers ?? [];
const listed = (numbers: readonly number[]): Effect =>
  write({ write: "record.put", record: "postings", key: "all", value: { numbers } });
const put = (posted: Posted): Effect =>
  write({ write: "record.put", record: "posted", key: String(posted.number), value: posted });
const gone = (number: number): Effect => write({ write: "record.delete", record: "posted", key: String(number) });

/** What is on its way to its channels; of what repeats the last time alone. Where it is shows as the channels answer. */
export function noted(announcement: Announcement, look: Look): readonly Effect[] {
  const { number, title, text, pingRoleId, pingEveryone, picture, by } = announcement;
  const content = {
    text,
    ...(title !== undefined && { title }),
    ...(pingRoleId !== undefined && { pingRoleId }),
    ...(pingEveryone === true && { pingEveryone }),
    ...(picture !== undefined && { picture }),
  };
  const numbers = [...numbersIn(look).filter((one) => one !== number), number];
  const old = numbers.slice(0, -KEPT);
  return [put({ number, by, ...content, posts: [] }), ...old.map(gone), listed(numbers.slice(-KEPT))];
}

export function withPost(number: number, channelId: string, messageId: unknown, look: Look): readonly Effect[] {
  const posted = postedOf(number, look);
  if (posted === undefined || typeof messageId !== "string") return [];
  return [put({ ...posted, posts: [...posted.posts, { channelId, messageId }] })];
}

export function postedIn(look: Look): readonly Posted[] {
  return numbersIn(look)
    .flatMap((number) => postedOf(number, look) ?? [])
    .reverse();
}

/** Who wrote them is named no more; the messages themselves are the guild's. */
export function unposted(userId: string, look: Look): readonly Effect[] {
  const theirs = new Set(postedIn(look).flatMap(({ number, by }) => (by.userId === userId ? [number] : [])));
  if (theirs.size === 0) return [];
  return [...[...theirs].map(gone), listed(numbersIn(look).filter((number) => !theirs.has(number)))];
}

/** A draft of other words for what everybody can read already; sent off like any other, it takes their place. */
export function correct(event: EventOf<"command.used">, look: Look, config: Config): readonly Effect[] {
  const { locale } = event.interaction;
  const posted = postedOf(event.options["number"], look);
  const channelIds = (posted?.posts ?? []).flatMap(({ channelId }) => (look.channel(channelId) ? [channelId] : []));
  if (posted === undefined || channelIds.length === 0)
    return [answer(event, { text: words.say(locale, "wrong.posted") }, "announcement-refused")];
  const { number, by: _by, posts: _posts, ...content } = posted;
  return begun(event, { ...content, channelIds, corrects: number }, look, config);
}

/** These must be the first proposals of the event, in the order that is noted: by that each one's outcome is known. */
export function corrected(
  announcement: Announcement & { readonly corrects: number },
  look: Look,
): { readonly edits: readonly Effect[]; readonly announced: Announced } {
  const { corrects, by, locale, title, text, picture } = announcement;
  const posted = postedOf(corrects, look);
  const posts = (posted?.posts ?? []).filter(({ channelId }) => look.channel(channelId) !== undefined);
  const said = wordsOf(announcement);
  const edits = posts.map(({ channelId, messageId }) =>
    propose(
      { verb: "message.edit", channelId, messageId, words: said },
      { rule: "announcement-corrected", why: `announcement #${corrects}, put right by ${by.name}`, confidence: 1 },
    ),
  );
  const announced: Announced = {
    ...{ number: corrects, by, channelIds: posts.map(({ channelId }) => channelId), answered: [], failed: [] },
    ...{ title: headOf({ ...announcement, number: corrects }), corrects: true },
    ...(locale !== undefined && { locale }),
  };
  if (posted === undefined) return { edits, announced };
  const { title: _title, picture: _picture, ...before } = posted;
  const after = { ...before, text, ...(title !== undefined && { title }), ...(picture !== undefined && { picture }) };
  return { edits: [...edits, put(after)], announced };
}
