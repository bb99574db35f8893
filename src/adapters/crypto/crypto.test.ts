import { randomBytes } from "node:crypto";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createSeal, loadOrCreateKeys } from "./index.ts";

const keys = { current: "b", keys: { a: randomBytes(32), b: randomBytes(32) } };
const seal = createSeal(keys);

describe("a sealed text", () => {
  test.each(["", "hello", "Grüße 🦊 \u0000 end", "x".repeat(5000)])("opens again: %j", (plain) => {
    const sealed = seal.seal(plain, "guild-1");
    expect(seal.open(sealed, "guild-1")).toBe(plain);
    expect(sealed).toMatch(/^g1\.b\.[\w-]+$/);
  });

  test("never looks the same twice", () => {
    expect(seal.seal("hello", "guild-1")).not.toBe(seal.seal("hello", "guild-1"));
  });

  test("opens with the key it names, also after the current key has changed", () => {
    const old = createSeal({ ...keys, current: "a" }).seal("hello", "guild-1");
    expect(seal.open(old, "guild-1")).toBe("hello");
  });

  test("does not open for another guild", () => {
    expect(() => seal.open(seal.seal("hello", "guild-1"), "guild-2")).toThrow(/does not open/);
  });

  test("does not open with another key of the same name", () => {
    const other = createSeal({ current: "b", keys: { b: randomBytes(32) } });
    expect(() => other.open(seal.seal("hello", "guild-1"), "guild-1")).toThrow(/does not open/);
  });

  test("says which key is missing", () => {
    const other = createSeal({ current: "c", keys: { c: randomBytes(32) } });
    expect(() => other.open(seal.seal("hello", "guild-1"), "guild-1")).toThrow(/"b" is missing/);
  });

  test("does not open once any one byte was changed", () => {
    const sealed = seal.seal("hello", "guild-1");
    const bytes = Buffer.from(sealed.slice(5), "base64url");
    for (let index = 0; index < bytes.length; index += 1) {
      const changed = Buffer.from(bytes);
      changed[index]! ^= 1;
      expect(() => seal.open(`g1.b.${changed.toString("base64url")}`, "guild-1")).toThrow(/does not open/);
    }
  });

  test.each(["", "hello", "g1.b", "g1.b.", "g1.b.AAAA", "g2.b.AAAA", "g1.b.AAAA.AAAA", "g1.constructor.AAAA"])(
    "is told from what is none: %j",
    (text) => expect(() => seal.open(text, "guild-1")).toThrow(expect.objectContaining({ name: "GuildhallError" })),
  );
});

describe("keys", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "guildhall-keys-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  test("are made once, and only their owner may read them", async () => {
    const dataDir = join(folder, "data");
    const first = await loadOrCreateKeys(dataDir);
    const second = await loadOrCreateKeys(dataDir);
    expect(second).toEqual(first);
    expect((await stat(join(dataDir, "seal-keys.json"))).mode & 0o777).toBe(0o600);
  });

  test("are the same for all who start at once", async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => loadOrCreateKeys(folder)));
    expect(new Set(all.map((one) => one.current)).size).toBe(1);
  });

  test("from the environment lead, those of the file still open", async () => {
    const before = await loadOrCreateKeys(folder);
    const sealed = createSeal(before).seal("hello", "guild-1");
    const given = randomBytes(32);
    const after = await loadOrCreateKeys(folder, { fromEnvironment: given.toString("base64") });
    expect(after.current).not.toBe(before.current);
    expect(createSeal(after).open(sealed, "guild-1")).toBe("hello");
    expect((await loadOrCreateKeys(folder, { fromEnvironment: given.toString("hex") })).current).toBe(after.current);
  });

  test.each([
    ["a short key", "abc", /GUILDHALL_SEAL_KEY: a sealing key is 32 bytes/],
    ["no key at all", "not a key", /GUILDHALL_SEAL_KEY: a sealing key is 32 bytes/],
  ])("%s in the environment is named, never shown", async (_name, given, message) => {
    const failure = loadOrCreateKeys(folder, { fromEnvironment: given });
    await expect(failure).rejects.toThrow(message);
    await expect(failure).rejects.not.toThrow(new RegExp(`${given}$`));
  });

  test("in a damaged file are not made anew", async () => {
    await writeFile(join(folder, "seal-keys.json"), "{");
    await expect(loadOrCreateKeys(folder)).rejects.toThrow(/damaged/);
  });
});
