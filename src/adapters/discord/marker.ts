import { createHash } from "node:crypto";

/** In a message's footer and in audit reasons: what leads from the thing on Discord back to the order that made it. */
const PREFIX = "gh:";
const LENGTH = 20;

/** Computable from the order's id alone, so it is found again after any crash. 20 characters fit a nonce's 25. */
export function markerOf(orderId: string): string {
  return createHash("sha256").update(orderId).digest("base64url").slice(0, LENGTH);
}

export function footerOf(orderId: string): string {
  return PREFIX + markerOf(orderId);
}

/** The marker of a message of ours, in whatever Discord sent of it. */
export function markerIn(message: unknown): string | undefined {
  const { embeds, nonce } = (message ?? {}) as { embeds?: unknown; nonce?: unknown };
  const first = Array.isArray(embeds) ? (embeds[0] as { footer?: { text?: unknown } } | null | undefined) : undefined;
  const footer = first?.footer?.text;
  if (typeof footer === "string" && footer.startsWith(PREFIX)) return footer.slice(PREFIX.length);
  const inComponents = lastText(message)?.match(/gh:([\w-]{20})$/)?.[1];
  if (inComponents !== undefined) return inComponents;
  return typeof nonce === "string" && nonce.length === LENGTH ? nonce : undefined;
}

/** A card is made of components alone: its marker is the last text of its container. */
function lastText(message: unknown): string | undefined {
  const { components } = (message ?? {}) as { components?: unknown };
  const container = (Array.isArray(components) ? components[0] : undefined) as { components?: unknown } | undefined;
  const inner = Array.isArray(container?.components) ? (container.components as { content?: unknown }[]) : [];
  return inner.flatMap(({ content }) => (typeof content === "string" ? [content] : [])).at(-1);
}

/** Discord keeps 512 characters of an audit reason; the marker at its end is never what gets cut. */
const LONGEST_REASON = 512;

export function auditReason(reason: string, orderId: string): string {
  const suffix = ` [${footerOf(orderId)}]`;
  const room = LONGEST_REASON - suffix.length;
  return (reason.length > room ? `${reason.slice(0, room - 1)}…` : reason) + suffix;
}

export function isReasonOf(reason: unknown, orderId: string): boolean {
  return typeof reason === "string" && reason.endsWith(`[${footerOf(orderId)}]`);
}

const MARKED = /\[gh:([\w-]{20})\]$/;

/** The marker of an audit reason of ours, in whoever's entry it stands. */
export function markerInReason(reason: string): string | undefined {
  return MARKED.exec(reason)?.[1];
}
