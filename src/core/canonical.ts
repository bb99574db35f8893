/**
 * JSON with sorted keys and without `undefined`: equal values give equal bytes, whatever order they were built in.
 * Decisions are stored and compared in this form, which is what makes "replays byte-identical" checkable.
 */
export function canonical(value: unknown): string {
  return JSON.stringify(value, sortKeys) ?? "null";
}

function sortKeys(_key: string, value: unknown): unknown {
  if (value === null || typeof value !== "object" || Array.isArray(value)) return value;
  const source = value as Record<string, unknown>;
  return Object.fromEntries(
    Object.keys(source)
      .sort()
      .map((key) => [key, source[key]]),
  );
}
