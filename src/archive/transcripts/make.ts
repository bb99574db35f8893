import {
  type ActionOf,
  type Attachment,
  type Blobs,
  type Clock,
  GuildhallError,
  type GuildStore,
  type Order,
  type Outcome,
  type Store,
  type ThreadMessage,
  type ThreadReader,
  type Ticket,
  transcriptKey,
} from "#core";
import { peopleIn, type Transcript, type TranscriptFile, type TranscriptMessage } from "./document.ts";
import { saidInJournal } from "./journal.ts";

export interface TranscriberParts {
  readonly store: Pick<Store, "guild">;
  readonly blobs: Blobs;
  /** Absent while Discord is not reached yet. */
  readonly reader: () => ThreadReader | undefined;
  readonly clock: Clock;
}

/** Longer conversations lose their beginning, and say so. */
const MOST_MESSAGES = 1_000;
/** The whole of an order has fifteen seconds: what could not be copied by then is named and left. */
const FILES_WITHIN_MS = 7_000;
/** So often Discord is asked for a thread before the journal has to do. */
const TRIES = 3;
const AGAIN_AFTER_MS = 2_000;

/** Puts a ticket's conversation together and keeps it. Doing it twice is doing it once more: nothing else comes of it. */
export function createTranscriber({ store, blobs, reader, clock }: TranscriberParts) {
  return async function make(order: Order, action: ActionOf<"transcript.make">, signal: AbortSignal): Promise<Outcome> {
    const guild = store.guild(order.guildId);
    const [found] = await guild.records([{ record: "ticket", key: String(action.number) }]);
    const ticket = found as Ticket | undefined;
    if (ticket === undefined) return { kind: "failed", code: "ticket.gone", why: "there is no such ticket any more" };
    try {
      const said = await conversation(order, guild, ticket, reader(), clock.now(), signal);
      const messages = await withFiles(said.messages, action.mostBytes, reader(), signal);
      const transcript = { ...head(ticket, action, (await guild.directory())?.name ?? ""), ...said, messages };
      await keep(blobs, order.guildId, { ...transcript, madeAt: clock.now() }, action.keepUntil);
      const made = { number: ticket.number, messages: messages.length, keptUntil: action.keepUntil };
      return { kind: "done", result: { transcript: made } };
    } catch (error) {
      if (error instanceof GuildhallError) return { kind: "failed", code: error.code, why: error.message };
      return { kind: "later", afterMs: AGAIN_AFTER_MS, why: "the thread could not be read" };
    }
  };
}

type Said = Pick<Transcript, "source" | "isCut"> & { readonly messages: readonly ThreadMessage[] };

/** From the thread while there is one; a Discord that does not answer is asked again before the journal has to do. */
async function conversation(
  order: Order,
  guild: GuildStore,
  { threadId, at }: Ticket,
  reader: ThreadReader | undefined,
  now: number,
  signal: AbortSignal,
): Promise<Said> {
  if (threadId === undefined) return { source: "journal", messages: [] };
  if (reader === undefined && order.attempt < TRIES) throw new Error("Discord is not reached yet");
  const read = reader?.read(threadId, MOST_MESSAGES, signal);
  const found = order.attempt < TRIES ? await read : await read?.catch(() => undefined);
  if (found !== undefined)
    return { source: "thread", messages: found.messages, ...(found.isCut && { isCut: true as const }) };
  const heard = await saidInJournal(guild, threadId, { from: at, to: now + 1 });
  const isCut = heard.length > MOST_MESSAGES;
  return { source: "journal", messages: heard.slice(-MOST_MESSAGES), ...(isCut && { isCut }) };
}

function head(ticket: Ticket, { about, mostBytes, locale }: ActionOf<"transcript.make">, guild: string) {
  const { number, said, userId, name, at, closed } = ticket;
  return {
    ...{ version: 1 as const, guild, number, about, title: said.title, opener: { userId, name }, openedAt: at },
    ...(closed !== undefined && { closedAt: closed.at }),
    ...{ mostBytes, locale },
  };
}

/** What is attached is copied in order as long as there is room; the rest is told with what stood against it. */
async function withFiles(
  messages: readonly ThreadMessage[],
  mostBytes: number,
  reader: ThreadReader | undefined,
  signal: AbortSignal,
): Promise<readonly TranscriptMessage[]> {
  let room = mostBytes;
  const late = AbortSignal.timeout(FILES_WITHIN_MS);
  const result: TranscriptMessage[] = [];
  for (const { attachments, ...message } of messages) {
    const files: TranscriptFile[] = [];
    for (const attachment of attachments) {
      const file = await fileOf(attachment, room, reader, AbortSignal.any([signal, late]));
      if (file.base64 !== undefined) room -= attachment.size;
      files.push(file);
    }
    result.push({ ...message, files });
  }
  return result;
}

async function fileOf(
  { name, size, contentType, url }: Attachment,
  room: number,
  reader: ThreadReader | undefined,
  signal: AbortSignal,
): Promise<TranscriptFile> {
  const facts = { name, size, ...(contentType !== undefined && { contentType }) };
  if (size > room) return { ...facts, left: "large" };
  if (url === undefined || reader === undefined) return { ...facts, left: "gone" };
  try {
    // It may be as large as it said it is, and no larger.
    return { ...facts, base64: Buffer.from(await reader.file(url, size, signal)).toString("base64") };
  } catch {
    return { ...facts, left: "gone" };
  }
}

export async function keep(blobs: Blobs, guildId: string, transcript: Transcript, expiresAt: number): Promise<void> {
  await blobs.guild(guildId).put({
    ...{ key: transcriptKey(transcript.number), contentType: "application/json", expiresAt },
    userIds: peopleIn(transcript),
    bytes: new TextEncoder().encode(JSON.stringify(transcript)),
  });
}
