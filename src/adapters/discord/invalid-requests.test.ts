import { expect, it } from "vitest";
import { createInvalidRequests } from "./invalid-requests.ts";

function counter() {
  const lines: string[] = [];
  const counts: string[] = [];
  const line = (_fields: object, message: string) => void lines.push(message);
  const log = { debug: line, info: line, warn: line, error: line };
  const metrics = { count: (name: string) => void counts.push(name), observe: () => undefined };
  return { lines, counts, answered: createInvalidRequests({ log, metrics }) };
}

const times = (count: number, each: () => void) => Array.from({ length: count }).forEach(each);

it.each([
  ["a success", 200, null, 0],
  ["what is not there", 404, null, 0],
  ["the token", 401, null, 1],
  ["a permission", 403, null, 1],
  ["our own pace", 429, "user", 1],
  ["the pace of the whole bot", 429, "global", 1],
  ["the pace of others", 429, "shared", 0],
])("%s (%d, %s) counts %d", (_name, status, scope, expected) => {
  const { answered, counts } = counter();
  answered(status, scope, 0);
  expect(counts).toHaveLength(expected);
});

it("says so once in ten minutes, at one in a hundred of what Discord bans for", () => {
  const { answered, lines } = counter();
  times(99, () => answered(403, null, 1_000));
  expect(lines).toHaveLength(0);
  times(300, () => answered(403, null, 2_000));
  expect(lines).toHaveLength(1);
  times(300, () => answered(403, null, 601_500));
  expect(lines).toHaveLength(2);
});

it("starts anew after ten minutes", () => {
  const { answered, lines } = counter();
  times(99, () => answered(403, null, 0));
  times(99, () => answered(403, null, 600_000));
  expect(lines).toHaveLength(0);
});
