import { createHmac, timingSafeEqual } from "node:crypto";

/** Why something signed is not what it says. */
export type Unsigned = "forged" | "expired";

export interface Signer {
  /** Good for one purpose, until that moment; can stand in an address as it is. */
  sign(facts: readonly (string | number)[], until: number): string;
  read(text: string, now: number): { readonly facts: readonly unknown[] } | { readonly wrong: Unsigned };
}

/**
 * What the house wrote and nobody else could: the facts for all to read, and an HMAC over them. The key is made of the house's
 * secret and the purpose, so that a link to one thing is never taken for a link to another.
 */
export function createSigner(secret: string, purpose: string): Signer {
  const key = createHmac("sha256", secret).update(`guildhall signs: ${purpose}`).digest();
  const mark = (body: string): string => createHmac("sha256", key).update(body).digest("base64url");
  return {
    sign(facts, until) {
      const body = Buffer.from(JSON.stringify([Math.floor(until / 1_000), ...facts])).toString("base64url");
      return `${body}.${mark(body)}`;
    },
    read(text, now) {
      const [body = "", given = "", ...rest] = text.split(".");
      if (rest.length > 0 || !isSame(given, mark(body))) return { wrong: "forged" };
      const [until, ...facts] = JSON.parse(Buffer.from(body, "base64url").toString()) as [number, ...unknown[]];
      return now < until * 1_000 ? { facts } : { wrong: "expired" };
    },
  };
}

function isSame(given: string, wanted: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(wanted)];
  return one.length === other.length && timingSafeEqual(one, other);
}
