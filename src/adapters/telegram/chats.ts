import type { CommitEntry, Records, Store } from "#core";

type Chat = Records["chat"];

/** Which chat belongs to which guilds, as the committed records say. */
export interface Chats {
  load(): Promise<void>;
  committed(entries: readonly CommitEntry[]): void;
  guildsOf(chatId: string): readonly string[];
  /** The chat's id by now, and all it had before. */
  idsOf(chatId: string): readonly string[];
  current(chatId: string): string;
  knows(guildId: string): boolean;
}

export function createChats(store: Store, defaultChatId: string | undefined): Chats {
  const byGuild = new Map<string, Chat>();
  const guilds = new Set<string>();
  const chatOf = (guildId: string): Pick<Chat, "chatId" | "before"> | undefined =>
    byGuild.get(guildId) ?? (defaultChatId === undefined ? undefined : { chatId: defaultChatId, before: [] });
  const holds = (chat: Pick<Chat, "chatId" | "before"> | undefined, id: string): boolean =>
    chat !== undefined && (chat.chatId === id || chat.before.includes(id));
  const find = (chatId: string) => [...byGuild.values()].find((chat) => holds(chat, chatId));
  return {
    async load() {
      for (const { guildId } of await store.guilds()) {
        guilds.add(guildId);
        const [chat] = await store.guild(guildId).records([{ record: "chat", key: "telegram" }]);
        if (chat !== undefined) byGuild.set(guildId, chat as Chat);
      }
    },
    committed(entries) {
      for (const { event, writes } of entries) {
        guilds.add(event.guildId);
        for (const { change } of writes)
          if (change.write === "record.put" && change.record === "chat") byGuild.set(event.guildId, change.value);
      }
    },
    guildsOf: (chatId) => [...guilds].filter((guildId) => holds(chatOf(guildId), chatId)),
    idsOf: (chatId) => [chatId, ...(find(chatId)?.before ?? [])],
    current: (chatId) => find(chatId)?.chatId ?? chatId,
    knows: (guildId) => guilds.has(guildId),
  };
}
