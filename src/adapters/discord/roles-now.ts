import { Routes } from "discord-api-types/v10";
import type { RoleReader } from "#core";
import { isMissing } from "./hands/looking.ts";
import { asList, asObject, isId } from "./normalise/raw.ts";
import type { Caller } from "./rest.ts";

/** Somebody waits for a page meanwhile. */
const ANSWER_WITHIN_MS = 5_000;

/** One request each time, for what was true a minute ago may be true no more; who asks at once for the same shares it. */
export function createRoleReader(call: Caller): RoleReader {
  const underWay = new Map<string, ReturnType<RoleReader>>();
  return (guildId, userId) => {
    const route = Routes.guildMember(guildId, userId);
    const asked = underWay.get(route) ?? rolesAt(call, route).finally(() => underWay.delete(route));
    underWay.set(route, asked);
    return asked;
  };
}

async function rolesAt(call: Caller, route: `/${string}`): Promise<readonly string[] | undefined> {
  try {
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
    return asList(asObject(await call<unknown>({ method: "GET", route, signal }))?.["roles"]).filter(isId);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
