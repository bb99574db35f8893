import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import pg from "pg";
import { afterEach, expect, it } from "vitest";
import { createSeal, loadOrCreateKeys } from "../../src/adapters/crypto/index.ts";
import { ownServerPlace, readConnection } from "../../src/adapters/postgres/engine/own-server-place.ts";
import { modelsHouse } from "./kit/models-house.ts";

/** Keys of every provider, each of which would be known again wherever it turned up. */
const KEYS = {
  ANTHROPIC_API_KEY: "sk-ant-canary-1f6e0b",
  OPENAI_API_KEY: "sk-canary-92ac44",
  GEMINI_API_KEY: "AIzaCanary7d20e8",
  LANGSMITH_API_KEY: "lsv2-canary-5510aa",
};
/** Words only a member said: they belong to the provider that is asked, and into no log. */
const SAID = "marzipan-lighthouse";

const after: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of after.splice(0).reverse()) await close();
});

type Answer = { readonly status: number; readonly body: string } | "cut";

/** A server that sees everything it is asked. */
async function listening(answer: (request: IncomingMessage, nth: number) => Answer) {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      const nth = seen.push(JSON.stringify([request.url, request.headers])) - 1;
      const said = answer(request, nth);
      if (said === "cut") return void response.destroy();
      const headers = { "content-type": "application/json", ...(said.status === 429 ? { "retry-after": "60" } : {}) };
      response.writeHead(said.status, headers).end(said.body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  after.push(() => (server.close(), server.closeAllConnections()));
  return { seen, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

/** The key a request was made with, as a careless provider would repeat it. */
function keyOf({ headers, url }: IncomingMessage): string {
  return String(headers.authorization ?? headers["x-api-key"] ?? headers["x-goog-api-key"] ?? url);
}

const STATUSES = [401, 403, 404, 400, 429, 500, 529, 200] as const;

/** Every kind of refusal in turn, each with the key in it; between them answers nobody can read, and none at all. */
function careless(request: IncomingMessage, nth: number): Answer {
  const status = STATUSES[nth % STATUSES.length]!;
  if (nth % 11 === 10) return "cut";
  const words = `no: ${keyOf(request)} said ${SAID}`;
  return { status, body: status === 200 ? `{"choices": ${words}` : JSON.stringify({ error: { message: words } }) };
}

it("keys are told to their provider and to nobody else, whatever goes wrong", async () => {
  const provider = await listening(careless);
  const elsewhere = await listening(() => ({ status: 200, body: "{}" }));
  const opened = await modelsHouse(
    {
      ...KEYS,
      ...{ ANTHROPIC_BASE_URL: provider.url, OPENAI_BASE_URL: `${provider.url}/v1`, LOG_LEVEL: "debug" },
      ...{ GEMINI_BASE_URL: provider.url, OLLAMA_HOST: provider.url },
      ...{ LANGSMITH_TRACING: "true", LANGCHAIN_TRACING_V2: "true", LANGCHAIN_VERBOSE: "true" },
      ...{ LANGSMITH_ENDPOINT: elsewhere.url, LANGCHAIN_ENDPOINT: elsewhere.url, LANGSMITH_GATEWAY: elsewhere.url },
      ...{ OPENAI_LOG: "debug", ANTHROPIC_LOG: "debug" },
    },
    [
      ["breakAfter: 5", "breakAfter: 100"],
      ["retries: 2", "retries: 0"],
    ],
  );
  const told: string[] = [];
  for (const number of [1, 2, 3, 4, 5, 6]) told.push(await opened.spokenTo(`${SAID} ${number}`));
  const cli = await opened.guildhall("models", "test");

  expect(provider.seen.length).toBeGreaterThanOrEqual(24);
  const asked = provider.seen.join();
  for (const name of ["ANTHROPIC_API_KEY", "OPENAI_API_KEY", "GEMINI_API_KEY"] as const)
    expect(asked).toContain(KEYS[name]);
  const page = `/api/guilds/${opened.guildId}`;
  const activity = await opened.get(`${page}/activity`);
  const stories = await opened.guildhall("why", "--json", ...(await idsOf(opened.folder)).slice(0, 1));
  const answers = [
    await opened.get(`${page}/models`),
    await opened.get("/metrics"),
    activity,
    await opened.get("/healthz"),
  ];
  expect(answers[1]).toContain('guildhall_llm_requests_total{provider="anthropic",outcome="refused-key"}');
  const rows = await everyColumn(opened.folder);
  expect(rows).toContain(SAID);
  const { code, out, err } = await opened.close();
  expect(code).toBe(0);

  const open = { told, cli, answers, stories, out, err, rows, elsewhere: elsewhere.seen };
  for (const key of Object.values(KEYS))
    for (const [place, what] of Object.entries(open))
      expect(`${place} ${JSON.stringify(what).includes(key)}`).toBe(`${place} false`);
  expect(elsewhere.seen).toEqual([]);
  for (const place of [err, out, answers[1]]) expect(place).not.toContain(SAID);
}, 90_000);

async function connected(folder: string): Promise<pg.Client> {
  const nothing = (): void => undefined;
  const place = await ownServerPlace(`${folder}/data`, {
    debug: nothing,
    info: nothing,
    warn: nothing,
    error: nothing,
  });
  if (!place.ok) throw new Error(place.because);
  const client = new pg.Client(await readConnection(place.value));
  await client.connect();
  return client;
}

async function idsOf(folder: string): Promise<readonly string[]> {
  const client = await connected(folder);
  const { rows } = await client.query<{ event_id: string }>("select event_id from decisions where phase = 'slow'");
  await client.end();
  return rows.map((row) => row.event_id);
}

/** All rows of all tables, and what is sealed in them as well. */
async function everyColumn(folder: string): Promise<string> {
  const client = await connected(folder);
  const seal = createSeal(await loadOrCreateKeys(`${folder}/data`, { fromEnvironment: undefined }));
  const { rows: tables } = await client.query<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'public'",
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const { rows } = await client.query<{ row: Record<string, unknown> }>(`select to_jsonb(t) as row from "${name}" t`);
    for (const { row } of rows)
      found.push(
        JSON.stringify(row),
        typeof row.sealed === "string" ? seal.open(row.sealed, String(row.guild_id)) : "",
      );
  }
  await client.end();
  return found.join("\n");
}
