import { write, type Effect, type Look } from "#core";

/** So many are remembered until the moderators' log has told of them. */
const MOST_NEWS = 20;

/** Cases are being added to: whoever tells moderators of it finds here which. */
export function grew(numbers: readonly number[], at: number, look: Look): Effect {
  const before = look.record("caseNews", "latest")?.last ?? [];
  const value = { last: [...before, ...numbers.map((number) => ({ number, at }))].slice(-MOST_NEWS) };
  return write({ write: "record.put", record: "caseNews", key: "latest", value });
}
