import { decidersOf, isCohort, reasonOf, type CaseFile, type EventOf, type LogLine, type Look } from "#core";
import { excerpt, plain } from "#core/text/index";
import { words } from "./words.ts";

const MEASURES = [
  ...(["warn", "timeout", "untimeout", "kick", "ban", "unban", "bulk-ban"] as const),
  ...(["mute", "deafen", "disconnect"] as const),
];

/** An order came to something: if its proposal led to a case, that is news. A plan has several orders, and one case. */
export function caseLines(event: EventOf<"action.done" | "action.failed">, look: Look): readonly LogLine[] {
  const proposalId = event.orderId.slice(0, event.orderId.lastIndexOf("#"));
  if (proposalId.split("/").at(-2) === "modlog" || look.count("cases", proposalId) > 0) return [];
  const [file] = look.cases({ proposalId });
  return file === undefined ? [] : [{ what: "case", at: event.at, proposalId }];
}

/** For so long it is known what was told already. */
export const REMEMBERED_SECONDS = 600;

/** What was told of a case that was added to: at one moment, of one event. */
export const entryKey = ({ number, at }: { readonly number: number; readonly at: number }): string => `${number}/${at}`;

/** Casework has done something: where it has added to a case, that is news, too. */
export function newsLines(event: EventOf<"action.done" | "action.failed">, look: Look): readonly LogLine[] {
  if (!event.orderId.includes("/casework/")) return [];
  const news = look.record("caseNews", "latest")?.last ?? [];
  // What came at the same moment is told together.
  return [...new Map(news.map((one) => [entryKey(one), one])).values()]
    .filter((one) => event.at - one.at < REMEMBERED_SECONDS * 1_000 && look.count("entries", entryKey(one)) === 0)
    .map(({ number, at }) => ({ what: "case-grown", at, number }));
}

/** What was added to a case at that moment; nothing where that was refused. */
export function grownText({ number = 0, at }: LogLine, look: Look): string | undefined {
  const { locale } = look.guild();
  const [file] = look.cases({ number });
  const entries = file?.entries.filter((entry) => entry.at === at) ?? [];
  const [first] = entries;
  if (first === undefined) return undefined;
  const told = entries.map((entry) => {
    const text = plain(excerpt((entry.text ?? "").replace(/\s+/g, " "), 300));
    return words.say(locale, `entry.${entry.kind}`, { text, number: entry.to ?? 0 });
  });
  const by = first.byUserId === undefined ? plain(first.name) : `<@${first.byUserId}>`;
  return `${words.say(locale, "case-grown", { number, what: told.join(", ") })} · ${words.say(locale, "by", { by })}`;
}

/** As the case stands when it is posted. */
export function caseText(file: CaseFile, locale: string): string {
  const who = isCohort(file) ? plain(file.userName) : `<@${file.userId}> (${plain(file.userName)})`;
  const values = { number: file.number, measure: measureIn(file.verb, locale), who };
  const reason = plain(excerpt(reasonOf(file).replace(/\s+/g, " "), 300));
  const failed = file.outcome === "failed" ? ` ${words.say(locale, "case.failed")}` : "";
  return `${words.say(locale, "case", values)}${failed}${reason === "" ? "" : `: ${reason}`}${byWhom(file, locale)}`;
}

function byWhom(file: CaseFile, locale: string): string {
  const people = decidersOf(file).map((userId) => `<@${userId}>`);
  if (people.length === 0 && file.decidedBy === "unknown") return "";
  const by = people.length === 0 ? plain(file.decidedBy) : people.join(", ");
  return ` · ${words.say(locale, "by", { by })}`;
}

function measureIn(verb: string, locale: string): string {
  const known = MEASURES.find((one) => one === verb.split(".").at(-1));
  return known === undefined ? verb : words.say(locale, `measure.${known}`);
}
