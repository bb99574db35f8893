import type { Look, Member, Words } from "#core";
import { type Achievement, achievementsOf, shareOf } from "./achievements.ts";
import { POINTS } from "./boards.ts";
import type { Config } from "./config.ts";
import { habitsAt } from "./habits.ts";
import { words } from "./words.ts";

const MOST_SHOWN = 25;

/** What a member has reached, and how far they are with the rest; of secret ones only how many are left. */
export function badgesPage(member: Member, at: number, locale: string | undefined, look: Look, config: Config): Words {
  const all = achievementsOf(config);
  if (all.length === 0) return { text: words.say(locale, "badges.none-here") };
  const habits = habitsAt(look.record("levelling", member.userId), at);
  const facts = { habits, points: look.total(POINTS, member.userId), member, at };
  const done = all.filter(({ id }) => habits.badges[id] !== undefined);
  const open = all.filter(({ id, secret }) => habits.badges[id] === undefined && !secret);
  const hidden = all.length - done.length - open.length;
  const lines = [
    ...done.map((one) => `✓ ${named(one, locale)} <t:${Math.floor(habits.badges[one.id]! / 1_000)}:d>`),
    ...open.map((one) => `${Math.floor(shareOf(one.when, facts, config) * 100)} % ${named(one, locale)}`),
  ].slice(0, MOST_SHOWN);
  const title = words.say(locale, "badges.title", { name: member.name, done: done.length, all: all.length });
  const rest = hidden === 0 ? [] : [words.say(locale, "badges.secret", { count: hidden })];
  return { title, text: [...lines, ...rest].join("\n") };
}

function named(one: Achievement, locale: string | undefined): string {
  return `**${one.name(locale)}** · ${one.about(locale)}`;
}
