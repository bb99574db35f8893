import { Routes } from "discord-api-types/v10";
import { ConfigurationError, type Log } from "#core";
import { isTokenRefused } from "./outcome.ts";
import { patiently } from "./patience.ts";
import type { Caller } from "./rest.ts";

export interface Identity {
  readonly botUserId: string;
  readonly applicationId: string;
}

/** What can be said of a token without asking. Never repeats the token. */
export function checkToken(token: string): void {
  if (token === "") throw new ConfigurationError("DISCORD_TOKEN is empty: put the bot's token there");
  if (/^bot\s/i.test(token))
    throw new ConfigurationError('DISCORD_TOKEN must be the token alone, without "Bot " before it');
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new ConfigurationError("DISCORD_TOKEN holds spaces or characters no token has: copy it again");
  }
}

export function refusedToken(cause: unknown): ConfigurationError {
  return new ConfigurationError(
    "the token in DISCORD_TOKEN is not accepted by Discord: reset it in the developer portal and put the new one there",
    { cause },
  );
}

/** Who this token belongs to. Waits while Discord cannot be reached, since a house may start during an outage. */
export async function identify(call: Caller, signal: AbortSignal, log: Log): Promise<Identity> {
  const look = <T>(route: `/${string}`) =>
    patiently(
      () => call<T>({ method: "GET", route, signal }),
      signal,
      (error, pause) => log.warn({ error: String(error), pause }, "Discord cannot be reached yet"),
    );
  try {
    const user = await look<{ id: string; bot?: boolean }>(Routes.user());
    if (user.bot !== true) {
      throw new ConfigurationError("user tokens are refused: DISCORD_TOKEN belongs to a person, not to a bot");
    }
    const application = await look<{ id: string }>("/applications/@me");
    return { botUserId: user.id, applicationId: application.id };
  } catch (error) {
    throw isTokenRefused(error) ? refusedToken(error) : error;
  }
}
