import { propose, write, type Announcement, type Effect, type Look, type Words } from "#core";
import { excerpt } from "#core/text/index";

export const AGENT = "announcer";
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** A draft nobody sends off is forgotten, and so is one nobody approves. */
const FORGOTTEN_AFTER = { draft: DAY, waiting: 7 * DAY };

export const postTimer = (number: number): string => `post:${number}`;
export const forgetTimer = (number: number): string => `forget:${number}`;

export function announcementOf(number: unknown, look: Look): Announcement | undefined {
  const known = typeof number === "number" || typeof number === "string" ? String(number) : undefined;
  return known === undefined || known === "" ? undefined : look.record("announcement", known);
}

export function plannedIn(look: Look): readonly Announcement[] {
  const numbers = look.record("announcements", "all")?.numbers ?? [];
  return numbers.flatMap((number) => announcementOf(number, look) ?? []);
}

/** Kept with what becomes of it by itself: a draft is forgotten, a planned one posted. */
export function kept(announcement: Announcement, at: number): readonly Effect[] {
  const { number, status } = announcement;
  const payload = { number };
  const forget = forgetTimer(number);
  return [
    write({ write: "record.put", record: "announcement", key: String(number), value: announcement }),
    status === "scheduled"
      ? write({ write: "timer.clear", timer: forget })
      : write({ write: "timer.set", timer: forget, at: at + FORGOTTEN_AFTER[status], payload }),
    ...(status === "scheduled" && announcement.at !== undefined
      ? [write({ write: "timer.set", timer: postTimer(number), at: announcement.at, payload })]
      : []),
  ];
}

export function listed(numbers: readonly number[]): Effect {
  return write({ write: "record.put", record: "announcements", key: "all", value: { numbers } });
}

/** On the list from now on; a list is all there is to see of what waits. */
export function added(number: number, look: Look): Effect {
  return listed([...numbersIn(look).filter((one) => one !== number), number]);
}

function numbersIn(look: Look): readonly number[] {
  return look.record("announcements", "all")?.numbers ?? [];
}

/** Nothing is left of them, and nothing will be posted. */
export function forgotten(numbers: readonly number[], look: Look): readonly Effect[] {
  const gone = new Set(numbers);
  return [
    ...numbers.flatMap((number) => [
      write({ write: "record.delete", record: "announcement", key: String(number) }),
      write({ write: "timer.clear", timer: postTimer(number) }),
      write({ write: "timer.clear", timer: forgetTimer(number) }),
    ]),
    listed(numbersIn(look).filter((number) => !gone.has(number))),
  ];
}

/** By what people know it: its title, or how it begins. */
export function headOf({ number, title, text }: Pick<Announcement, "number" | "title" | "text">): string {
  return `#${number} · ${excerpt(title ?? text.replaceAll(/\s+/g, " "), 60)}`;
}

/** What members will read: the preview and the post are made of the same words. */
export function wordsOf({ title, text, pingRoleId, pingEveryone, picture }: Announcement): Words {
  return {
    text,
    ...(title !== undefined && { title }),
    ...(pingRoleId !== undefined && { pingRoleIds: [pingRoleId] }),
    ...(pingEveryone === true && { pingEveryone }),
    ...(picture !== undefined && { picture }),
  };
}

/** The same without a call, for whoever looks at it before. */
export function shownOf(announcement: Announcement): Words {
  const { pingRoleIds: _roles, pingEveryone: _everyone, ...shown } = wordsOf(announcement);
  return shown;
}

export function told(userId: string, text: string, rule: string, why: string): Effect {
  return propose({ verb: "member.tell", userId, words: { text } }, { rule, why, confidence: 1 });
}
