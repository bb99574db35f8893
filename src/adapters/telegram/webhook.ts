import { timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { Update } from "grammy/types";
import { ConfigurationError, errorFields } from "#core";
import { HEARD_UPDATES, takeUpdates, type UpdateTools } from "./updates.ts";

export interface WebhookSettings {
  /** Where Telegram finds us: an https address that leads to the port below. */
  readonly url: string;
  readonly secret: string;
  readonly host: string;
  readonly port: number;
}

const MOST_BYTES = 1_000_000;

/** Answers only after the update's events are committed: what is not answered, Telegram sends again. */
export async function listen(settings: WebhookSettings, tools: UpdateTools): Promise<Server> {
  const server = createServer((request, response) => {
    void handle(request, settings.secret, tools).then((status) => response.writeHead(status).end());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (cause) => {
      const place = `TELEGRAM_WEBHOOK_PORT ${settings.port}`;
      reject(new ConfigurationError(`${place} cannot be opened; set it to a free one`, { cause }));
    });
    server.listen(settings.port, settings.host, resolve);
  });
  return server;
}

export function setWebhook({ url, secret }: WebhookSettings, { api }: UpdateTools): Promise<true> {
  return api.setWebhook(url, { secret_token: secret, allowed_updates: HEARD_UPDATES });
}

async function handle(request: IncomingMessage, secret: string, tools: UpdateTools): Promise<number> {
  if (request.method !== "POST") return 405;
  if (!isSecret(request.headers["x-telegram-bot-api-secret-token"], secret)) return 401;
  try {
    const body = await read(request);
    if (body === undefined) return 413;
    const update = JSON.parse(body) as Update;
    if (typeof update.update_id !== "number") return 400;
    await takeUpdates([update], tools);
    return 200;
  } catch (error) {
    if (error instanceof SyntaxError) return 400;
    tools.log.warn(errorFields(error), "an update of Telegram's was not taken; it comes again");
    return 503;
  }
}

function isSecret(given: unknown, secret: string): boolean {
  if (typeof given !== "string") return false;
  const [one, other] = [Buffer.from(given), Buffer.from(secret)];
  return one.length === other.length && timingSafeEqual(one, other);
}

async function read(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request) {
    length += (part as Buffer).length;
    if (length > MOST_BYTES) return undefined;
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts).toString("utf8");
}
