import { type Action, type Effect, levelOf, type Look, type Member, propose, withPlaceholders } from "#core";
import { reachedNow } from "./achievements.ts";
import type { Config } from "./config.ts";
import type { Habits } from "./habits.ts";
import { words } from "./words.ts";

/** The roles a level brings. */
function earned(level: number, { rewards, keepRewards }: Config): readonly string[] {
  const reached = rewards.filter((reward) => reward.level <= level).sort((a, b) => b.level - a.level);
  const [highest] = reached;
  if (keepRewards || highest === undefined) return reached.map(({ roleId }) => roleId);
  return reached.filter(({ level: each }) => each === highest.level).map(({ roleId }) => roleId);
}

/**
 * What follows from a member's points once they show up: the roles they should have, and one line for a level they were not told
 * of. `told` makes it once: points may come from anywhere, and be taken away again.
 */
export function rewardsFor(
  member: Member,
  points: number,
  { told, rolesDue }: Pick<Habits, "told" | "rolesDue">,
  place: { readonly channelId?: string },
  look: Look,
  config: Config,
): { readonly told: number; readonly effects: readonly Effect[] } {
  const level = levelOf(points, config.curve);
  if (level === told && rolesDue !== true) return { told, effects: [] };
  const roles = roleChanges(member, level, config);
  if (level === told) return { told, effects: roles };
  return {
    told: level,
    effects: level < told ? roles : [...roles, ...announcement(member, level, place, look, config)],
  };
}

function roleChanges(member: Member, level: number, config: Config): Effect[] {
  const due = new Set(earned(level, config));
  const has = new Set(member.roleIds);
  const reasons = { rule: "level-role", why: `reached level ${level}`, confidence: 1 } as const;
  return config.rewards.flatMap(({ roleId }) => {
    if (due.has(roleId) === has.has(roleId)) return [];
    return [propose({ verb: due.has(roleId) ? "role.add" : "role.remove", member, roleId }, reasons)];
  });
}

function announcement(
  member: Member,
  level: number,
  place: { readonly channelId?: string },
  look: Look,
  config: Config,
): readonly Effect[] {
  if (config.announce.where === "nowhere") return [];
  const { onlyRewards, text: own } = config.announce;
  const won = config.rewards.filter((reward) => reward.level === level).map(({ roleId }) => look.role(roleId)?.name);
  const role = won.find((name) => name !== undefined);
  if (onlyRewards && role === undefined) return [];
  const { locale, name: guild } = look.guild();
  const values = { member: `<@${member.userId}>`, level };
  const ready =
    role === undefined ? words.say(locale, "level", values) : words.say(locale, "level-role", { ...values, role });
  const text = own === undefined ? ready : withPlaceholders(own, { ...values, role: role ?? "", guild });
  const reasons = { rule: "level-reached", why: `reached level ${level}`, confidence: 1 };
  return told(member, text, place, look, config).map((action) => propose(action, reasons));
}

/** One line of news, where the guild wants it: under what was said, in a channel, to the member alone, or nowhere. */
function told(
  { userId }: Member,
  text: string,
  place: { readonly channelId?: string },
  look: Look,
  { announce }: Config,
): readonly Action[] {
  if (announce.where === "dm") {
    // Elsewhere nobody wonders which server it is about.
    return [{ verb: "member.tell", userId, words: { title: look.guild().name, text } }];
  }
  const channelId = announce.where === "channel" ? announce.channelId : place.channelId;
  if (announce.where === "nowhere" || channelId === undefined) return [];
  return [{ verb: "message.send", channelId, words: { text, pingUserIds: [userId] } }];
}

/** What was reached just now: remembered with its moment, rewarded, told in one line. */
export function badgesFor(
  member: Member,
  habits: Habits,
  points: number,
  place: { readonly at: number; readonly channelId?: string },
  look: Look,
  config: Config,
): { readonly habits: Habits; readonly points: number; readonly effects: readonly Effect[] } {
  const reached = reachedNow({ habits, points, member, at: place.at }, config);
  if (reached.length === 0) return { habits, points: 0, effects: [] };
  const badges = { ...habits.badges, ...Object.fromEntries(reached.map(({ id }) => [id, place.at])) };
  const roles = reached.flatMap(({ id, roleId }) =>
    roleId === undefined || member.roleIds.includes(roleId)
      ? []
      : [
          propose(
            { verb: "role.add", member, roleId },
            { rule: "achievement-role", why: `reached ${id}`, confidence: 1 },
          ),
        ],
  );
  const { locale } = look.guild();
  const names = reached.map((one) => `**${one.name(locale)}**`).join(", ");
  const text = words.say(locale, "badges", { member: `<@${member.userId}>`, names, count: reached.length });
  const reasons = { rule: "achievement", why: `reached ${reached.map(({ id }) => id).join(", ")}`, confidence: 1 };
  const news = told(member, text, place, look, config).map((action) => propose(action, reasons));
  const won = reached.reduce((sum, one) => sum + one.points, 0);
  return { habits: { ...habits, badges }, points: won, effects: [...roles, ...news] };
}
