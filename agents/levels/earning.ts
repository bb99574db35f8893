import { type Effect, type EventOf, type Look, type Member, tally, write } from "#core";
import { sketch, textOf } from "#core/text/index";
import { addLasting, addPoints, POINTS } from "./boards.ts";
import type { Config } from "./config.ts";
import { fadeOf } from "./fading.ts";
import { doubtOf, paceOf, type Seen } from "./farming.ts";
import { drawnAs, type Habits, habitsAt, withMessage, withName, withStreak, withSum, put } from "./habits.ts";
import { mixed } from "./packing.ts";
import { badgesFor, rewardsFor } from "./rewards.ts";

type Message = EventOf<"message.created">;

export const COUNTERS = { letters: { windowSeconds: 60 } } as const;

/** Of so many members in shadow one is followed: enough to read what would happen, and next to free. */
const SHADOW_SHARE = 16;
/** Of so many messages that earn one is remembered as the channel's last: enough to tell company from a pair. */
const COMPANY_SHARE = 3;

/** What a quarter of the usual is, once a day's full share is used up. */
const AFTER_FULL = 0.25;
const SATURDAY = 6;
const SUNDAY = 0;

/** Whether anything can be earned there, and by how much the place and the person raise it. */
export function factorOf(
  channelId: string,
  member: Member | undefined,
  at: number,
  look: Look,
  config: Config,
): number {
  if (member?.bot === true) return 0;
  const places = placesOf(channelId, look, config);
  if (places.some((id) => config.noPointsChannelIds.includes(id))) return 0;
  const roleIds = member?.roleIds ?? [];
  if (roleIds.some((id) => config.noPointsRoleIds.includes(id))) return 0;
  const ofPlace = places.map((id) => config.channelFactors[id]).find((factor) => factor !== undefined) ?? 1;
  const ofRoles = roleIds.flatMap((id) => config.roleFactors[id] ?? []);
  const day = new Date(at).getUTCDay();
  const ofDay = day === SATURDAY || day === SUNDAY ? config.weekendFactor : 1;
  return ofPlace * ofDay * (ofRoles.length === 0 ? 1 : Math.max(...ofRoles));
}

/** The channel and what it lies in, where the guild's choices name any. */
function placesOf(channelId: string, look: Look, { noPointsChannelIds, channelFactors }: Config): readonly string[] {
  if (noPointsChannelIds.length === 0 && Object.keys(channelFactors).length === 0) return [];
  const parentId = look.channel(channelId)?.parentId;
  return parentId === undefined ? [channelId] : [channelId, parentId];
}

/** Whom an event would bring points, where that is one member. */
function earnerOf(event: Earning): string | undefined {
  if (event.kind === "message.created") return event.author.userId;
  return event.kind === "reaction.added" ? event.authorId : event.thread.thread?.ownerId;
}

type Earning = Message | EventOf<"reaction.added"> | EventOf<"thread.created">;

/** Whether an agent in shadow follows the member whom it is about. */
export function isSampled(event: Earning): boolean {
  return mixed(earnerOf(event) ?? "", SHADOW_SHARE) === 0;
}

/** A message earns once a cooldown, if a person wrote it for others to read. */
export function fromMessage(event: Message, look: Look, config: Config): readonly Effect[] {
  const { userId } = event.author;
  if (event.author.bot === true || event.webhookId !== undefined) return [];
  const pace = config.farming ? paceOf(event.text) : 0;
  const counted = pace === 0 ? [] : [tally("letters", userId, pace)];
  const known = look.record("levelling", userId);
  if (known !== undefined && event.at - known.at < config.message.cooldownSeconds * 1_000) return counted;
  if (event.text.length < config.message.minimumLength) return counted;
  const factor = factorOf(event.channelId, event.author, event.at, look, config);
  if (factor === 0) return counted;
  const habits = habitsAt(known, event.at);
  const fade = fadeOf(habits, config.decay.afterDays === 0 ? 0 : look.total(POINTS, userId), event.at, config);
  if (fade === undefined) return [...counted, ...looked(event, habits, { factor, lost: 0 }, look, config)];
  const taken = fade.by === 0 ? [] : addLasting(userId, -fade.by, habits.hidden === true);
  const after = { ...habits, fadedTo: fade.fadedTo };
  return [...counted, ...taken, ...looked(event, after, { factor, lost: fade.by }, look, config)];
}

/** By what points are multiplied, and how many idleness has just cost. */
interface Terms {
  readonly factor: number;
  readonly lost: number;
}

function looked(event: Message, habits: Habits, terms: Terms, look: Look, config: Config): readonly Effect[] {
  if (!config.farming) return paid(event, { ...habits, at: event.at }, terms, look, config);
  const { userId } = event.author;
  const last = look.record("earner", event.channelId)?.userId;
  const seen = seenIn(event, look);
  const after = withMessage(habits, event.at, seen.drawn, last === userId ? undefined : last);
  if (doubtOf(seen, habits) !== undefined) return [put(userId, after)];
  const earned = paid(event, after, terms, look, config);
  if (last === userId || mixed(event.messageId, COMPANY_SHARE) !== 0) return earned;
  return [...earned, write({ write: "record.put", record: "earner", key: event.channelId, value: { userId } })];
}

