import { propose, tally, write, type Effect, type EventOf, type LogLine, type Look, type Records } from "#core";
import { entryKey } from "./cases.ts";
import { type Config, logChannels } from "./config.ts";
import { logOf } from "./happenings.ts";
import { lineText } from "./lines.ts";
import { recalled } from "./recalled.ts";
import { words } from "./words.ts";

type Waiting = Records["logged"];

const TIMER = "post:";
/** More than this does not wait in one log: a raid must not make the log a second one. */
const MOST_WAITING = 30;
const LONGEST_POST = 3_800;
const NOTHING: Waiting = { lines: [] };

/** Puts lines down until their log is posted; the first of them sets its timer. */
export function note(lines: readonly LogLine[], at: number, look: Look, config: Config): readonly Effect[] {
  const logs = new Set(lines.flatMap((line) => logOf(line, config) ?? []));
  return [...logs].flatMap((log) => {
    const own = lines.filter((line) => logOf(line, config) === log);
    const before = look.record("logged", log);
    const after = own.reduce(withLine, before ?? NOTHING);
    if (after === before) return [];
    const cases = own.flatMap(toldOf);
    return [kept(log, after), ...cases, ...(before === undefined ? [timer(log, at, config)] : [])];
  });
}

/** So that nothing of a case is told twice. */
function toldOf({ proposalId, number, at }: LogLine): readonly Effect[] {
  if (proposalId !== undefined) return [tally("cases", proposalId)];
  return number === undefined ? [] : [tally("entries", entryKey({ number, at }))];
}

function withLine(waiting: Waiting, line: LogLine): Waiting {
  if (waiting.lines.length < MOST_WAITING) return { ...waiting, lines: [...waiting.lines, line] };
  return waiting.isCut === true ? waiting : { ...waiting, isCut: true };
}

/** As many lines as one message holds; the others wait for the next. */
export function post(event: EventOf<"clock.struck">, look: Look, config: Config): readonly Effect[] {
  const log = event.timer.slice(TIMER.length);
  const waiting = look.record("logged", log);
  if (waiting === undefined) return [];
  const lines = recalled(waiting.lines, look);
  const { texts, taken } = fitting(lines, look);
  const rest = lines.slice(taken);
  const isLast = rest.length === 0;
  const all = isLast && waiting.isCut === true ? [...texts, words.say(look.guild().locale, "cut")] : texts;
  const after = isLast
    ? [write({ write: "record.delete", record: "logged", key: log })]
    : [kept(log, { ...waiting, lines: rest }), timer(log, event.at, config)];
  return all.length === 0 ? after : [posted(log, all), ...after];
}

function fitting(lines: readonly LogLine[], look: Look): { readonly texts: readonly string[]; readonly taken: number } {
  const texts: string[] = [];
  let length = 0;
  for (const [index, line] of lines.entries()) {
    const text = lineText(line, look);
    if (text === undefined) continue;
    length += text.length + 1;
    if (length > LONGEST_POST && texts.length > 0) return { texts, taken: index };
    texts.push(text);
  }
  return { texts, taken: lines.length };
}

/** What waits of a member who is to be forgotten is not posted any more. */
export function forget(userId: string, look: Look, config: Config): readonly Effect[] {
  return logChannels(config).flatMap((log) => {
    const waiting = look.record("logged", log);
    const lines = waiting?.lines.filter((line) => line.userId !== userId && line.byUserId !== userId);
    if (waiting === undefined || lines === undefined || lines.length === waiting.lines.length) return [];
    return [kept(log, { ...waiting, lines })];
  });
}

function posted(channelId: string, texts: readonly string[]): Effect {
  const count = texts.length === 1 ? "something is" : `${texts.length} things are`;
  return propose(
    { verb: "message.send", channelId, words: { text: texts.join("\n") } },
    { rule: "log", why: `${count} to be logged`, confidence: 1 },
  );
}

const kept = (log: string, value: Waiting): Effect => write({ write: "record.put", record: "logged", key: log, value });

function timer(log: string, at: number, { collectSeconds }: Config): Effect {
  return write({ write: "timer.set", timer: `${TIMER}${log}`, at: at + collectSeconds * 1_000, payload: {} });
}
