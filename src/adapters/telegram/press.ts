import { createHash, createHmac, timingSafeEqual } from "node:crypto";

const MAC_LENGTH = 10;
const DATA = /^ap:([\w-]{20}):([^:\s]{1,16}):([\w-]{10})$/;

/** Signs what buttons say: data that this house did not put there, or put in another chat, says nothing. */
export interface Presses {
  sign(approvalId: string, press: string, chatId: string): string;
  /** `chatIds`: every id the chat has had. */
  read(data: string, chatIds: readonly string[]): { readonly approvalId: string; readonly press: string } | undefined;
}

/** The key comes from the bot's token, which nobody else has, and outlives every restart. */
export function createPresses(token: string): Presses {
  const key = createHash("sha256").update(`guildhall callbacks ${token}`).digest();
  const macOf = (approvalId: string, press: string, chatId: string): string =>
    createHmac("sha256", key).update(`${approvalId}:${press}:${chatId}`).digest("base64url").slice(0, MAC_LENGTH);
  return {
    sign: (approvalId, press, chatId) => `ap:${approvalId}:${press}:${macOf(approvalId, press, chatId)}`,
    read(data, chatIds) {
      const [, approvalId, press, mac] = DATA.exec(data) ?? [];
      if (approvalId === undefined || press === undefined || mac === undefined) return undefined;
      const isOurs = chatIds.some((chatId) => isSame(mac, macOf(approvalId, press, chatId)));
      return isOurs ? { approvalId, press } : undefined;
    },
  };
}

function isSame(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}
