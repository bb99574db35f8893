import type { Log } from "#core";
import { errorName, isChatMissing, refusalOf } from "./failures.ts";

/** What is wrong between the house and Telegram, each in one line that says what to do. */
export interface Findings {
  failed(error: unknown): void;
  reached(): void;
  list(): readonly string[];
}

/** Pure: the line for what Telegram answered. Never the address, which holds the token. */
export function telegramFinding(error: unknown): string {
  const refusal = refusalOf(error);
  if (refusal === undefined)
    return `telegram: cannot be reached (${errorName(error)}); cards wait, the other faces work`;
  const { error_code: code, description } = refusal;
  if (code === 401 || code === 404)
    return "telegram: the token is refused; copy TELEGRAM_BOT_TOKEN again from @BotFather and restart";
  if (code === 403)
    return `telegram: the bot may not write there (${description}); unblock it, or add it to the group again; cards wait`;
  if (code === 409)
    return "telegram: somebody else reads this bot's updates; stop the other process, or make a bot of its own for this house";
  if (code === 429) return "telegram: too many messages at once; cards wait their turn";
  if (isChatMissing(refusal))
    return "telegram: the chat is not found; add the bot to it, then send it /link with a code from `guildhall telegram link`, or correct TELEGRAM_CHAT_ID; cards wait";
  return `telegram: ${code} ${description}`;
}

/** Says a thing once, until something else is wrong or it is over. */
export function createFindings(log: Log): Findings {
  let finding: string | undefined;
  return {
    failed(error) {
      const line = telegramFinding(error);
      if (line !== finding) log.warn({ finding: line }, "Telegram does not take part as it should");
      finding = line;
    },
    reached() {
      if (finding !== undefined) log.info({}, "Telegram is reached again");
      finding = undefined;
    },
    list: () => (finding === undefined ? [] : [finding]),
  };
}
