import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Log } from "#core";
import type { Settings } from "../config/index.ts";
import { lastLists, listFindings, openLists } from "./lists.ts";
import { createMetrics } from "./metrics.ts";

const NOW = 1_790_000_000_000;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const folder = mkdtempSync(join(tmpdir(), "guildhall-list-findings-"));
const from = join(folder, "phishing.txt");
const settings = { dataDirectory: folder } as Settings;
const sources = [{ name: "phishing", from, everyMs: 6 * HOUR, mostEntries: 100 }];
const nothing = (): void => undefined;
const log: Log = { debug: nothing, info: nothing, warn: nothing, error: nothing };

/** As a house would that read its lists at that moment; the copies it keeps are what is looked at afterwards. */
async function readAt(at: number) {
  const [metrics, clock] = [createMetrics(), { now: () => at }];
  const lists = openLists({ settings, policies: { lists: sources }, clock, log, metrics });
  await lists.open();
  await lists.refresh("phishing");
  return { lists, metrics, clock };
}

beforeAll(async () => {
  writeFileSync(from, "evil.example\nworse.example\n");
  await (await readAt(NOW)).lists.close();
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("what the doctor says of a list", () => {
  it.each([
    ["fresh", 0, "ok", "2 entries, read within the hour"],
    ["as old as two readings", 12 * HOUR, "ok", "2 entries, read 12 h ago"],
    ["older than that", 12 * HOUR + 1, "weaker", "2 entries, read 12 h ago"],
    ["a month old", 30 * DAY, "weaker", "2 entries, read 720 h ago"],
    ["older than a month", 30 * DAY + 1, "broken", "2 entries, read 720 h ago"],
  ])("%s", async (_name, age, state, what) => {
    const [finding] = await listFindings(settings, { lists: sources }, NOW + age);
    expect(finding).toMatchObject({ state, about: "list phishing", what });
  });

  it.each([
    ["never read", { name: "another" }],
    ["read from somewhere else before", { from: "https://lists.example/domains.txt" }],
  ])("%s", async (_name, change) => {
    const [finding] = await listFindings(settings, { lists: [{ ...sources[0]!, ...change }] }, NOW);
    expect(finding).toMatchObject({ state: "weaker", what: "was not read yet" });
  });
});

it("the metrics tell how many entries each list has, and how old it is", async () => {
  let now = NOW;
  const metrics = createMetrics();
  const lists = openLists({ settings, policies: { lists: sources }, clock: { now: () => now }, log, metrics });
  await lists.open();
  now += 90_000;
  const text = await metrics.text();
  expect(text).toContain('guildhall_list_entries{list="phishing"} 2');
  expect(text).toContain('guildhall_list_age_seconds{list="phishing"} 90');
  await lists.close();
});

it("without lists there are no such metrics, and looking back asks nobody", async () => {
  const metrics = createMetrics();
  openLists({ settings, policies: { lists: [] }, clock: { now: () => NOW }, log, metrics });
  expect(await metrics.text()).not.toContain("guildhall_list_");
  const looked = await lastLists({ settings, policies: { lists: sources } });
  expect(looked.listed("phishing", "login.evil.example")).toMatchObject({ entry: "evil.example" });
});
