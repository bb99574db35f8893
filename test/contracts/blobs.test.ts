import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createSeal } from "../../src/adapters/crypto/index.ts";
import { createDiskBlobs } from "../../src/adapters/disk/index.ts";
import { createMemoryBlobs } from "../../src/adapters/memory/blobs.ts";
import { manualClock } from "../../src/adapters/memory/clock.ts";
import { blobsContract } from "./blobs.contract.ts";

const seal = createSeal({ current: "test", keys: { test: randomBytes(32) } });

blobsContract("memory", async (clock) => ({ blobs: createMemoryBlobs(clock), close: () => Promise.resolve() }));
blobsContract("a folder", async (clock) => {
  const folder = mkdtempSync(join(tmpdir(), "guildhall-blobs-"));
  return {
    blobs: createDiskBlobs({ folder: join(folder, "blobs"), seal, clock }),
    close: async () => rmSync(folder, { recursive: true }),
  };
});

const clock = manualClock(1_000);
const said = { contentType: "text/plain", bytes: new TextEncoder().encode("a secret word"), expiresAt: 2_000 };

it("lies in its folder and nowhere else, sealed, for its owner's eyes only", async () => {
  const outer = mkdtempSync(join(tmpdir(), "guildhall-blobs-"));
  const folder = join(outer, "blobs");
  const blobs = createDiskBlobs({ folder, seal, clock });
  await blobs.guild("801").put({ ...said, key: "../../escaped", userIds: ["5012345"] });
  expect(readdirSync(outer)).toEqual(["blobs"]);
  const [name, ...others] = readdirSync(join(folder, "801"));
  expect(others).toEqual([]);
  const path = join(folder, "801", name!);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(readFileSync(path, "utf8")).not.toMatch(/secret|escaped|5012345/);
  expect(() => blobs.guild("../801")).toThrow(/no guild's id/);
  rmSync(outer, { recursive: true });
});

it("another guild's file opens for nobody, and drafts that nobody finished are swept away", async () => {
  const folder = mkdtempSync(join(tmpdir(), "guildhall-blobs-"));
  const blobs = createDiskBlobs({ folder, seal, clock: { now: () => 1_000 } });
  await blobs.guild("801").put({ ...said, key: "a", userIds: [] });
  await blobs.guild("802").put({ ...said, key: "b", userIds: [] });
  const [mine] = readdirSync(join(folder, "801"));
  writeFileSync(join(folder, "802", mine!), readFileSync(join(folder, "801", mine!)));
  await expect(blobs.guild("802").get("a")).rejects.toThrow(/does not open/);

  const drafts = ["old.blob.1.ab", "new.blob.1.cd"].map((name) => join(folder, "801", name));
  for (const draft of drafts) writeFileSync(draft, "half");
  utimesSync(drafts[0]!, new Date(-3_600_000), new Date(-3_600_000));
  utimesSync(drafts[1]!, new Date(500), new Date(500));
  expect(await blobs.sweep()).toBe(1);
  expect(readdirSync(join(folder, "801")).sort()).toEqual([mine, "new.blob.1.cd"].sort());
  rmSync(folder, { recursive: true });
});
