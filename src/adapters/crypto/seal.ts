import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { GuildhallError, type Seal } from "#core";

const ALGORITHM = "aes-256-gcm";
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const FORMAT = "g1";

export interface SealKeys {
  /** The id of the key that new texts are sealed with; the others only open what was sealed before. */
  readonly current: string;
  /** By id: 32 bytes each. */
  readonly keys: Readonly<Record<string, Buffer>>;
}

/**
 * AES-256-GCM with the guild's id as associated data: what was sealed for one guild opens for no other, and a changed
 * character opens not at all. A sealed text reads `g1.<key id>.<nonce, ciphertext and tag in base64url>`.
 */
export function createSeal({ current, keys }: SealKeys): Seal {
  const sealing = keys[current];
  if (sealing === undefined) throw new GuildhallError("seal.key", `the current sealing key "${current}" is missing`);
  return {
    seal(plain, guildId) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv(ALGORITHM, sealing, nonce);
      cipher.setAAD(Buffer.from(guildId));
      const sealed = Buffer.concat([nonce, cipher.update(plain, "utf8"), cipher.final(), cipher.getAuthTag()]);
      return `${FORMAT}.${current}.${sealed.toString("base64url")}`;
    },
    open(sealed, guildId) {
      const { key, bytes } = taken(sealed, keys);
      try {
        return opened(bytes, key, guildId);
      } catch (cause) {
        const message = "a sealed text does not open: it was changed, or sealed for another guild or with another key";
        throw new GuildhallError("seal.broken", message, { cause });
      }
    },
  };
}

function taken(sealed: string, keys: SealKeys["keys"]): { key: Buffer; bytes: Buffer } {
  const [format, keyId, body, ...rest] = sealed.split(".");
  if (format !== FORMAT || keyId === undefined || body === undefined || rest.length > 0) {
    throw new GuildhallError("seal.format", "this is no sealed text");
  }
  const key = Object.hasOwn(keys, keyId) ? keys[keyId] : undefined;
  if (key === undefined) throw new GuildhallError("seal.key", `the sealing key "${keyId}" is missing`);
  const bytes = Buffer.from(body, "base64url");
  if (bytes.length < NONCE_BYTES + TAG_BYTES) throw new GuildhallError("seal.format", "a sealed text is cut short");
  return { key, bytes };
}

function opened(bytes: Buffer, key: Buffer, guildId: string): string {
  const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(guildId));
  decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
  const plain = decipher.update(bytes.subarray(NONCE_BYTES, bytes.length - TAG_BYTES));
  return Buffer.concat([plain, decipher.final()]).toString("utf8");
}
