import { afterEach, beforeEach, expect, it } from "vitest";
import { type Api, createApi } from "../../src/doors/api/index.ts";
import { createTestHouse, FILED_GUILD, type TestHouse, TOKEN } from "./kit/house.ts";
import { directory, GUILD } from "./kit/road.ts";

let house: TestHouse;
let api: Api;
let url: string;

beforeEach(async () => {
  house = await createTestHouse();
  api = createApi(house);
  ({ url } = await api.listen("127.0.0.1", 0));
});
afterEach(() => api.close());

async function ask(method: string, path: string, body?: unknown) {
  const headers = { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" };
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await fetch(`${url}/api/guilds/${path}`, { method, headers, ...sent });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

it("shows nothing chosen, then what was chosen, and every version of it", async () => {
  expect(await ask("GET", `${GUILD}/policy`)).toMatchObject({ body: { version: 0, document: "", keptIn: "store" } });
  expect(await ask("PUT", `${GUILD}/policy`, { document: "locale: de\n", basedOn: 0 })).toMatchObject({ status: 202 });
  await ask("PUT", `${GUILD}/policy`, { document: "locale: fr\n", basedOn: 1 });
  expect(await ask("GET", `${GUILD}/policy`)).toMatchObject({
    body: { version: 2, document: "locale: fr\n", by: "dashboard:owner" },
  });
  const { body } = await ask("GET", `${GUILD}/policy/history`);
  expect(body).toMatchObject({ versions: [{ document: "locale: fr\n" }, { document: "locale: de\n" }] });
});

it("refuses wrong choices by line and column, and those based on what is no more", async () => {
  expect(await ask("PUT", `${GUILD}/policy`, { document: "wrong: 1", basedOn: 0 })).toMatchObject({
    status: 400,
    body: { code: "configuration", detail: "policy:1:1 expected anything else" },
  });
  await ask("PUT", `${GUILD}/policy`, { document: "locale: de\n", basedOn: 0 });
  expect(await ask("PUT", `${GUILD}/policy`, { document: "locale: fr\n", basedOn: 0 })).toMatchObject({
    status: 409,
    body: { code: "outdated" },
  });
  expect(await house.store.guild(GUILD).policies(9)).toHaveLength(1);
});

it("asks first where a rule would have hit many of the last day's messages", async () => {
  const strict = { document: "strict: true\n", basedOn: 0 };
  const refused = await ask("PUT", `${GUILD}/policy`, strict);
  expect(refused).toMatchObject({ status: 409, body: { code: "hits-many" } });
  expect(refused.body["detail"]).toContain("porter/knock would have hit 4 of 40 messages of the last day (10.0 %)");
  expect(await house.store.guild(GUILD).policies(9)).toEqual([]);
  expect(await ask("PUT", `${GUILD}/policy`, { ...strict, confirmed: true })).toMatchObject({ status: 202 });
});

it("offers what a guild may start from", async () => {
  const { body } = await ask("GET", "../policy/presets");
  expect(body).toEqual({
    presets: [{ name: "quiet", title: { en: "Quiet", de: "Ruhig" }, about: "For those who whisper." }],
  });
});

it("leaves a guild whose choices are kept in a file to that file", async () => {
  const event = { id: "kit:filed", guildId: FILED_GUILD, at: house.clock.now(), kind: "guild.available" } as const;
  const filed = { ...directory, guildId: FILED_GUILD };
  await house.road.commit({
    event: { ...event, directory: filed },
    house: [{ write: "directory.put", directory: filed }],
  });
  expect(await ask("GET", `${FILED_GUILD}/policy`)).toMatchObject({ body: { keptIn: "file" } });
  expect(await ask("PUT", `${FILED_GUILD}/policy`, { document: "locale: de\n", basedOn: 0 })).toMatchObject({
    status: 409,
    body: { code: "kept-in-a-file" },
  });
});

it("rehearses choices on what happened, and keeps nothing", async () => {
  const range = { from: 0, to: Number.MAX_SAFE_INTEGER };
  const rehearsed = await ask("POST", `${GUILD}/policy/rehearsal`, { document: "locale: de\n", ...range });
  expect(rehearsed).toMatchObject({
    status: 200,
    body: { events: 1, messages: 40, hits: [], heavy: [], rulings: [], examples: [] },
  });
  const strict = await ask("POST", `${GUILD}/policy/rehearsal`, { document: "strict: true", ...range });
  expect(strict.body["heavy"]).toEqual([{ agent: "porter", rule: "knock", messages: 4, share: 0.1 }]);
  expect(await ask("POST", `${GUILD}/policy/rehearsal`, { document: "", from: 5, to: 5 })).toMatchObject({
    status: 400,
  });
  expect(await ask("POST", `${GUILD}/policy/rehearsal`, { document: "wrong", ...range })).toMatchObject({
    status: 400,
  });
  expect(await house.store.guild(GUILD).policies(9)).toEqual([]);
});
