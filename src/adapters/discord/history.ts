import { Routes } from "discord-api-types/v10";
import { type ThreadMessage, type ThreadReader, snowflakeTime } from "#core";
import { fetchFile } from "./hands/fetching.ts";
import { attachmentsIn, wordsIn } from "./normalise/message.ts";
import { asList, asObject, isId, type Raw, timeIn } from "./normalise/raw.ts";
import { cleanText } from "./normalise/text.ts";
import { refusalCode } from "./outcome.ts";
import { patiently } from "./patience.ts";
import { type Caller, eitherOf } from "./rest.ts";

const PAGE = 100;
/** Unknown channel, missing access, missing permission: whoever asks again is told the same. */
const GONE: readonly (number | undefined)[] = [10_003, 50_001, 50_013];

export interface HistoryParts {
  readonly call: Caller;
  /** Nothing is asked any more: whoever reads gives up at once, and does not keep the house open. */
  readonly closing: AbortSignal;
  /** Absent: Discord's own. */
  readonly apiUrl?: string;
}

/** What was said in a thread, as Discord has it now: one request for each hundred messages. */
export function createThreadReader({ call, closing, apiUrl }: HistoryParts): ThreadReader {
  const unlessClosing = <T>(signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> => {
    const ended = eitherOf(signal, closing);
    return work(ended.signal).finally(ended.release);
  };
  return {
    read: (threadId, most, given) => unlessClosing(given, (signal) => read(call, threadId, most, signal)),
    file: (url, mostBytes, given) =>
      unlessClosing(given, (signal) => fetchFile(new URL(url), mostBytes, signal, apiUrl)),
  };
}

async function read(call: Caller, threadId: string, most: number, signal: AbortSignal) {
  const newestFirst: Raw[] = [];
  let before: string | undefined;
  while (newestFirst.length <= most) {
    const query = { limit: String(PAGE), ...(before !== undefined && { before }) };
    const route = Routes.channelMessages(threadId);
    const page = await patiently(() => call<unknown>({ method: "GET", route, query, signal }), signal).catch(ifGone);
    if (page === undefined) return undefined;
    const found = asList(page).map(asObject).filter(isMessage);
    newestFirst.push(...found);
    before = found.at(-1)?.id;
    if (found.length < PAGE || before === undefined) break;
  }
  return told(newestFirst.slice(0, most), newestFirst.length > most);
}

/** What is gone for good is no failure of the look. */
export function ifGone(error: unknown): undefined {
  if (!GONE.includes(refusalCode(error))) throw error;
}

function isMessage(raw: Raw | undefined): raw is Raw & { readonly id: string } {
  return raw !== undefined && isId(raw["id"]);
}

function told(newestFirst: readonly Raw[], isCut: boolean) {
  const messages = newestFirst.map(messageFrom).filter((one) => one.text !== "" || one.attachments.length > 0);
  return { messages: messages.toReversed(), isCut };
}

function messageFrom(raw: Raw): ThreadMessage {
  const author = asObject(raw["author"]) ?? {};
  const name = cleanText(author["global_name"] ?? author["username"]);
  const editedAt = timeIn(raw["edited_timestamp"]);
  const messageId = String(raw["id"]);
  return {
    ...{ messageId, at: snowflakeTime(messageId) },
    ...(editedAt !== undefined && { editedAt }),
    author: { userId: String(author["id"]), name, ...(author["bot"] === true && { bot: true }) },
    text: [...wordsIn(raw), ...boxesIn(raw)].filter((text) => text !== "").join("\n\n"),
    attachments: attachmentsIn(raw["attachments"]),
  };
}

/** What stands in the boxes under a text: titles and descriptions. Links' previews have neither an author's word nor a place here. */
function boxesIn(raw: Raw): readonly string[] {
  return asList(raw["embeds"])
    .map(asObject)
    .filter((embed) => embed?.["type"] === undefined || embed["type"] === "rich")
    .flatMap((embed) => [cleanText(embed?.["title"]), cleanText(embed?.["description"])]);
}
