import { errorFields, type Words } from "#core";
import { fetchAvatar } from "../drawing/rank-card/avatar.ts";
import { drawRankCard } from "../drawing/rank-card/draw.ts";
import type { SentFile } from "../rest.ts";
import type { Reach } from "./hand.ts";

/** The card that goes along with the words. One that cannot be drawn is none: the words say the same. */
export async function cardFor(
  { rankCard }: Words,
  { apiUrl, log }: Reach,
  signal: AbortSignal,
): Promise<SentFile | undefined> {
  if (rankCard === undefined) return undefined;
  const { avatar, alt } = rankCard;
  const picture = avatar === undefined ? undefined : await fetchAvatar(avatar, apiUrl, signal);
  try {
    const data = await drawRankCard(rankCard, picture);
    return { name: "rank.png", contentType: "image/png", data, about: alt };
  } catch (error) {
    log.warn(errorFields(error), "a card could not be drawn, and was told in words");
    return undefined;
  }
}
