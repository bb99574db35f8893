import { afterAll, beforeAll, expect, it } from "vitest";
import { type Api, createApi } from "../../src/doors/api/index.ts";
import { createTestHouse, TOKEN } from "./kit/house.ts";
import { GUILD } from "./kit/road.ts";
import { opened, STAFF } from "./kit/tickets.ts";

let api: Api;
let url: string;
beforeAll(async () => {
  const house = await createTestHouse();
  await opened(house, house.clock.now() - 3_600_000);
  api = createApi(house);
  ({ url } = await api.listen("127.0.0.1", 0));
});
afterAll(() => api.close());

const ask = (path: string, token = TOKEN) =>
  fetch(`${url}/api/guilds/${path}`, { headers: { authorization: `Bearer ${token}` } });

it("counts what was opened, by type and by staff, for the stretch that is asked for", async () => {
  const answer = await ask(`${GUILD}/tickets/stats?days=7`);
  expect(answer.status).toBe(200);
  const stats = (await answer.json()) as { days: unknown[] };
  expect(stats).toMatchObject({
    all: { opened: 1, closed: 1, answerKept: { kept: 1, of: 1 }, ratings: { count: 1, mean: 4 } },
    types: [{ typeId: "help", opened: 1 }],
    staff: [{ userId: STAFF, firstAnswer: { count: 1, median: 300_000, p95: 300_000 } }],
  });
  expect(stats.days.length).toBeGreaterThanOrEqual(7);
});

it.each([
  [`${GUILD}/tickets/stats?days=0`, TOKEN, 400],
  [`${GUILD}/tickets/stats?days=x`, TOKEN, 400],
  [`${GUILD}/tickets/stats`, "wrong", 401],
  ["900000000000000009/tickets/stats", TOKEN, 404],
])("answers %s with %s by %i", async (path, token, status) => {
  expect((await ask(path, token)).status).toBe(status);
});
