import { ConfigurationError, type Log } from "#core";
import { errorName, isChatMissing, refusalOf } from "./failures.ts";

/** What is wrong between the house and Telegram, each in one line that says what to do. */
export interface Findings {
  /** `about`: a chat, or the bot itself. */
  failed(about: string, error: unknown): void;
  reached(about: string): void;
  list(): readonly string[];
}

/** What concerns the bot as a whole, and no single chat. */
export const BOT = "bot";

export interface Trouble {
  readonly what: string;
  readonly fix: string;
}

/** Pure: what Telegram's answer means, and what to do. Never the address, which holds the token. */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof ConfigurationError) return { what: error.message, fix: "then restart" };
  const refusal = refusalOf(error);
  if (refusal === undefined)
    return { what: `cannot be reached (${errorName(error)})`, fix: "cards wait, the other faces work" };
  const { error_code: code, description } = refusal;
  if (code === 401 || code === 404)
    return { what: "the token is refused", fix: "copy TELEGRAM_BOT_TOKEN again from @BotFather and restart" };
  if (code === 403)
    return {
      what: `the bot may not write there (${description})`,
      fix: "unblock it, or add it to the group again; cards wait",
    };
  if (code === 409)
    return {
      what: "somebody else reads this bot's updates",
      fix: "stop the other process, or make a bot of its own for this house",
    };
  if (code === 429) return { what: "too many messages at once", fix: "cards wait their turn" };
  if (isChatMissing(refusal))
    return {
      what: "the chat is not found",
      fix: "add the bot to it, then send it /link with a code from `guildhall telegram link`, or correct TELEGRAM_CHAT_ID; cards wait",
    };
  return { what: `${code} ${description}`, fix: "see docs/approvals.md" };
}

/** Says a thing once, until something else is wrong there or it is over. */
export function createFindings(log: Log): Findings {
  const known = new Map<string, string>();
  return {
    failed(about, error) {
      const { what, fix } = troubleOf(error);
      const line = `telegram: ${what}; ${fix}`;
      const isNew = ![...known.values()].includes(line);
      if (isNew) log.warn({ finding: line, about }, "Telegram does not take part as it should");
      known.set(about, line);
    },
    reached(about) {
      if (known.delete(about)) log.info({ about }, "Telegram is reached again");
    },
    list: () => [...new Set(known.values())],
  };
}
