import { type Directory, errorFields, type Log, type MessageFacts, type PinReader, type SlowLook } from "#core";

/** Discord may be slow; a slow half waits for it no longer than this. */
const PATIENCE_MS = 15_000;

/**
 * The road to what is pinned. Each channel is asked once, however often the slow half is thought again, and only if it is the
 * guild's own: a channel's id in a guild's settings says nothing of whose it is.
 */
export function pinRoads(
  reader: PinReader | undefined,
  directory: Directory | undefined,
  log: Log,
): Pick<SlowLook, "pins" | "pinned"> {
  const seen = new Map<string, Promise<readonly MessageFacts[] | undefined>>();
  const read = (channelId: string): Promise<readonly MessageFacts[] | undefined> => {
    if (reader === undefined || directory?.channels[channelId] === undefined) return Promise.resolve(undefined);
    const found = seen.get(channelId) ?? patient(reader, channelId, log);
    seen.set(channelId, found);
    return found;
  };
  return {
    pins: async (channelId) =>
      (await read(channelId))?.map(({ messageId, author }) => ({
        ...{ messageId, authorId: author.userId },
        ...(author.bot === true && { bot: true as const }),
      })),
    pinned: async (channelId, messageId) => (await read(channelId))?.find((one) => one.messageId === messageId),
  };
}

/** Nobody waits for it: what cannot be had now is looked for another time. */
async function patient(reader: PinReader, channelId: string, log: Log): Promise<readonly MessageFacts[] | undefined> {
  try {
    return await reader.read(channelId, AbortSignal.timeout(PATIENCE_MS));
  } catch (error) {
    log.warn({ channel: channelId, ...errorFields(error) }, "what is pinned could not be read");
    return undefined;
  }
}
