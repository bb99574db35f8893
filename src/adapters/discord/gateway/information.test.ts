import { describe, expect, it } from "vitest";
import { completed, gatewayAddress } from "./information.ts";

describe("where the gateway is", () => {
  it.each([
    ["wss://gateway.discord.gg", "wss://gateway.discord.gg/"],
    ["ws://127.0.0.1:4001/line", "ws://127.0.0.1:4001/line"],
    ["ws://127.0.0.1:4001/?v=10&encoding=json", "ws://127.0.0.1:4001/"],
    ["https://gateway.example", undefined],
    ["nowhere", undefined],
    [undefined, undefined],
    [5, undefined],
  ])("%s is %s", (said, address) => expect(gatewayAddress(said)).toBe(address));
});

describe("what a server does not say", () => {
  const usual = { total: 1_000, remaining: 1_000, reset_after: 86_400_000, max_concurrency: 1 };

  it.each([
    ["nothing of limits or shards", {}, { shards: 1, session_start_limit: usual }],
    ["no sense at all", { shards: "many", session_start_limit: 7 }, { shards: 1, session_start_limit: usual }],
    [
      "some of it",
      { shards: 3, session_start_limit: { remaining: 0, max_concurrency: 16 } },
      { shards: 3, session_start_limit: { ...usual, remaining: 0, max_concurrency: 16 } },
    ],
  ])("%s", (_what, said, known) => {
    expect(completed({ url: "ws://door/", ...said })).toEqual({ url: "ws://door/", ...known });
  });
});
