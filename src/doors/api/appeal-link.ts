import { createSigner, type Unsigned } from "./signed.ts";

export const APPEAL_ROUTE = "/appeal/:link";
const DAY = 86_400_000;
export const LINK_DAYS = 30;

/** Which case of which guild a link is about, and whom it was made for. */
export interface AppealLink {
  readonly guildId: string;
  readonly number: number;
  readonly userId: string;
}

const signerOf = (secret: string) => createSigner(secret, "appeals");

/** The address of the page on which a member can object who takes no direct messages; whoever has it can open it. */
export function appealPath(secret: string, { guildId, number, userId }: AppealLink, now: number) {
  const until = now + LINK_DAYS * DAY;
  return { path: `/appeal/${signerOf(secret).sign([guildId, number, userId], until)}`, until };
}

export function readAppealLink(secret: string, link: string, now: number): AppealLink | { readonly wrong: Unsigned } {
  const read = signerOf(secret).read(link, now);
  if ("wrong" in read) return read;
  const [guildId, number, userId] = read.facts as [string, number, string];
  return { guildId, number, userId };
}
