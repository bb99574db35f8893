import { getEventListeners } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createRest, type Rest } from "./rest.ts";

const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const metrics = { count: () => undefined, observe: () => undefined };
const server = createServer((_request, response) => void response.writeHead(204).end());
let rest: Rest;

beforeEach(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`;
  rest = createRest({ token: "t", apiUrl, log: quiet, metrics });
});
afterEach(async () => {
  rest.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const call = (signal: AbortSignal) => rest.call({ method: "PUT", route: "/channels/1/pins/2", signal });

it("keeps nothing of a request that is over", async () => {
  const { signal } = new AbortController();
  for (let count = 1; count <= 5; count += 1) await call(signal);
  expect(getEventListeners(rest.closing, "abort")).toHaveLength(0);
  expect(getEventListeners(signal, "abort")).toHaveLength(0);
});

it.each([
  ["a signal that has gone", () => AbortSignal.abort()],
  [
    "a house that has closed",
    () => {
      rest.close();
      return new AbortController().signal;
    },
  ],
])("sends nothing for %s", async (_what, before) => {
  const signal = before();
  await expect(call(signal)).rejects.toMatchObject({ name: "RequestLost" });
});

it("keeps a hand waiting for the bot's own pace instead of sending it back", async () => {
  const { signal } = new AbortController();
  const calls = Array.from({ length: 60 }, (_, index) =>
    rest.call({ method: "PUT", route: `/channels/${index + 1}/pins/2`, signal }),
  );
  await expect(Promise.all(calls)).resolves.toHaveLength(60);
});
