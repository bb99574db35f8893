import { isCohort, isUndone, linksOf, reasonOf, type CaseEntry, type CaseFile, type Words } from "#core";
import { excerpt, plain } from "#core/text/index";
import { words } from "./words.ts";

const MEASURES = [
  "warn",
  "timeout",
  "kick",
  "ban",
  "unban",
  "untimeout",
  "bulk-ban",
  "mute",
  "deafen",
  "disconnect",
] as const;
const LONGEST_TEXT = 700;

export const moment = (at: number): string => `<t:${Math.floor(at / 1_000)}:f>`;
const since = (at: number): string => `<t:${Math.floor(at / 1_000)}:R>`;

/** What was done, in the reader's language. */
export function measureIn(verb: string, locale: string | undefined): string {
  const name = verb.split(".").at(-1)!;
  const known = MEASURES.find((one) => one === name);
  return known === undefined ? verb : words.say(locale, `measure.${known}`);
}

/** `#12 ban Ada: spam`, for lists that show plain text. */
export function caseLine(file: CaseFile, locale: string | undefined): string {
  return excerpt(`#${file.number} ${measureIn(file.verb, locale)} ${file.userName}: ${reasonOf(file)}`, 100);
}

/** The same where Discord would format it. */
export function caseRow(file: CaseFile, locale: string | undefined): string {
  const undone = isUndone(file) ? ` · ${words.say(locale, "case.undone")}` : "";
  const who = isCohort(file) ? plain(file.userName) : `<@${file.userId}>`;
  const head = `**#${file.number}** ${measureIn(file.verb, locale)} · ${who} · ${since(file.openedAt)}${undone}`;
  return `${head}\n${plain(excerpt(reasonOf(file), 120))}`;
}

/** `user:1` is shown as whoever that is; `agent:moderation` as it stands. */
export function deciderIn(decidedBy: string, locale: string | undefined): string {
  if (decidedBy === "unknown") return words.say(locale, "case.by-nobody");
  return plain(decidedBy).replace(/(?:user|discord)\\:(\d+)/g, "<@$1>");
}

/** Everything there is to a case. */
export function caseWords(file: CaseFile, locale: string | undefined): Words {
  const say = (key: Parameters<typeof words.say>[1], values = {}) => words.say(locale, key, values);
  const links = linksOf(file).map((number) => `#${number}`);
  const lines = [
    `**${say("case.member")}** ${isCohort(file) ? plain(file.userName) : `<@${file.userId}> (${file.userId})`}`,
    `**${say("case.decided-by")}** ${deciderIn(file.decidedBy, locale)}`,
    `**${say("case.rule")}** ${plain(file.rule)}`,
    `**${say("case.reason")}** ${plain(excerpt(reasonOf(file), LONGEST_TEXT))}`,
    `**${say("case.when")}** ${moment(file.openedAt)}${file.until === undefined ? "" : ` → ${moment(file.until)}`}`,
    `**${say("case.outcome")}** ${say(`outcome.${file.outcome}`)}${isUndone(file) ? ` · ${say("case.undone")}` : ""}`,
    ...(links.length === 0 ? [] : [`**${say("case.links")}** ${links.join(", ")}`]),
    ...evidenceLines(file, locale),
    ...historyLines(file, locale),
  ];
  const title = `${say("case.title", { number: file.number })} · ${measureIn(file.verb, locale)}`;
  return { title, text: excerpt(lines.join("\n"), 3_900) };
}

function evidenceLines(file: CaseFile, locale: string | undefined): readonly string[] {
  const { evidence, evidenceUntil, guildId } = file;
  if (evidenceUntil === undefined) return [];
  const label = `**${words.say(locale, "case.evidence")}**`;
  if (evidence === undefined) return [`${label} ${words.say(locale, "case.evidence-gone")}`];
  const { channelId, messageId, text } = evidence;
  const where = channelId === undefined || messageId === undefined ? "" : ` ${jumpLink(guildId, channelId, messageId)}`;
  return [`${label}${where}`, `> ${plain(excerpt(text.replaceAll("\n", " "), LONGEST_TEXT))}`];
}

export function jumpLink(guildId: string, channelId: string, messageId: string): string {
  return `https://discord.com/channels/${guildId}/${channelId}/${messageId}`;
}

/** The latest last; what does not fit is on the page. */
const MOST_ENTRIES = 10;

function historyLines({ entries }: CaseFile, locale: string | undefined): readonly string[] {
  if (entries.length === 0) return [];
  const shown = entries.slice(-MOST_ENTRIES).map((entry) => `${moment(entry.at)} ${entryLine(entry, locale)}`);
  return [`**${words.say(locale, "case.history")}**`, ...shown];
}

function entryLine({ kind, byUserId, name, text, to }: CaseEntry, locale: string | undefined): string {
  const by = byUserId === undefined ? plain(name) : `<@${byUserId}>`;
  const said = text === undefined ? "" : plain(excerpt(text, 300));
  return words.say(locale, `entry.${kind}`, { by, text: said, number: to ?? 0 });
}
