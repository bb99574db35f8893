import { GuildhallError } from "#core";

/** What arrived, before anybody has looked at it. Discord may leave out or add whatever it likes. */
export type Raw = Readonly<Record<string, unknown>>;

/** A frame lacks something it cannot do without. Caught where frames are counted; its text never leaves this room. */
export function malformed(field: string): GuildhallError {
  return new GuildhallError("malformed", `a gateway payload has no usable ${field}`);
}

export function asObject(value: unknown): Raw | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Raw) : undefined;
}

export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function asNumber(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

export function objectAt(data: Raw, field: string): Raw {
  return asObject(data[field]) ?? thrown(field);
}

/** A snowflake as a decimal string: at most twenty digits, as 64 bits allow. */
export function isId(value: unknown): value is string {
  if (typeof value !== "string" || value.length === 0 || value.length > 20) return false;
  for (let index = 0; index < value.length; index += 1) {
    const code = value.charCodeAt(index);
    if (code < 48 || code > 57) return false;
  }
  return true;
}

export function idAt(data: Raw, field: string): string {
  const value = data[field];
  return isId(value) ? value : thrown(field);
}

/** Absent and null are both "none"; anything else that is no id is an error. */
export function optionalIdAt(data: Raw, field: string): string | undefined {
  const value = data[field];
  return value === undefined || value === null ? undefined : idAt(data, field);
}

export function idsIn(value: unknown): readonly string[] {
  if (!Array.isArray(value)) return [];
  return value.every(isId) ? value : value.filter(isId);
}

/** Ids of a list of objects, such as `mentions`. */
export function idsOf(value: unknown): readonly string[] {
  if (!Array.isArray(value) || value.length === 0) return [];
  return value.map((entry) => asObject(entry)?.["id"]).filter(isId);
}

/** Milliseconds of an ISO time, where it is one. */
export function timeIn(value: unknown): number | undefined {
  if (typeof value !== "string") return undefined;
  const time = Date.parse(value);
  return Number.isNaN(time) ? undefined : time;
}

/** Permission bits travel as decimal strings; what is none grants nothing. */
export function bitsIn(value: unknown): string {
  return typeof value === "string" && /^\d{1,20}$/.test(value) ? value : "0";
}

function thrown(field: string): never {
  throw malformed(field);
}