function seenIn(event: Message, look: Look): Seen {
  const { userId } = event.author;
  const text = textOf(event).normalised;
  const pace = paceOf(event.text);
  const letters = pace === 0 ? 0 : pace + look.count("letters", userId);
  const replyTo = event.replyToUserId === undefined ? {} : { replyToUserId: event.replyToUserId };
  const memberCount = () => look.guild().memberCount;
  return { text, drawn: drawnAs(sketch(text)), at: event.at, authorId: userId, letters, memberCount, ...replyTo };
}

function paid(event: Message, habits: Habits, { factor, lost }: Terms, look: Look, config: Config): readonly Effect[] {
  const share = habits.messages < config.message.fullPerDay ? 1 : AFTER_FULL;
  const by = Math.round(usual(event.messageId, config) * factor * share);
  const talked = withStreak(withSum(habits, "messages"), event.at, config.achievements.spareDays);
  const { attended, won } = attendance(event.author.userId, talked, look, config);
  const after = { ...talked, ...attended, messages: talked.messages + 1 };
  return credit(event.author, by + won, after, { ...placeOf(event), lost }, look, config);
}

const placeOf = ({ at, channelId }: Message) => ({ at, channelId });

/**
 * What events that somebody attended have not earned yet: told by the agent that plans them, and counted when they next write or
 * leave a voice channel.
 */
export function attendance(userId: string, habits: Habits, look: Look, { event: { points } }: Config) {
  const times = points === 0 ? 0 : (look.record("attended", userId)?.times ?? 0);
  const counted = habits.attended ?? 0;
  return times <= counted ? { won: 0 } : { won: (times - counted) * points, attended: { attended: times } };
}

/** Between the least and the most, by the message's own id: the same whoever asks, and as good as drawn by lot. */
function usual(messageId: string, { message: { least, most } }: Config): number {
  return least + mixed(messageId, Math.max(0, most - least) + 1);
}

/** Points for somebody who is here in person, with the achievements and the level they may reach by it. */
export function credit(
  member: Member,
  by: number,
  habits: Habits,
  place: { readonly at: number; readonly channelId?: string; readonly lost?: number },
  look: Look,
  config: Config,
): readonly Effect[] {
  const before = look.total(POINTS, member.userId) - (place.lost ?? 0);
  const badges = badgesFor(member, habits, before + by, place, look, config);
  const won = by + badges.points;
  const { told, effects } = rewardsFor(member, before + won, habits, place, look, config);
  const { rolesDue: _done, ...kept } = badges.habits;
  const added = won === 0 ? [] : addPoints(member.userId, won, place.at, config, habits.hidden === true);
  const known = withName({ ...kept, told }, member, config.web.enabled);
  return [put(member.userId, known), ...added, ...badges.effects, ...effects];
}

/** For whoever wrote it; from each member once a day, never from oneself. The level shows with their next message. */
export function fromReaction(event: EventOf<"reaction.added">, look: Look, config: Config): readonly Effect[] {
  const { authorId, userId } = event;
  if (authorId === undefined || authorId === userId || config.reaction.points === 0) return [];
  const known = look.record("levelling", authorId);
  // Who never wrote anything that earned has nothing to be thanked for: bots, and webhooks.
  if (known === undefined) return [];
  const habits = habitsAt(known, event.at);
  if (habits.reactors.includes(userId) || habits.reactors.length >= config.reaction.perDay) return [];
  const by = Math.round(config.reaction.points * factorOf(event.channelId, undefined, event.at, look, config));
  if (by === 0) return [];
  const after = withSum({ ...habits, reactors: [...habits.reactors, userId] }, "reactions");
  return [put(authorId, after), ...addPoints(authorId, by, event.at, config, habits.hidden === true)];
}

export function fromThread(event: EventOf<"thread.created">, look: Look, config: Config): readonly Effect[] {
  const userId = event.thread.thread?.ownerId;
  if (!event.isNew || userId === undefined || userId === look.guild().botUserId) return [];
  const known = look.record("levelling", userId);
  if (known === undefined) return [];
  const habits = habitsAt(known, event.at);
  if (habits.threads >= config.thread.perDay) return [];
  const parentId = event.thread.parentId ?? event.thread.id;
  const by = Math.round(config.thread.points * factorOf(parentId, undefined, event.at, look, config));
  if (by === 0) return [];
  const after = withSum({ ...habits, threads: habits.threads + 1, seen: event.at }, "threads");
  return [put(userId, after), ...addPoints(userId, by, event.at, config, habits.hidden === true)];
}
