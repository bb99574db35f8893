import { propose, type Action, type Deed, type Effect, type Look, type Spree } from "#core";
import type { Config } from "./config.ts";
import { words } from "./words.ts";

const LISTED = 15;
const KINDS: readonly Deed["kind"][] = ["channel-deleted", "role-deleted", "removal", "webhook", "grant"];

/** The owner by direct message, staff in their channel: what was done, what was made again, and what nobody can bring back. */
export function reportTo(userId: string, spree: Spree, look: Look, config: Config): readonly Effect[] {
  const { locale, ownerId } = look.guild();
  const say = { title: words.say(locale, "report.title"), text: reportOf(userId, spree, look, config) };
  const { alertChannelId: channelId } = config;
  const told: readonly Action[] = [
    { verb: "member.tell", userId: ownerId, words: say },
    ...(channelId === undefined ? [] : [{ verb: "message.send", channelId, words: say } as const]),
  ];
  return told.map((action) => propose(action, { rule: "sentry-report", why: "an account ran wild", confidence: 1 }));
}

function reportOf(userId: string, { deeds, taken, left }: Spree, look: Look, config: Config): string {
  const { locale, name: guild } = look.guild();
  const counted = KINDS.flatMap((kind) => {
    const count = deeds.filter((deed) => deed.kind === kind).length;
    return count === 0 ? [] : [words.say(locale, `deed.${kind}`, { count })];
  });
  const again = config.recreate ? deeds.filter((deed) => deed.again !== undefined).slice(0, config.mostRecreated) : [];
  const gone = deeds.filter((deed) => deed.kind.endsWith("-deleted") && !again.includes(deed));
  const list = (some: readonly string[]) =>
    [...some.slice(0, LISTED), ...(some.length > LISTED ? [`+${some.length - LISTED}`] : [])].join(", ");
  return [
    words.say(locale, "report.who", { who: `<@${userId}>`, guild, deeds: counted.join(", ") }),
    taken.length > 0
      ? words.say(locale, "report.taken", { roles: list(taken) })
      : words.say(locale, "report.nothing-taken"),
    ...(left.length > 0 ? [words.say(locale, "report.left", { roles: list(left) })] : []),
    ...(again.length > 0 ? [words.say(locale, "report.again", { names: list(again.map(({ name }) => name)) })] : []),
    ...(gone.length > 0 ? [words.say(locale, "report.gone", { names: list(gone.map(({ name }) => name)) })] : []),
    words.say(locale, "report.lost"),
  ].join("\n");
}
