import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { FaultKind } from "../../src/simulator/index.ts";
import { openHouse, until, type House } from "./house.ts";
import { asker, type Ask } from "./rest-client.ts";

let house: House;
let ask: Ask;
beforeEach(async () => {
  house = await openHouse();
  ask = asker(house.simulator);
});
afterEach(async () => {
  await house.simulator.close();
  expect(house.control.failures()).toEqual([]);
});

const path = () => `/channels/${house.channelId("porch")}/messages`;
const send = () => ask("POST", path(), { content: "hello" });
const written = () => house.control.messages(house.channelId("porch")).length;

describe("a fault", () => {
  const answered: { kind: FaultKind; status: number; body: object; headers: Record<string, string> }[] = [
    {
      kind: "429",
      status: 429,
      body: { retry_after: 0.25, global: false },
      headers: { "x-ratelimit-scope": "shared" },
    },
    {
      kind: "global-429",
      status: 429,
      body: { retry_after: 0.25, global: true },
      headers: { "x-ratelimit-global": "true" },
    },
    { kind: "500", status: 500, body: { code: 0 }, headers: {} },
    { kind: "502", status: 502, body: { code: 0 }, headers: {} },
  ];
  it.each(answered)(
    "$kind answers $status and changes nothing, as often as it was told to",
    async ({ kind, status, body, headers }) => {
      house.control.fault({ kind, times: 2, ms: 250, match: { method: "POST", route: /messages$/ } });
      for (let attempt = 0; attempt < 2; attempt += 1) {
        const answer = await send();
        expect(answer).toMatchObject({ status, body });
        for (const [name, value] of Object.entries(headers)) expect(answer.headers.get(name)).toBe(value);
      }
      expect(written()).toBe(0);
      expect((await send()).status).toBe(200);
    },
  );

  it.each([
    { kind: "cut-before", after: 0 },
    { kind: "cut-after", after: 1 },
  ] as const)("$kind gives no answer and leaves $after message", async ({ kind, after }) => {
    house.control.fault({ kind });
    await expect(send()).rejects.toThrow();
    expect(written()).toBe(after);
    expect(house.control.requests().map((one) => one.status)).toEqual([0]);
  });

  it("late gives no answer and makes the change when the client has gone", async () => {
    house.control.fault({ kind: "late", ms: 60 });
    const impatient = new AbortController();
    house.control.onRequest(() => setTimeout(() => impatient.abort(), 20));
    const aborted = fetch(`${house.simulator.apiUrl}/v10${path()}`, {
      method: "POST",
      headers: { authorization: `Bot ${house.simulator.token}`, "content-type": "application/json" },
      body: JSON.stringify({ content: "hello" }),
      signal: impatient.signal,
    });
    await expect(aborted).rejects.toThrow();
    expect(written()).toBe(0);
    await until("the change", () => written() === 1);
  });

  it("slow takes its time and then does what was asked", async () => {
    house.control.fault({ kind: "slow", ms: 50 });
    const startedAt = performance.now();
    expect((await send()).status).toBe(200);
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(49);
  });

  it("hits only what it matches", async () => {
    house.control.fault({ kind: "500", match: { method: "DELETE", route: "/channels/:channelId/messages" } });
    expect((await send()).status).toBe(200);
    house.control.clearFaults();
    const id = house.control.messages(house.channelId("porch"))[0]?.id ?? "";
    expect((await ask("DELETE", `${path()}/${id}`)).status).toBe(204);
  });
});

describe("rate limits", () => {
  it("tell a bucket in headers and refuse the sixth message", async () => {
    const answers = [];
    for (let index = 0; index < 6; index += 1) answers.push(await send());
    expect(answers.map((one) => one.status)).toEqual([200, 200, 200, 200, 200, 429]);
    expect(answers.map((one) => one.headers.get("x-ratelimit-remaining"))).toEqual(["4", "3", "2", "1", "0", "0"]);
    const last = answers[5];
    expect(last?.body).toMatchObject({ global: false, message: "You are being rate limited." });
    expect(Number(last?.headers.get("x-ratelimit-reset-after"))).toBeCloseTo(Number(last?.body["retry_after"]), 3);
    expect(last?.headers.get("x-ratelimit-scope")).toBe("user");
    expect(answers[0]?.headers.get("x-ratelimit-bucket")).toBe(last?.headers.get("x-ratelimit-bucket"));
  });

  it("are counted per channel", async () => {
    for (let index = 0; index < 5; index += 1) await send();
    expect((await ask("POST", `/channels/${house.channelId("attic")}/messages`, { content: "other" })).status).toBe(
      200,
    );
    expect((await send()).status).toBe(429);
  });

  it("allow fifty requests a second over all routes, answers to interactions aside", async () => {
    const routes = Array.from({ length: 120 }, (_, index) => `/channels/${1_000_000 + index}`);
    const answers = await Promise.all(routes.map((route) => ask("GET", route)));
    const refused = answers.filter((one) => one.status === 429);
    // 120 at once fall into two seconds at most.
    expect(refused.length).toBeGreaterThanOrEqual(20);
    expect(
      refused.every((one) => one.body["global"] === true && one.headers.get("x-ratelimit-global") === "true"),
    ).toBe(true);
    expect((await ask("POST", "/interactions/99999999/token/callback", { type: 5 })).body.code).toBe(10062);
  });
});
