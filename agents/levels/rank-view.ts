import { boardOf, type EventOf, type Look, type Member, type RankCard, standingOf, type Words } from "#core";
import { POINTS } from "./boards.ts";
import type { Config } from "./config.ts";
import { isMember } from "./options.ts";
import { words } from "./words.ts";

type Used = EventOf<"command.used">;

/** Where somebody stands: in words, and on a card that the hand draws of the same. */
export function rankWords(event: Used, look: Look, config: Config): Words {
  const asked = event.options["member"];
  const member = isMember(asked) ? asked : event.by;
  const { locale } = event.interaction;
  if (member.bot === true) return { text: words.say(locale, "rank.bot") };
  const points = look.total(POINTS, member.userId);
  const { level, into, needed } = standingOf(points, config.curve);
  const total = boardOf("all", event.at, undefined)!;
  const { own, members } = look.ranking({ total, key: member.userId, offset: 0, limit: 0 });
  // On the last level there is nothing left to go.
  const share = needed === undefined ? 1 : into / needed;
  const progress = needed === undefined ? [] : [`${into} / ${needed}`];
  const place = own === undefined ? [] : [words.say(locale, "rank.place", { place: own.place, members })];
  const head = (name: string) => words.say(locale, "rank.level", { member: name, level, count: points });
  const caption = head(`<@${member.userId}>`);
  const text = [caption, ...progress.map((each) => `${bar(share)} ${each}`), ...place].join("\n");
  if (!config.card.enabled) return { text };
  const rankCard: RankCard = {
    ...whose(member, event.guildId),
    level: words.say(locale, "card.level", { level }),
    points: words.say(locale, "points", { count: points }),
    ...(own !== undefined && { place: words.say(locale, "card.place", { place: own.place, members }) }),
    ...{ share, ...(progress[0] !== undefined && { progress: progress[0] }) },
    accent: Number.parseInt(config.card.accent.slice(1), 16),
    ...{ caption, alt: [head(member.name), ...progress, ...place].join(" ") },
  };
  return { text, rankCard };
}

function whose({ userId, name, username, avatar, ownAvatar }: Member, guildId: string) {
  const picture = { userId, hash: avatar ?? "", ...(ownAvatar === true && { guildId }) };
  return {
    ...{ userId, name },
    ...(username !== undefined && { username }),
    ...(avatar !== undefined && { avatar: picture }),
  };
}

const BAR = 12;

function bar(share: number): string {
  const full = Math.min(BAR, Math.floor(share * BAR));
  return "▰".repeat(full) + "▱".repeat(BAR - full);
}
