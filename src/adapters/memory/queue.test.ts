import { describe, expect, it } from "vitest";
import { z } from "zod";
import { queueContract } from "../../../test/contracts/queue.contract.ts";
import { manualClock } from "./clock.ts";
import { silentLlm } from "./llm.ts";
import { memoryQueue } from "./queue.ts";

queueContract("memory", () => Promise.resolve(memoryQueue()));

describe("the other small twins", () => {
  it("a manual clock goes on only when told", () => {
    const clock = manualClock(1_000);
    expect([clock.now(), clock.now()]).toEqual([1_000, 1_000]);
    clock.advance(250);
    expect(clock.now()).toBe(1_250);
    clock.set(5_000);
    expect(clock.now()).toBe(5_000);
  });

  it("without a provider every question is answered at once, and with nothing", async () => {
    const question = { prompt: "moderation/tone", variables: {}, schema: z.boolean() };
    expect(
      await silentLlm.ask(question, { guildId: "80100000000000001", agent: "moderation", priority: "medium" }),
    ).toEqual({
      ok: false,
      code: "llm.exhausted",
      why: "no-provider",
    });
  });
});
