import { fine, type Finding, type Records, type Store } from "#core";
import { examineTelegram } from "../../adapters/telegram/index.ts";
import type { Settings } from "../../config/index.ts";

/** The bot, and every chat cards are sent to: the one of the settings and those that are linked. */
export async function telegramFindings(
  { telegram }: Pick<Settings, "telegram">,
  store: Store | undefined,
): Promise<readonly Finding[]> {
  if (telegram === undefined) return [fine("telegram", "not set: questions are asked in Discord and on the page")];
  const { token, apiRoot, chatId, webhook } = telegram;
  const own = chatId === undefined ? [] : [{ chatId, of: "TELEGRAM_CHAT_ID" }];
  return examineTelegram({
    token: token.reveal(),
    ...(apiRoot === undefined ? {} : { apiRoot }),
    chats: [...own, ...(await linkedChats(store))],
    hasWebhook: webhook !== undefined,
  });
}

async function linkedChats(store: Store | undefined): Promise<readonly { chatId: string; of: string }[]> {
  if (store === undefined) return [];
  const found = (await store.guilds()).map(async ({ guildId, name }) => {
    const [chat] = await store.guild(guildId).records([{ record: "chat", key: "telegram" }]);
    return chat === undefined ? [] : [{ chatId: (chat as Records["chat"]).chatId, of: name }];
  });
  return (await Promise.all(found)).flat();
}
