import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Blobs } from "#core";
import { manualClock, type ManualClock } from "../../src/adapters/memory/clock.ts";

const START = 1_790_000_000_000;
const HOUR = 3_600_000;

export interface OpenBlobs {
  readonly blobs: Blobs;
  close(): Promise<void>;
}

/** What every twin of `Blobs` promises. */
export function blobsContract(name: string, open: (clock: ManualClock) => Promise<OpenBlobs>): void {
  describe(`Blobs: ${name}`, () => {
    let clock: ManualClock;
    let opened: OpenBlobs;
    let blobs: Blobs;
    beforeEach(async () => {
      clock = manualClock(START);
      opened = await open(clock);
      blobs = opened.blobs;
    });
    afterEach(() => opened.close());

    const blob = (key: string, text: string | Uint8Array, userIds: readonly string[] = []) => ({
      ...{ key, contentType: "text/plain", expiresAt: START + HOUR, userIds },
      bytes: typeof text === "string" ? new TextEncoder().encode(text) : text,
    });

    it.each<readonly [string, Uint8Array]>([
      ["nothing at all", new Uint8Array()],
      ["text", new TextEncoder().encode("Grüße,\n\u{1f98a}\n")],
      ["bytes that are no text", Uint8Array.from([0xff, 0x00, 0x0a, 0xfe, 0x80])],
    ])("gives back %s as it was put", async (_what, bytes) => {
      const guild = blobs.guild("801");
      await guild.put(blob("a", bytes, ["50"]));
      const facts = {
        ...{ key: "a", contentType: "text/plain", size: bytes.length, at: START, expiresAt: START + HOUR },
        userIds: ["50"],
      };
      expect(await guild.stat("a")).toEqual(facts);
      const { bytes: given, ...rest } = (await guild.get("a"))!;
      expect([...given]).toEqual([...bytes]);
      expect(rest).toEqual(facts);
    });

    it.each(["a/b", "../../etc/passwd", "/etc/passwd", "..", "", "a\u0000b", "x".repeat(5_000), "CON"])(
      "takes any key for a key and nothing else: %j",
      async (key) => {
        const guild = blobs.guild("801");
        await guild.put(blob(key, "mine"));
        await guild.put(blob(`${key}.`, "other"));
        expect(new TextDecoder().decode((await guild.get(key))!.bytes)).toBe("mine");
        expect(await guild.delete(key)).toBe(true);
        expect(await guild.get(key)).toBeUndefined();
        expect(await guild.delete(key)).toBe(false);
        expect(await guild.stat(`${key}.`)).toBeDefined();
      },
    );

    it("knows a blob in its own guild only", async () => {
      await blobs.guild("801").put(blob("a", "mine", ["50"]));
      const other = blobs.guild("802");
      expect(await other.get("a")).toBeUndefined();
      expect(await other.stat("a")).toBeUndefined();
      expect(await other.about("50")).toEqual([]);
      expect(await other.delete("a")).toBe(false);
      expect(await blobs.guild("801").stat("a")).toBeDefined();
    });

    it("puts the later one in the place of the earlier", async () => {
      const guild = blobs.guild("801");
      await guild.put(blob("a", "before", ["50"]));
      await guild.put(blob("a", "after", ["51"]));
      expect(new TextDecoder().decode((await guild.get("a"))!.bytes)).toBe("after");
      expect(await guild.about("50")).toEqual([]);
      expect((await guild.about("51")).map(({ key }) => key)).toEqual(["a"]);
    });

    it("has nothing any more once its time is over, and sweeps that away", async () => {
      const guild = blobs.guild("801");
      await guild.put(blob("short", "a", ["50"]));
      await guild.put({ ...blob("long", "b", ["50"]), expiresAt: START + 2 * HOUR });
      clock.set(START + HOUR - 1);
      expect(await guild.stat("short")).toBeDefined();
      clock.set(START + HOUR);
      expect(await guild.get("short")).toBeUndefined();
      expect(await guild.stat("short")).toBeUndefined();
      expect((await guild.about("50")).map(({ key }) => key)).toEqual(["long"]);
      expect(await blobs.sweep()).toBe(1);
      expect(await blobs.sweep()).toBe(0);
      expect(await guild.stat("long")).toBeDefined();
    });
  });
}
