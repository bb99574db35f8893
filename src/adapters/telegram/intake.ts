import type { Update } from "grammy/types";
import { type Clock, type GuildEvent, readPress, type Store } from "#core";
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
  return { events: said(update.update_id, message as Spoken, tools) };
}

type Query = NonNullable<Update["callback_query"]>;
type Spoken = NonNullable<Update["message"]> & { text: string; from: { id: number; first_name: string } };

async function pressed(updateId: number, query: Query, tools: IntakeTools): Promise<Taken> {
  const chatId = query.message === undefined ? undefined : String(query.message.chat.id);
  const callbackId = query.id;
  if (chatId === undefined || query.data === undefined)
    return { ...NOTHING, callbackId, refused: "This button says nothing." };
  const data = tools.presses.read(query.data, tools.chats.idsOf(chatId));
  const press = data === undefined ? undefined : readPress(data.press);
  if (data === undefined || press === undefined)
    return { ...NOTHING, callbackId, refused: "This button is not one of mine." };
  const guildId = await guildWith(data.approvalId, tools.chats.guildsOf(chatId), tools.store);
  if (guildId === undefined) return { ...NOTHING, callbackId, refused: "This chat is not linked to that server." };
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

function said(updateId: number, message: Spoken, tools: IntakeTools): readonly GuildEvent[] {
  const { text, from, chat } = message;
  const [, name, addressee, rest = ""] = COMMAND.exec(text) ?? [];
  if (addressee !== undefined && addressee.toLowerCase() !== tools.bot.username.toLowerCase()) return [];
  const chatId = String(chat.id);
  const facts = { chatId, by: String(from.id), name: from.first_name };
  const at = tools.clock.now();
  const idFor = (guildId: string) => ({ id: `tg:${tools.bot.id}:${updateId}:${guildId}`, guildId, at });
  if (name === "link") return linked(rest, (guildId) => idFor(guildId), facts, tools);
  const reply = message.reply_to_message;
  if (name === undefined && reply?.from?.id !== tools.bot.id) return [];
  const what = name === undefined ? { command: "", rest: text } : { command: name, rest };
  const to = reply === undefined ? {} : { replyToMessageId: String(reply.message_id) };
  return tools.chats
    .guildsOf(chatId)
    .map((guildId): GuildEvent => ({ ...idFor(guildId), kind: "chat.said", ...facts, ...what, ...to, isBound: true }));
}

/** The code itself goes no further than this. */
function linked(
  code: string,
  idFor: (guildId: string) => { id: string; guildId: string; at: number },
  facts: { chatId: string; by: string; name: string },
  tools: IntakeTools,
): readonly GuildEvent[] {
  const guildId = guildOfCode(code);
  if (guildId === undefined || !tools.chats.knows(guildId)) return [];
  const rest = hashOfCode(code);
  return [{ ...idFor(guildId), kind: "chat.said", ...facts, command: "link", rest, isBound: false }];
}
