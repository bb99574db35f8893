import type { Seal } from "#core";
import type { IntakeContext } from "../../src/adapters/discord/normalise/context.ts";

/** Readable in a failure, and still not the token itself. */
export const plainSeal: Seal = {
  seal: (plain, guildId) => `sealed(${guildId}):${Buffer.from(plain).toString("hex")}`,
  open: (sealed) => Buffer.from(sealed.slice(sealed.indexOf(":") + 1), "hex").toString(),
};

export const BOT = "900000000000000001";
export const GUILD = "900000000000000100";

export function intakeContext(changes: Partial<IntakeContext> = {}): IntakeContext {
  const orderOf = (marker: string) => (marker === "markerOfAnOrderOurs1" ? "order-1" : undefined);
  return { botUserId: BOT, receivedAt: 1_900_000_000_000, frameId: "session:7", seal: plainSeal, orderOf, ...changes };
}
