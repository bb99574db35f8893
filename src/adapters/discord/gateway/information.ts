import { setTimeout as sleep } from "node:timers/promises";
import { type APIGatewayBotInfo, Routes } from "discord-api-types/v10";
import type { Log } from "#core";
import { refusedToken } from "../identity.ts";
import { isTokenRefused } from "../outcome.ts";
import { patiently } from "../patience.ts";
import type { Caller } from "../rest.ts";

/** Where the gateway is, how many shards Discord recommends and how many sessions may still be begun today. */
export async function gatewayInformation(call: Caller, log: Log, signal: AbortSignal): Promise<APIGatewayBotInfo> {
  try {
    return await patiently(
      () => call<APIGatewayBotInfo>({ method: "GET", route: Routes.gatewayBot(), signal }),
      signal,
      (error, pause) => log.warn({ error: String(error), pause }, "Discord cannot be reached yet"),
    );
  } catch (error) {
    throw isTokenRefused(error) ? refusedToken(error) : error;
  }
}

/** Discord resets the token of a bot that identifies more than a thousand times a day: a crash loop must end in waiting. */
export async function waitForSessionStarts(
  information: APIGatewayBotInfo,
  needed: number,
  log: Log,
  signal: AbortSignal,
): Promise<void> {
  const { remaining, reset_after: resetAfter } = information.session_start_limit;
  if (remaining >= needed) return;
  log.error({ remaining, needed, resetAfter }, "Discord allows no more new sessions today: waiting until it does");
  await sleep(resetAfter, undefined, { signal }).catch(() => undefined);
}
