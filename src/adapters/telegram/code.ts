import { createHash, randomBytes } from "node:crypto";

/** A code is good for so long, and once. */
export const CODE_LIVES_MS = 15 * 60_000;

const LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const CODE = /^([0-9a-z]{1,14})-([A-Z2-9]{10})$/i;

/** Says for which guild it is, so that a chat nobody knows yet finds it: `5yc1z7ep2gqo-K7F2QX9AHB`. */
export function makeCode(guildId: string): string {
  const secret = [...randomBytes(10)].map((byte) => LETTERS[byte % LETTERS.length]).join("");
  return `${BigInt(guildId).toString(36)}-${secret}`;
}

/** What is stored and journaled of it. */
export function hashOfCode(code: string): string {
  return createHash("sha256").update(code.trim().toUpperCase()).digest("base64url").slice(0, 24);
}

export function guildOfCode(code: string): string | undefined {
  const digits = CODE.exec(code.trim())?.[1];
  if (digits === undefined) return undefined;
  return [...digits.toLowerCase()].reduce((sum, digit) => sum * 36n + BigInt(parseInt(digit, 36)), 0n).toString();
}
