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
