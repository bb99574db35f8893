import { Routes } from "discord-api-types/v10";
import { ConfigurationError, type Log } from "#core";
import { asObject, isId, type Raw } from "./normalise/raw.ts";
import { isTokenRefused, refusalCode } from "./outcome.ts";
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
  const look = (route: `/${string}`) =>
    patiently(
      () => call<unknown>({ method: "GET", route, signal }),
      signal,
      (error, pause) => log.warn({ error: String(error), pause }, "Discord cannot be reached yet"),
    );
  try {
    return identityOf(await askWho(look));
  } catch (error) {
    throw isTokenRefused(error) ? refusedToken(error) : error;
  }
}

/** What the server says of a token's user and its application; each may be all there is. */
export interface Told {
  readonly user: Raw | undefined;
  readonly application: Raw | undefined;
}

export async function askWho(look: (route: `/${string}`) => Promise<unknown>): Promise<Told> {
  const user = await orRefused(look(Routes.user()));
  if (user?.["bot"] === false) return { user, application: undefined };
  const told = (await orRefused(look("/applications/@me"))) ?? (await orRefused(look(OLDER_ROUTE)));
  // A server that answers everything with the user has told of no application.
  return { user, application: told?.["username"] === undefined ? told : undefined };
}

const OLDER_ROUTE = Routes.oauth2CurrentApplication();

/** Only bots have an application: where a server does not say whether the user is one, that tells. */
export function isPerson({ user, application }: Told): boolean {
  return user?.["bot"] === false || (user?.["bot"] !== true && application === undefined);
}

/** An application made since 2016 and its bot have one id. */
export function identityOf(told: Told): Identity {
  if (isPerson(told))
    throw new ConfigurationError("user tokens are refused: DISCORD_TOKEN belongs to a person, not to a bot");
  const { user, application } = told;
  const botUserId = [user?.["id"], asObject(application?.["bot"])?.["id"], application?.["id"]].find(isId);
  if (botUserId === undefined) {
    throw new ConfigurationError(
      "the server that DISCORD_API_URL names does not say whose token DISCORD_TOKEN is: it is none of Discord's kind",
    );
  }
  return { botUserId, applicationId: isId(application?.["id"]) ? application["id"] : botUserId };
}

async function orRefused(answer: Promise<unknown>): Promise<Raw | undefined> {
  try {
    return asObject(await answer);
  } catch (error) {
    if (refusalCode(error) === undefined) throw error;
    return undefined;
  }
}
