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
