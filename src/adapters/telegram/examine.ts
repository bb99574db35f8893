import { Api } from "grammy";
import { broken, fine, type Finding, weaker } from "#core";
import { troubleOf } from "./findings.ts";

export interface TelegramExamineOptions {
  readonly token: string;
  readonly apiRoot?: string;
  /** Where cards go, and for whom: `TELEGRAM_CHAT_ID`, or a guild's name. */
  readonly chats: readonly { readonly chatId: string; readonly of: string }[];
  readonly hasWebhook: boolean;
}

/** Looks at the bot and its chats without reading updates: whoever reads them now goes on undisturbed. */
export async function examineTelegram(options: TelegramExamineOptions): Promise<readonly Finding[]> {
  const { token, apiRoot, chats, hasWebhook } = options;
  const api = new Api(token, { ...(apiRoot === undefined ? {} : { apiRoot }), timeoutSeconds: 10 });
  try {
    const { username } = await api.getMe();
    const looks = chats.map((chat) => chatFinding(api, chat));
    return [
      fine("telegram", `the bot is @${username}`),
      ...(await Promise.all(looks)),
      ...(await delivery(api, hasWebhook)),
    ];
  } catch (error) {
    const { what, fix } = troubleOf(error);
    return [broken("telegram", what, fix)];
  }
}

async function chatFinding(api: Api, { chatId, of }: TelegramExamineOptions["chats"][number]): Promise<Finding> {
  try {
    await api.getChat(chatId);
    return fine("telegram", `the chat of ${of} is there`);
  } catch (error) {
    const { what, fix } = troubleOf(error);
    return broken("telegram", `the chat of ${of} (${chatId}): ${what}`, fix);
  }
}

async function delivery(api: Api, hasWebhook: boolean): Promise<readonly Finding[]> {
  if (!hasWebhook) return [];
  const { url = "", last_error_message: trouble } = await api.getWebhookInfo();
  if (url === "") return [weaker("telegram", "no webhook is set yet", "start the house, which sets it")];
  if (trouble === undefined) return [fine("telegram", "updates arrive by webhook")];
  const fix = "see that TELEGRAM_WEBHOOK_URL leads to TELEGRAM_WEBHOOK_PORT";
  return [weaker("telegram", `updates do not arrive by webhook: ${trouble}`, fix)];
}
