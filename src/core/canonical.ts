/**
 * JSON with sorted keys and without `undefined`: equal values give equal bytes, whatever order they were built in.
 * Decisions are stored and compared in this form, which is what makes "replays byte-identical" checkable. Written out here,
 * because `JSON.stringify` with a function that sorts takes more than twice as long.
 */
export function canonical(value: unknown): string {
  return written(value) ?? "null";
}

/** Undefined for what JSON leaves out. */
function written(value: unknown): string | undefined {
  switch (typeof value) {
    case "string":
      return quoted(value);
    case "number":
      return Number.isFinite(value) ? String(value) : "null";
    case "boolean":
      return value ? "true" : "false";
    case "object":
      return value === null ? "null" : writtenObject(value);
    case "bigint":
      throw new TypeError("JSON knows no bigint");
    default:
      return undefined;
  }
}

function writtenObject(value: object): string | undefined {
  if (Array.isArray(value)) return writtenList(value);
  if ("toJSON" in value && typeof value.toJSON === "function") return written(value.toJSON());
  const source = value as Readonly<Record<string, unknown>>;
  let json = "";
  for (const key of inOrder(Object.keys(source))) {
    const part = written(source[key]);
    if (part !== undefined) json += `${json === "" ? "" : ","}${quoted(key)}:${part}`;
  }
  return `{${json}}`;
}

/** Whole numbers come first and by their size, as in every object of the language; the rest by their letters. */
function inOrder(keys: string[]): readonly string[] {
  keys.sort();
  return keys.some(startsWithDigit) ? Object.keys(Object.fromEntries(keys.map((key) => [key, true]))) : keys;
}

function startsWithDigit(key: string): boolean {
  const unit = key.charCodeAt(0);
  return unit >= 48 && unit <= 57;
}

function writtenList(list: readonly unknown[]): string {
  let json = "";
  for (let index = 0; index < list.length; index++)
    json += `${index === 0 ? "" : ","}${written(list[index]) ?? "null"}`;
  return `[${json}]`;
}

/** Nearly everything is names, ids and plain words; the rest is left to those who know all of JSON's rules. */
const PLAIN = /^[ !#-[\]-~]*$/;

function quoted(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);
}
