import type { Update } from "grammy/types";
import { type Clock, type GuildEvent, HOUSE_WORDS, readPress, type Store } from "#core";
import type { Chats } from "./chats.ts";
import { guildOfCode, hashOfCode } from "./code.ts";
import type { Presses } from "./press.ts";

export interface IntakeTools {
  readonly store: Store;
  readonly chats: Chats;
  readonly presses: Presses;
  readonly clock: Clock;
  readonly bot: { readonly id: number; readonly username: string };
}

/** An update as the road takes it; `refused` is what whoever pressed is told at once, because it is nobody's event. */
export interface Taken {
  readonly events: readonly GuildEvent[];
  readonly callbackId?: string;
  readonly refused?: string;
  /** What somebody in a chat that belongs to no guild is told, because there it is nobody's event either. */
  readonly reply?: { readonly chatId: string; readonly text: string };
}

const NOTHING: Taken = { events: [] };

/** Telegram numbers a bot's updates; one that comes again has the same number, and is the same event. */
export async function eventsOf(update: Update, tools: IntakeTools): Promise<Taken> {
  if (update.callback_query !== undefined) return pressed(update.update_id, update.callback_query, tools);
  const { message } = update;
  if (message === undefined) return NOTHING;
  const chatId = String(message.chat.id);
  if (message.migrate_to_chat_id !== undefined)
    return moved(update.update_id, chatId, String(message.migrate_to_chat_id), tools);
  if (message.migrate_from_chat_id !== undefined)
    return moved(update.update_id, String(message.migrate_from_chat_id), chatId, tools);
  if (message.text === undefined || message.from === undefined || message.from.is_bot) return NOTHING;
  return said(update.update_id, message as Spoken, tools);
}

type Query = NonNullable<Update["callback_query"]>;
type Spoken = NonNullable<Update["message"]> & {
  text: string;
  from: { id: number; first_name: string; language_code?: string };
};

async function pressed(updateId: number, query: Query, tools: IntakeTools): Promise<Taken> {
  const chatId = query.message === undefined ? undefined : String(query.message.chat.id);
  const callbackId = query.id;
  const refuse = (key: "telegram.no-button" | "telegram.other-server"): Taken => {
    return { ...NOTHING, callbackId, refused: HOUSE_WORDS.say(query.from.language_code, key) };
  };
  if (chatId === undefined || query.data === undefined) return refuse("telegram.no-button");
  const data = tools.presses.read(query.data, tools.chats.idsOf(chatId));
  const press = data === undefined ? undefined : readPress(data.press);
  if (data === undefined || press === undefined) return refuse("telegram.no-button");
  const guildId = await guildWith(data.approvalId, tools.chats.guildsOf(chatId), tools.store);
  if (guildId === undefined) return refuse("telegram.other-server");
  const { answer, ...rest } = press;
  const event: GuildEvent = {
    ...{ id: `tg:${tools.bot.id}:${updateId}`, guildId, at: tools.clock.now(), kind: "approval.answered" },
    ...{ approvalId: data.approvalId, by: `telegram:${query.from.id}`, name: query.from.first_name },
    ...(answer === "as-asked" ? { answer: "back", asAsked: true } : { answer }),
    ...rest,
    tap: { face: "telegram", callbackId, chatId },
  };
  return { events: [event], callbackId };
}

async function guildWith(approvalId: string, guildIds: readonly string[], store: Store): Promise<string | undefined> {
  for (const guildId of guildIds) if ((await store.guild(guildId).approval(approvalId)) !== undefined) return guildId;
  return undefined;
}

function moved(updateId: number, from: string, to: string, { chats, clock, bot }: IntakeTools): Taken {
  const events = chats.guildsOf(from).map((guildId): GuildEvent => {
    return { id: `tg:${bot.id}:${updateId}:${guildId}`, guildId, at: clock.now(), kind: "chat.moved", from, to };
  });
  return { events };
}

const COMMAND = /^\/(\w{1,32})(?:@(\w+))?(?:\s+([\s\S]*))?$/;

/** Said of the chat as a whole: one guild answers, however many are asked about in it. */
const ABOUT_THE_CHAT = ["start", "help"];

function said(updateId: number, message: Spoken, tools: IntakeTools): Taken {
  const { text, from, chat } = message;
  const [, name, addressee, rest = ""] = COMMAND.exec(text) ?? [];
  if (addressee !== undefined && addressee.toLowerCase() !== tools.bot.username.toLowerCase()) return NOTHING;
  const chatId = String(chat.id);
  const facts = { chatId, by: String(from.id), name: from.first_name };
  const at = tools.clock.now();
  const idFor = (guildId: string) => ({ id: `tg:${tools.bot.id}:${updateId}:${guildId}`, guildId, at });
  const tell = (key: "telegram.unlinked" | "telegram.bad-code"): Taken => {
    return { ...NOTHING, reply: { chatId, text: HOUSE_WORDS.say(from.language_code, key, { chat: chatId }) } };
  };
  if (name === "link") return linked(rest, idFor, facts, tools) ?? tell("telegram.bad-code");
  const guildIds = tools.chats.guildsOf(chatId);
  if (guildIds.length === 0) return name === undefined ? NOTHING : tell("telegram.unlinked");
  const reply = message.reply_to_message;
  if (name === undefined && reply?.from?.id !== tools.bot.id) return NOTHING;
  const what = name === undefined ? { command: "", rest: text } : { command: name, rest };
  const to = reply === undefined ? {} : { replyToMessageId: String(reply.message_id) };
  const asked = ABOUT_THE_CHAT.includes(name ?? "") ? guildIds.slice(0, 1) : guildIds;
  return {
    events: asked.map((guildId): GuildEvent => {
      return { ...idFor(guildId), kind: "chat.said", ...facts, ...what, ...to, isBound: true };
    }),
  };
}

/** The code itself goes no further than this; undefined where it is none. */
function linked(
  code: string,
  idFor: (guildId: string) => { id: string; guildId: string; at: number },
  facts: { chatId: string; by: string; name: string },
  tools: IntakeTools,
): Taken | undefined {
  const guildId = guildOfCode(code);
  if (guildId === undefined || !tools.chats.knows(guildId)) return undefined;
  const rest = hashOfCode(code);
  return { events: [{ ...idFor(guildId), kind: "chat.said", ...facts, command: "link", rest, isBound: false }] };
}
