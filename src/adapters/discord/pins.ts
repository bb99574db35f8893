import { Routes } from "discord-api-types/v10";
import type { MessageFacts, PinReader } from "#core";
import { ifGone } from "./history.ts";
import { writtenMessage } from "./normalise/message.ts";
import { asList, asObject } from "./normalise/raw.ts";
import { patiently } from "./patience.ts";
import type { Caller } from "./rest.ts";

const PAGE = 50;
/** Discord allows 250 pins in a channel. */
const PAGES = 5;

/** What is pinned in a channel, as Discord has it now: one request for each fifty. */
export function createPinReader(call: Caller): PinReader {
  return {
    async read(channelId, signal) {
      const found: MessageFacts[] = [];
      let before: string | undefined;
      for (let page = 0; page < PAGES; page++) {
        const query = { limit: String(PAGE), ...(before !== undefined && { before }) };
        const route = Routes.channelMessagesPins(channelId);
        const answer = await patiently(() => call<unknown>({ method: "GET", route, query, signal }), signal).catch(
          ifGone,
        );
        if (answer === undefined) return undefined;
        const pins = asList(asObject(answer)?.["items"]).map(asObject);
        found.push(...pins.flatMap((pin) => writtenMessage(asObject(pin?.["message"])) ?? []));
        const last = pins.at(-1)?.["pinned_at"];
        if (asObject(answer)?.["has_more"] !== true || typeof last !== "string") break;
        before = last;
      }
      return found;
    },
  };
}
