import { GuildhallError } from "#core";
import { RequestLost } from "../rest.ts";
import { isDiscords } from "./file.ts";
import { readBytes } from "./reading.ts";

/** What somebody attached, up to a limit. An address that is not Discord's is never asked, whoever wrote it. */
export async function fetchFile(
  url: URL,
  mostBytes: number,
  signal: AbortSignal,
  apiUrl: string | undefined,
): Promise<Uint8Array> {
  if (!isDiscords(url, apiUrl === undefined ? {} : { apiUrl }))
    throw new GuildhallError("file.elsewhere", "the file does not lie with Discord");
  const response = await fetch(url, { signal, redirect: "error" }).catch((cause: unknown) => {
    throw new RequestLost(false, cause);
  });
  if (!response.ok) throw new GuildhallError("file.gone", `the file cannot be had (${response.status})`);
  return readBytes(response, mostBytes);
}
