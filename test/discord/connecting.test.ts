import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { ConfigurationError } from "#core";
import { startSimulator } from "../../src/simulator/index.ts";
import { type House, openHouse, until, untilReady } from "./house.ts";
import { orderOf } from "./orders.ts";

/** A Discord of which only a few answers matter. */
async function answering(answers: Readonly<Record<string, { status?: number; body: unknown }>>) {
  const server = createServer((request, response) => {
    const answer = answers[request.url ?? ""] ?? { status: 404, body: { code: 0, message: "404: Not Found" } };
    response.writeHead(answer.status ?? 200, { "content-type": "application/json" }).end(JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api`, close };
}

let house: House;
afterEach(() => house.close());

describe("whose token it is", () => {
  it("a person's is refused", async () => {
    house = await openHouse();
    const other = await answering({ "/api/v10/users/@me": { body: { id: "5", username: "ada" } } });
    const failure = await house
      .connect({ apiUrl: other.apiUrl, token: "somebodys-own" })
      .catch((error: unknown) => error);
    await other.close();
    expect(failure).toBeInstanceOf(ConfigurationError);
    expect((failure as Error).message).toMatch(/^user tokens are refused/);
  });

  it("a token that stops being accepted puts orders off and is said", async () => {
    house = await openHouse();
    const answers: Record<string, { status?: number; body: unknown }> = {
      "/api/v10/users/@me": { body: { id: "5", bot: true } },
      "/api/v10/applications/@me": { body: { id: "6" } },
    };
    const other = await answering(answers);
    const connection = await house.connect({ apiUrl: other.apiUrl, token: "t", shardIds: [] });
    answers["/api/v10/users/@me/channels"] = { status: 401, body: { code: 0, message: "401: Unauthorized" } };
    const order = orderOf("1", { verb: "dm.open", userId: "5" });
    const outcome = await connection.executor.perform(order, new AbortController().signal);
    await other.close();
    expect(connection).toMatchObject({ botUserId: "5", applicationId: "6" });
    expect(outcome).toMatchObject({ kind: "later" });
    expect(house.fatal[0]).toBeInstanceOf(ConfigurationError);
    expect(house.fatal[0]?.message).toContain("not accepted");
  });
});

describe("a server that says little", () => {
  const me = { "/api/v10/users/@me": { body: { id: "5" } } };
  const application = { "/api/v10/applications/@me": { body: { id: "6" } } };

  it.each([
    ["whose user is not said to be a bot, and has an application", { ...me, ...application }, ["5", "6"]],
    ["that knows the application only", application, ["6", "6"]],
    [
      "that knows the application by its older name",
      { "/api/v10/oauth2/applications/@me": { body: { id: "6", bot: { id: "5" } } } },
      ["5", "6"],
    ],
  ] as const)("%s", async (_what, answers, [botUserId, applicationId]) => {
    house = await openHouse();
    const other = await answering(answers);
    const connection = await house.connect({ apiUrl: other.apiUrl, token: "t", shardIds: [] });
    await other.close();
    expect(connection).toMatchObject({ botUserId, applicationId });
  });

  it.each([
    ["no address", {}],
    ["none of a gateway", { url: "https://gateway.example" }],
  ])("%s to connect to is said in one line", async (_what, body) => {
    house = await openHouse();
    const other = await answering({ ...me, ...application, "/api/v10/gateway/bot": { body } });
    const failure = await house.connect({ apiUrl: other.apiUrl, token: "t" }).catch((error: unknown) => error);
    await other.close();
    expect(failure).toBeInstanceOf(ConfigurationError);
    expect((failure as Error).message).toMatch(/^the server that DISCORD_API_URL names .* gateway/);
  });
});

describe("while Discord cannot be reached", () => {
  it("a house waits, says so, and goes on when it is back", async () => {
    house = await openHouse();
    const gone = await startSimulator();
    await gone.close();
    const port = Number(new URL(gone.apiUrl).port);
    const connecting = house.connect({ apiUrl: gone.apiUrl, token: gone.token });
    await until("a word about it", () => house.lines.some((line) => line.startsWith("Discord cannot be reached yet")));
    const back = await startSimulator({ port, token: gone.token });
    const connection = await connecting;
    await untilReady(connection);
    await connection.close();
    await back.close();
  });

  it("stops waiting when told so", async () => {
    house = await openHouse();
    const gone = await startSimulator();
    await gone.close();
    const giveUp = AbortSignal.timeout(50);
    await expect(house.connect({ apiUrl: gone.apiUrl, token: gone.token, signal: giveUp })).rejects.toThrow();
  });
});

describe("commands", () => {
  const keeper = {
    name: "keeper",
    commands: [{ name: "hush", description: "Hush", options: [], reply: "ephemeral" }],
  } as const;
  const writing = async (kind: "500" | "429") => {
    house = await openHouse();
    const connection = await house.connect({ agents: [keeper], shardIds: [] });
    house.simulator.control.fault({ match: { method: "PUT", route: /commands$/ }, kind });
    return connection;
  };

  it.each(["500", "429"] as const)("are written after a %s, in one request", async (kind) => {
    const connection = await writing(kind);
    await connection.registerCommands();
    expect(house.simulator.control.commands().map(({ name }) => name)).toEqual(["hush"]);
    const written = house.simulator.control.requests().filter(({ method }) => method !== "GET");
    expect(written.map(({ method }) => method)).toEqual(["PUT", "PUT"]);
  });

  it("that Discord refuses are said, and the house goes on", async () => {
    house = await openHouse();
    const connection = await house.connect({ agents: [keeper], shardIds: [] });
    await connection.registerCommands("123456789012345678");
    expect(house.lines.filter((line) => line.startsWith("Discord refuses the commands"))).toHaveLength(1);
  });
});

it("hands without shards need no gateway", async () => {
  house = await openHouse();
  const connection = await house.connect({ shardIds: [] });
  expect(connection.status()).toEqual({ shards: [], ready: true, degraded: false });
  expect(house.simulator.control.requests().some(({ path }) => path.includes("gateway"))).toBe(false);
});
