import { Redis } from "ioredis";

const ANSWER_WITHIN_MS = 3_000;

/** Undefined where Redis answers, otherwise what is wrong, without the address: it may hold a password. */
export async function pingRedis(url: string): Promise<string | undefined> {
  const client = new Redis(url, {
    lazyConnect: true,
    retryStrategy: () => null,
    connectTimeout: ANSWER_WITHIN_MS,
    commandTimeout: ANSWER_WITHIN_MS,
  });
  let last: unknown;
  client.on("error", (error) => (last = error));
  try {
    await client.connect();
    await client.ping();
    return undefined;
  } catch (error) {
    const { code, message } = (last ?? error) as { code?: unknown; message?: unknown };
    return typeof code === "string" ? code : String(message);
  } finally {
    client.disconnect();
  }
}
