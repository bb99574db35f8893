/** What stands where a member's id, name or words stood. Not a pseudonym: nobody can tell one erased member from another. */
export const ERASED = "erased";

/** Fields that hold what people said or were told, wherever they lie. Names are erased beside the id they belong to. */
const WORDS = new Set([
  "text",
  "title",
  "notice",
  "why",
  "because",
  "note",
  "reason",
  "nickname",
  "document",
  "excerpt",
  "content",
  "asks",
]);
const IDS = ["userId", "byUserId", "ownerId", "authorId", "id"] as const;

/**
 * A stored value without a member: their id anywhere in it, their names beside it and, where the value is about them, every
 * word in it. Keys and numbers stay, so that what is left still reads as what it was.
 */
export function withoutMember(value: unknown, userId: string, isAboutThem: boolean): unknown {
  if (typeof value === "string") return value.replaceAll(userId, ERASED);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => withoutMember(one, userId, isAboutThem));
  const isThem = IDS.some((name) => (value as Readonly<Record<string, unknown>>)[name] === userId);
  const entries = Object.entries(value).map(([key, inner]): [string, unknown] => {
    const isTheirs = (isThem && /name$/i.test(key)) || (isAboutThem && (WORDS.has(key) || /name$/i.test(key)));
    if (isTheirs && typeof inner === "string") return [key, ERASED];
    if (isTheirs && Array.isArray(inner)) return [key, inner.map(() => ERASED)];
    return [key.replaceAll(userId, ERASED), withoutMember(inner, userId, isAboutThem || isThem)];
  });
  return Object.fromEntries(entries);
}

/** How many rows of each kind were erased or changed; `underWay` still wait to be done and were left. */
export interface ErasureReceipt {
  readonly events: number;
  readonly bodies: number;
  readonly decisions: number;
  readonly orders: number;
  readonly approvals: number;
  readonly cases: number;
  readonly records: number;
  readonly totals: number;
  readonly timers: number;
  /** What the house answered from: their own words are gone, where others speak of them their id is. */
  readonly passages: number;
  readonly underWay: number;
}
