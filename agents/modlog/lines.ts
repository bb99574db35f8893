import { snowflakeTime, type LogLine, type Look } from "#core";
import { excerpt, plain } from "#core/text/index";
import { caseText, grownText } from "./cases.ts";
import { words } from "./words.ts";

const LONGEST_QUOTE = 300;
const NOTHING = "—";

/** One line of text, whatever was written: what is erased later is erased line by line. Nothing where a case never came about. */
export function lineText(line: LogLine, look: Look): string | undefined {
  const { locale } = look.guild();
  const time = `<t:${Math.floor(line.at / 1_000)}:T>`;
  if (line.what === "case-grown") return timed(time, grownText(line, look));
  if (line.what !== "case") return `${time} ${sentence(line, locale)}${filesOf(line, locale)}${byWhom(line, locale)}`;
  const [file] = look.cases({ proposalId: line.proposalId ?? "" });
  return timed(time, file && caseText(file, locale));
}

const timed = (time: string, text: string | undefined) => (text === undefined ? undefined : `${time} ${text}`);

function sentence(line: LogLine, locale: string): string {
  return words.say(locale, keyOf(line), {
    who: whoOf(line),
    where: placeOf(line.channelId),
    from: placeOf(line.was?.channelId),
    text: quoted(line.text),
    was: quoted(line.was?.text),
    roles: (line.roles ?? []).map(plain).join(", "),
    code: plain(line.code ?? ""),
    count: line.count ?? 0,
    since: `<t:${Math.floor(snowflakeTime(line.userId ?? "0") / 1_000)}:R>`,
  });
}

/** What somebody did in voice by themselves, and what was done to them. */
const MOVES = {
  "voice-moved": { by: "voice-moved.by", unseen: "voice-moved.unseen" },
  "voice-left": { by: "voice-left.by", unseen: "voice-left.unseen" },
} as const;

/** The audit log knows neither a message's words nor how many there were; older words are not always kept. */
function keyOf({ what, isAudit, was, count, byUserId }: LogLine): Parameters<typeof words.say>[1] {
  if (what === "voice-moved" || what === "voice-left") {
    if (isAudit === true) return MOVES[what].unseen;
    return byUserId === undefined ? what : MOVES[what].by;
  }
  if (what === "deleted") return isAudit === true ? "deleted.unseen" : "deleted";
  if (what === "purged") return count === undefined ? "purged.unseen" : "purged";
  return what === "edited" && was === undefined ? "edited.unseen" : what;
}

function whoOf({ userId, name }: LogLine): string {
  if (userId === undefined) return NOTHING;
  return name === undefined ? `<@${userId}>` : `<@${userId}> (${plain(name)})`;
}

const placeOf = (channelId: string | undefined): string => (channelId === undefined ? NOTHING : `<#${channelId}>`);

function quoted(text = ""): string {
  const flat = text.replace(/\s+/g, " ").trim();
  return flat === "" ? NOTHING : plain(excerpt(flat, LONGEST_QUOTE));
}

function filesOf({ what, count }: LogLine, locale: string): string {
  return what === "deleted" && count !== undefined ? ` ${words.say(locale, "files", { count })}` : "";
}

function byWhom({ byUserId }: LogLine, locale: string): string {
  return byUserId === undefined ? "" : ` · ${words.say(locale, "by", { by: `<@${byUserId}>` })}`;
}
