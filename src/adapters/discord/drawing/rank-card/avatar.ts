import type { Avatar } from "#core";
import { readBytes } from "../../hands/reading.ts";

const CDN = "https://cdn.discordapp.com";
const SIZE = 256;
const MOST_BYTES = 1_000_000;
/** Whoever used the command waits, and there are initials. */
const PATIENCE_MS = 1_500;

/** Only ever Discord's own, or what stands in for it: the address is made here, of ids and a hash. */
export function avatarUrl({ userId, hash, guildId }: Avatar, apiUrl: string | undefined): string | undefined {
  if (!/^\d{1,20}$/.test(userId) || !/^(a_)?[0-9a-f]{1,64}$/.test(hash)) return undefined;
  if (guildId !== undefined && !/^\d{1,20}$/.test(guildId)) return undefined;
  const host = apiUrl === undefined ? CDN : new URL(apiUrl).origin;
  const path = guildId === undefined ? `avatars/${userId}` : `guilds/${guildId}/users/${userId}/avatars`;
  return `${host}/${path}/${hash}.png?size=${SIZE}`;
}

/** What the file holds; undefined where it cannot be had in time, for whatever reason. */
export async function fetchAvatar(
  avatar: Avatar,
  apiUrl: string | undefined,
  signal: AbortSignal,
): Promise<Buffer | undefined> {
  const url = avatarUrl(avatar, apiUrl);
  if (url === undefined) return undefined;
  try {
    const patience = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
    const response = await fetch(url, { signal: patience, redirect: "error" });
    return response.ok ? await readBytes(response, MOST_BYTES) : undefined;
  } catch {
    return undefined;
  }
}
