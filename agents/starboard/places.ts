import { Permission, type Channel, type Look } from "#core";
import type { Config } from "./config.ts";

const THREADS: readonly number[] = [10, 11, 12];
const PRIVATE_THREAD = 12;

/** Whether what is said there may be shown on the board. Of a channel nobody knows, nobody knows who may see it. */
export function isShownFrom(channelId: string, guildId: string, look: Look, config: Config): boolean {
  const channel = look.channel(channelId);
  if (channel === undefined || channelId === config.channelId) return false;
  const parent = channel.parentId === undefined ? undefined : look.channel(channel.parentId);
  const around = THREADS.includes(channel.type) ? parent : channel;
  if (around === undefined) return false;
  const category = around.parentId;
  const ids = [channelId, around.id, ...(category === undefined ? [] : [category])];
  if (ids.some((id) => config.exceptChannelIds.includes(id))) return false;
  if (around.nsfw === true) return false;
  return config.privateChannels || (channel.type !== PRIVATE_THREAD && isOpen(around, guildId, look));
}

/** Everybody sees it: the role with the guild's own id is everybody's. */
function isOpen({ overwrites }: Channel, guildId: string, look: Look): boolean {
  const own = overwrites.find(({ id }) => id === guildId);
  const [allow, deny] = [BigInt(own?.allow ?? "0"), BigInt(own?.deny ?? "0")];
  const base = BigInt(look.role(guildId)?.permissions ?? "0");
  return (((base & ~deny) | allow) & Permission.VIEW_CHANNEL) !== 0n;
}

/** Joined by nothing one sees: some clients send an emoji with the sign that asks for its colours, some without. */
const VARIATION = /\u{fe0f}/gu;

/** A guild's own emoji is known by its id: its name can be changed. */
export function isSameEmoji(one: string, other: string): boolean {
  return bare(one) === bare(other);
}

function bare(emoji: string): string {
  return ownId(emoji) ?? emoji.replace(VARIATION, "");
}

/** `owl:77`, or as it is written in a message: `<:owl:77>`, `<a:owl:77>`. */
function ownId(emoji: string): string | undefined {
  return /^(?:<a?:)?\w*:(\d+)>?$/.exec(emoji)?.[1];
}

/** As a message shows it. */
export function shownEmoji(emoji: string): string {
  return /^\w+:\d+$/.test(emoji) ? `<:${emoji}>` : emoji;
}
