import {
  type EventPlace,
  type GatheringPlan,
  type GatheringWish,
  type Look,
  Permission,
  type Role,
  type Use,
} from "#core";
import { minutesWritten, ruleOf } from "#core/calendar/index";
import { whenWritten } from "#core/calendar/written";
import { excerpt } from "#core/text/index";
import type { Config } from "./config.ts";
import { MINUTE } from "./keeping.ts";
import { stamp } from "./saying.ts";
import { words } from "./words.ts";

const VOICE = 2;
const STAGE = 13;
/** What one can write in, and be called in. */
const WRITABLE = [0, 2, 5, 10, 11, 12, 13];
const SHORTEST = 5;
const LONGEST = 7 * 24 * 60;
export const MOST_PLACES = 10_000;
/** Roles that may do any of this are given by people, not by a press of a button. */
const WEIGHTY =
  Permission.ADMINISTRATOR |
  Permission.MANAGE_GUILD |
  Permission.MANAGE_ROLES |
  Permission.MANAGE_CHANNELS |
  Permission.MANAGE_MESSAGES |
  Permission.MODERATE_MEMBERS |
  Permission.KICK_MEMBERS |
  Permission.BAN_MEMBERS;

export type Planned =
  { readonly plan: GatheringPlan; readonly notes: readonly string[] } | { readonly mistake: string };

interface Reading {
  /** When it was said. */
  readonly at: number;
  readonly zone: string;
  readonly locale: string | undefined;
}

/** What a host wrote, as something that can be announced, or one line that says what is wrong. */
export function planned(wish: GatheringWish, reading: Reading, look: Look, config: Config): Planned {
  const { locale, zone } = reading;
  const title = wish.title.trim();
  if (title === "") return { mistake: words.say(locale, "wrong.title") };
  const time = timeOf(wish, reading, config);
  if ("mistake" in time) return time;
  if (!WRITABLE.includes(look.channel(wish.announceId)?.type ?? -1))
    return { mistake: words.say(locale, "wrong.announce") };
  const place = placeOf(wish, look, locale);
  if ("mistake" in place) return place;
  const capacity = wish.capacity === undefined ? {} : capacityOf(wish.capacity, locale);
  if ("mistake" in capacity) return capacity;
  const repeat = wish.repeat === undefined ? {} : repeatOf(wish.repeat, time.startsAt, zone, locale);
  if ("mistake" in repeat) return repeat;
  const roles = rolesOf(wish, look, locale);
  if ("mistake" in roles) return roles;
  const about = wish.about?.trim() ?? "";
  const plan: GatheringPlan = {
    ...{ title: excerpt(title, 100), startsAt: time.startsAt, endsAt: time.endsAt, zone },
    ...{ place: place.place, channelId: wish.announceId },
    ...(about !== "" && { about: excerpt(about, 1_000) }),
    ...capacity,
    ...repeat,
    ...roles,
  };
  return { plan, notes: time.notes };
}

interface Time {
  readonly startsAt: number;
  readonly endsAt: number;
  readonly notes: readonly string[];
}

export function timeOf(
  { when, duration }: Pick<GatheringWish, "when" | "duration">,
  { at, zone, locale }: Reading,
  config: Config,
): Time | { readonly mistake: string } {
  const found = whenWritten(when, { at, zone, ...(locale !== undefined && { locale }) });
  if ("mistake" in found) {
    const time = found.mistake === "past" ? stamp(found.at, "F") : "";
    return { mistake: words.say(locale, `wrong.when.${found.mistake}`, { said: excerpt(when, 80), time }) };
  }
  const minutes = duration === undefined || duration.trim() === "" ? undefined : minutesWritten(duration);
  if (duration !== undefined && duration.trim() !== "" && !isLength(minutes))
    return { mistake: words.say(locale, "wrong.duration") };
  const length = minutes === undefined ? config.defaultMinutes * MINUTE : minutes * MINUTE;
  const endsAt = minutes === undefined && found.endsAt !== undefined ? found.endsAt : found.at + length;
  if (endsAt - found.at > LONGEST * MINUTE) return { mistake: words.say(locale, "wrong.duration") };
  const notes =
    found.odd === undefined ? [] : [words.say(locale, `odd.${found.odd}`, { zone, time: stamp(found.at, "t") })];
  return { startsAt: found.at, endsAt, notes };
}

export function isLength(minutes: number | undefined): minutes is number {
  return minutes !== undefined && minutes >= SHORTEST && minutes <= LONGEST;
}

type Placed = { readonly place: EventPlace } | { readonly mistake: string };

/** A voice or stage channel, anything else by its name, or what was written; else where it is announced. */
export function placeOf(
  { placeId, location, announceId }: Pick<GatheringWish, "placeId" | "location" | "announceId">,
  look: Look,
  locale: string | undefined,
): Placed {
  const said = location?.trim() ?? "";
  if (placeId === undefined && said !== "") return { place: { kind: "elsewhere", location: excerpt(said, 100) } };
  const channelId = placeId ?? announceId;
  const channel = look.channel(channelId);
  if (channel === undefined) return { mistake: words.say(locale, "wrong.channel") };
  if (channel.type === VOICE || channel.type === STAGE)
    return { place: { kind: channel.type === STAGE ? "stage" : "voice", channelId } };
  return { place: { kind: "elsewhere", location: excerpt(`#${channel.name}`, 100) } };
}

export function capacityOf(said: string, locale: string | undefined): { capacity?: number } | { mistake: string } {
  const text = said.trim();
  if (text === "") return {};
  const capacity = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (capacity >= 1 && capacity <= MOST_PLACES) return { capacity };
  return { mistake: words.say(locale, "wrong.capacity", { most: MOST_PLACES }) };
}

type Part<T> = Partial<T> | { readonly mistake: string };

function repeatOf(
  said: string,
  startsAt: number,
  zone: string,
  locale: string | undefined,
): Part<{ readonly rule: string }> {
  const text = said.trim();
  if (text === "" || text === "none") return {};
  const found = ruleOf(text, startsAt, zone);
  return "rule" in found ? found : { mistake: words.say(locale, `wrong.repeat.${found.mistake}`) };
}

function rolesOf(
  { goingRoleId: going, maybeRoleId: maybe }: GatheringWish,
  look: Look,
  locale: string | undefined,
): Part<Required<Pick<GatheringPlan, "roleIds">>> {
  const ids = [going, maybe].filter((id) => id !== undefined);
  if (ids.length === 0) return {};
  const refused = ids.map((id) => look.role(id)).find((role) => !isLight(role, look));
  if (refused !== undefined || ids.some((id) => look.role(id) === undefined))
    return { mistake: words.say(locale, "wrong.role") };
  return { roleIds: { ...(going !== undefined && { going }), ...(maybe !== undefined && { maybe }) } };
}

/** A role that comes with an answer must be the bot's to give, and must not make anybody staff. */
function isLight(role: Role | undefined, look: Look): boolean {
  if (role === undefined) return true;
  const isOurs = role.position < (look.guild().botRank ?? 0) && role.position > 0 && role.managed !== true;
  return isOurs && (BigInt(role.permissions) & WEIGHTY) === 0n;
}

export function may(
  event: Pick<Use, "byPermissions">,
  permission: "CREATE_EVENTS" | "MANAGE_EVENTS" | "MANAGE_ROLES",
): boolean {
  const bits = BigInt(event.byPermissions);
  return (bits & (Permission[permission] | Permission.ADMINISTRATOR)) !== 0n;
}
