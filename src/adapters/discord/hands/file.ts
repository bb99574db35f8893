import { GuildhallError } from "#core";
import { RequestLost } from "../rest.ts";
import { readBytes } from "./reading.ts";
import { ABSENT, type Hand, type Reach } from "./hand.ts";

/** Where Discord keeps what members upload. */
const DISCORDS_OWN = ["https://cdn.discordapp.com", "https://media.discordapp.net"];

/** What somebody's file holds, as text. An address that is not Discord's is never asked, whoever wrote it. */
export const readFile: Hand<"file.read"> = {
  perform: async ({ action, signal }, reach) => {
    const url = new URL(action.url);
    if (!isDiscords(url, reach)) throw new GuildhallError("file.elsewhere", "the file does not lie with Discord");
    const response = await fetch(url, { signal, redirect: "error" }).catch((cause: unknown) => {
      throw new RequestLost(false, cause);
    });
    if (!response.ok) throw new GuildhallError("file.gone", `the file cannot be had (${response.status})`);
    return { text: new TextDecoder("utf-8").decode(await readBytes(response, action.mostBytes)) };
  },
  reconcile: () => Promise.resolve(ABSENT),
};

/** A Discord of another address, like the simulator, keeps its files beside its API. */
export function isDiscords({ origin }: URL, { apiUrl }: Pick<Reach, "apiUrl">): boolean {
  return DISCORDS_OWN.includes(origin) || (apiUrl !== undefined && origin === new URL(apiUrl).origin);
}
