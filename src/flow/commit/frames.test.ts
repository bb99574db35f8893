import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Frames } from "./frames.ts";

const at = (sequence: number, sessionId = "s1") => ({
  shardId: 0,
  shardCount: 1,
  intents: 1,
  sessionId,
  resumeUrl: "ws://127.0.0.1/",
  sequence,
});

describe("how far a session is through", () => {
  test("a frame without events moves the checkpoint by itself", () => {
    const frames = new Frames();
    frames.arrive(at(1), 0);
    frames.arrive(at(2), 0);
    expect(frames.checkpoints()).toMatchObject([{ sequence: 2 }]);
    expect(frames.checkpoints()).toEqual([]);
  });

  test("a later frame never passes an earlier one", () => {
    const frames = new Frames();
    const first = frames.arrive(at(1), 1);
    const second = frames.arrive(at(2), 2);
    frames.arrive(at(3), 0);
    frames.done(second, 0);
    frames.done(second, 0);
    expect(frames.checkpoints()).toEqual([]);
    frames.done(first, 0);
    expect(frames.checkpoints()).toMatchObject([{ sequence: 3 }]);
  });

  test("a new session is silent until the old one is drained", () => {
    const frames = new Frames();
    const old = frames.arrive(at(7), 1);
    frames.arrive(at(1, "s2"), 0);
    expect(frames.checkpoints()).toEqual([]);
    frames.done(old, 0);
    expect(frames.checkpoints()).toMatchObject([{ sessionId: "s2", sequence: 1 }]);
  });

  test("relief comes once what is uncommitted has fallen below the line", () => {
    const frames = new Frames();
    const waiting = [frames.arrive(at(1), 1), frames.arrive(at(2), 1)];
    let relieved = 0;
    frames.onRelief(0, 1, () => relieved++);
    frames.relieve();
    expect([frames.uncommitted(0), relieved]).toEqual([2, 0]);
    for (const frame of waiting) frames.done(frame, 0);
    expect(frames.uncommitted(0)).toBe(2);
    frames.relieve();
    expect([frames.uncommitted(0), relieved]).toEqual([0, 1]);
  });

  test("whatever the order events are done in, the checkpoint covers exactly the finished front", () => {
    const property = fc.property(
      fc.array(fc.nat(3), { minLength: 1, maxLength: 60 }),
      fc.infiniteStream(fc.nat()),
      (counts, picks) => {
        const frames = new Frames();
        const left = [...counts];
        const made = counts.map((count, index) => frames.arrive(at(index + 1), count));
        const open = counts.flatMap((count, index) => Array.from({ length: count }, () => index));
        let reached = 0;
        for (const checkpoint of frames.checkpoints()) reached = checkpoint.sequence;
        while (open.length > 0) {
          const [index] = open.splice(picks.next().value % open.length, 1);
          left[index!]!--;
          frames.done(made[index!]!, 0);
          for (const checkpoint of frames.checkpoints()) reached = checkpoint.sequence;
          const front = left.findIndex((count) => count > 0);
          expect(reached).toBe(front === -1 ? counts.length : front);
        }
      },
    );
    fc.assert(property, { numRuns: 200 });
  });
});
