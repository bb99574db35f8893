import { describe, expect, it } from "vitest";
import { createLedger } from "../../src/adapters/llm/index.ts";
import { createMemoryStore } from "../../src/adapters/memory/store/index.ts";
import { entry, message } from "../contracts/store.kit.ts";

const free = { callsPerMonth: -1, dollarsPerDay: -1, dollarsPerMonth: -1 };

describe("the books in memory", () => {
  const spent = {
    model: "openai:x",
    prompt: "a/b",
    at: Date.UTC(2026, 10, 20),
    tokensIn: 1,
    tokensOut: 1,
    microdollars: 5,
  };
  const answer = {
    ok: true,
    value: 1,
    model: "openai:x",
    receipt: { promptHash: "", milliseconds: 1, spent: [spent] },
  } as const;

  it("count what was booked before, what is under way, what is open, and what was committed: each once", async () => {
    const store = createMemoryStore();
    let at = Date.UTC(2026, 10, 20, 12);
    const lease = (await store.leases.take("shard", "me", at, 1e9))!;
    const commit = async (id: string) => {
      const booked = entry(message("g1", id, "hi", at), { house: [{ write: "spending.book", agent: "a", spent }] });
      await store.commit({ leases: [lease], entries: [booked], checkpoints: [] });
      return booked;
    };
    await commit("before");
    const ledger = createLedger({
      ...{ store, now: () => at },
      plan: { servers: -1, members: -1, callsPerMonth: -1 },
      budgetOf: async () => ({ ...free, callsPerMonth: 3 }),
    });
    expect(await ledger.reserve("g1")).toBeUndefined();
    expect(await ledger.reserve("g1")).toBeUndefined();
    expect(await ledger.reserve("g1")).toBe("budget.callsPerMonth");
    ledger.settle("g1", { ok: false, code: "llm.exhausted", why: "all-failed" });
    ledger.settle("g1", answer);
    expect(await ledger.reserve("g1")).toBeUndefined();
    expect(await ledger.reached("g1")).toBe("budget.callsPerMonth");
    ledger.settle("g1", answer);
    ledger.committed([await commit("one"), await commit("two")]);
    expect(await ledger.reserve("g1")).toBe("budget.callsPerMonth");
    expect(await ledger.reserve("g2")).toBeUndefined();
    at = Date.UTC(2026, 11, 1);
    expect(await ledger.reserve("g1")).toBeUndefined();
  });

  it("a plan counts all guilds of an organisation, and covers those that were there first", async () => {
    const known = ["o1 200", "o1 100", "o2 300"].map((line) => line.split(" "));
    const guilds = known.map(([organisationId, guildId]) => ({
      guildId: guildId!,
      organisationId: organisationId!,
      name: "",
    }));
    const store = { ...createMemoryStore(), guilds: async () => guilds };
    const plan = { servers: 1, members: -1, callsPerMonth: -1 };
    const ledger = createLedger({ store, now: () => Date.UTC(2026, 10, 20), plan, budgetOf: async () => free });
    expect(await ledger.reserve("100")).toBeUndefined();
    expect(await ledger.reserve("200")).toBe("plan.servers");
    expect(await ledger.reserve("300")).toBeUndefined();
  });
});
