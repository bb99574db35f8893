import { type APIGatewayBotInfo, Routes } from "discord-api-types/v10";
import { ConfigurationError, type Log } from "#core";
import { refusedToken } from "../identity.ts";
import { asNumber, asObject, type Raw } from "../normalise/raw.ts";
import { isTokenRefused } from "../outcome.ts";
import { patiently } from "../patience.ts";
import type { Caller } from "../rest.ts";

/** Where the gateway is, how many shards Discord recommends and how many sessions may still be begun today. */
export async function gatewayInformation(call: Caller, log: Log, signal: AbortSignal): Promise<APIGatewayBotInfo> {
  try {
    const answer = await patiently(
      () => call<unknown>({ method: "GET", route: Routes.gatewayBot(), signal }),
      signal,
      (error, pause) => log.warn({ error: String(error), pause }, "Discord cannot be reached yet"),
    );
    return completed(asObject(answer) ?? {});
  } catch (error) {
    throw isTokenRefused(error) ? refusedToken(error) : error;
  }
}

/** What Discord gives a small bot, and so what is assumed where a server says nothing of it. */
const USUAL_LIMIT = { total: 1_000, remaining: 1_000, reset_after: 86_400_000, max_concurrency: 1 };

/** Without a query: version and encoding are the library's to say. */
export function gatewayAddress(value: unknown): string | undefined {
  if (typeof value !== "string" || !URL.canParse(value)) return undefined;
  const { protocol, origin, pathname } = new URL(value);
  return protocol === "ws:" || protocol === "wss:" ? `${origin}${pathname}` : undefined;
}

/** Only the address has to be there. */
export function completed(answer: Raw): APIGatewayBotInfo {
  const url = gatewayAddress(answer["url"]);
  if (url === undefined) {
    throw new ConfigurationError(
      "the server that DISCORD_API_URL names does not say where its gateway is: it is none of Discord's kind",
    );
  }
  const limit = asObject(answer["session_start_limit"]) ?? {};
  return {
    url,
    shards: Math.max(1, asNumber(answer["shards"]) ?? 1),
    session_start_limit: {
      total: asNumber(limit["total"]) ?? USUAL_LIMIT.total,
      remaining: asNumber(limit["remaining"]) ?? USUAL_LIMIT.remaining,
      reset_after: asNumber(limit["reset_after"]) ?? USUAL_LIMIT.reset_after,
      max_concurrency: Math.max(1, asNumber(limit["max_concurrency"]) ?? USUAL_LIMIT.max_concurrency),
    },
  };
}
