import { z } from "zod";
import { variable, type Environment } from "./environment.ts";
import { secret, type Secret } from "./secret.ts";

/** The bot on Telegram, if there is one. */
export interface TelegramSettings {
  readonly token: Secret;
  /** Absent: Telegram's own. */
  readonly apiRoot?: string;
  /** Where the cards of guilds go that are linked to no chat. */
  readonly chatId?: string;
  /** Who may answer there, beside the people of the guild's own file. */
  readonly userIds: readonly string[];
  /** Absent: the bot asks for updates by long polling. */
  readonly webhook?: { readonly url: string; readonly secret?: Secret; readonly port: number };
}

const TOKEN = /^\d{1,20}:[\w-]{10,}$/;
const WEBHOOK_SECRET = /^[\w-]{1,256}$/;
const DEFAULT_WEBHOOK_PORT = 8_443;

export function readTelegramSettings(all: Environment, mistakes: string[]): TelegramSettings | undefined {
  const { value: token, mistake } = variable(all, "TELEGRAM_BOT_TOKEN");
  if (mistake !== undefined) mistakes.push(mistake);
  if (token === undefined) {
    const others = ["TELEGRAM_CHAT_ID", "TELEGRAM_USER_IDS", "TELEGRAM_WEBHOOK_URL"].filter((name) => all[name]);
    if (others.length > 0)
      mistakes.push(`${others[0]}: expected TELEGRAM_BOT_TOKEN beside it; set it, or leave both out`);
    return undefined;
  }
  if (!TOKEN.test(token))
    mistakes.push(
      "TELEGRAM_BOT_TOKEN: expected a token such as 123456:ABC…, found something else (not shown); copy it again from @BotFather",
    );
  const read = reader(all, mistakes);
  const apiRoot = read(
    "TELEGRAM_API_ROOT",
    isAddress,
    "an http(s) address without /bot",
    "leave it out to talk to Telegram itself",
  );
  const chatId = read(
    "TELEGRAM_CHAT_ID",
    isChatId,
    "a chat's number, such as -1001234567890",
    "leave it out and use /link",
  );
  const userIds = read(
    "TELEGRAM_USER_IDS",
    areIds,
    "users' numbers separated by commas",
    "leave it out, or correct it",
  );
  const webhook = webhookOf(all, mistakes);
  return {
    token: secret(token),
    userIds: userIds === undefined ? [] : userIds.split(",").map((id) => id.trim()),
    ...(apiRoot === undefined ? {} : { apiRoot: apiRoot.replace(/\/+$/, "") }),
    ...(chatId === undefined ? {} : { chatId }),
    ...(webhook === undefined ? {} : { webhook }),
  };
}

function webhookOf(all: Environment, mistakes: string[]): TelegramSettings["webhook"] {
  const read = reader(all, mistakes);
  const url = read(
    "TELEGRAM_WEBHOOK_URL",
    isAddress,
    "the https address under which Telegram finds this house",
    "leave it out to poll",
  );
  const { value: given, mistake } = variable(all, "TELEGRAM_WEBHOOK_SECRET");
  if (mistake !== undefined) mistakes.push(mistake);
  if (given !== undefined && !WEBHOOK_SECRET.test(given))
    mistakes.push(
      "TELEGRAM_WEBHOOK_SECRET: expected 1 to 256 letters, digits, _ or -, found something else (not shown); make a new one",
    );
  const port = read("TELEGRAM_WEBHOOK_PORT", isPort, "a number from 1 to 65535", "leave it out for 8443");
  if (url === undefined) return undefined;
  const own = given === undefined ? {} : { secret: secret(given) };
  return { url, ...own, port: port === undefined ? DEFAULT_WEBHOOK_PORT : Number(port) };
}

function reader(all: Environment, mistakes: string[]) {
  return (name: string, is: (value: string) => boolean, expected: string, remedy: string): string | undefined => {
    const value = all[name];
    if (value === undefined || value === "") return undefined;
    if (is(value)) return value;
    mistakes.push(`${name}: expected ${expected}, found ${JSON.stringify(value)}; ${remedy}`);
    return undefined;
  };
}

const isAddress = (value: string): boolean => z.url({ protocol: /^https?$/ }).safeParse(value).success;
const isChatId = (value: string): boolean => /^-?\d{1,19}$/.test(value);
const areIds = (value: string): boolean => /^\d{1,19}(\s*,\s*\d{1,19})*$/.test(value);
const isPort = (value: string): boolean => /^\d{1,5}$/.test(value) && Number(value) >= 1 && Number(value) <= 65_535;
