import { DiscordAPIError, HTTPError, RateLimitError } from "@discordjs/rest";
import { expect, it } from "vitest";
import { GuildhallError } from "#core";
import { outcomeOf } from "./outcome.ts";
import { RequestLost } from "./rest.ts";

const refusal = (status: number, code: number) =>
  new DiscordAPIError({ code, message: "No." }, code, status, "POST", "url", { files: undefined, body: undefined });
const limited = (retryAfter: number) =>
  new RateLimitError({
    ...{ timeToReset: retryAfter, retryAfter, limit: 5, sublimitTimeout: 0, scope: "shared", global: false },
    ...{ method: "POST", hash: "h", url: "u", route: "r", majorParameter: "1" },
  });
const connectionError = new Error("connect ECONNREFUSED");

it.each([
  ["held back", limited(1_250.4), { kind: "later", afterMs: 1_251 }],
  ["held back without a time", limited(Number.NaN), { kind: "later", afterMs: 1_000 }],
  ["forbidden", refusal(403, 50_013), { kind: "failed", code: "50013" }],
  ["not there", refusal(404, 10_008), { kind: "failed", code: "10008" }],
  ["a form with errors", refusal(400, 50_035), { kind: "failed", code: "50035" }],
  ["the token refused", refusal(401, 0), { kind: "later" }],
  ["a request that timed out over there", refusal(408, 0), { kind: "unknown" }],
  [
    "an error over there",
    new HTTPError(503, "", "POST", "url", { files: undefined, body: undefined }),
    { kind: "unknown" },
  ],
  ["nothing sent", new RequestLost(false, connectionError), { kind: "later" }],
  ["sent, no answer", new RequestLost(true, new Error("other side closed")), { kind: "unknown" }],
  ["refused by ourselves", new GuildhallError("expired", "too late"), { kind: "failed", code: "expired" }],
  ["anything else", new TypeError("x"), { kind: "unknown" }],
])("%s", (_name, error, expected) => {
  expect(outcomeOf(error)).toMatchObject(expected);
});
