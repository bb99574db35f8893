import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { startSimulator } from "../../src/simulator/index.ts";
import {
  configWith,
  freePort,
  type HouseProcess,
  openFolder,
  processesOf,
  removeFolder,
  runProgram,
  startHouse,
  tinyDisk,
} from "./kit/process.ts";

const TOKEN = "a-token-nobody-may-read";
const PASSWORD = "hush-hush";

let folder: string;
let after: (() => Promise<unknown>)[];

beforeEach(async () => {
  folder = await openFolder("bad-input");
  after = [];
});

afterEach(async () => {
  for (const close of after.reverse()) await close();
  await removeFolder(folder);
});

/** Starts, and expects to be refused: one line, exit code 3, and nothing that goes on without it. */
async function refusal(variables: Readonly<Record<string, string>>): Promise<string> {
  const port = await freePort();
  const data = join(folder, "data");
  const { ended } = runProgram(["start"], folder, {
    ...{ GUILDHALL_DATA: data, PORT: String(port), LOG_LEVEL: "error" },
    ...variables,
  });
  const { code, out, err } = await ended;
  expect(err).toMatch(/^guildhall: [^\n]+\n$/);
  expect({ code, out }).toEqual({ code: 3, out: "" });
  expect(err).not.toMatch(new RegExp(`${TOKEN}|${PASSWORD}|\\bat .*:\\d+:\\d+\\)|node_modules`));
  if (variables["PORT"] === undefined) await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow();
  return err.trimEnd();
}

async function answering(answer: (path: string) => { status: number; body: object }): Promise<string> {
  const server: Server = createServer((request, response) => {
    const { status, body } = answer(request.url ?? "");
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  after.push(() => new Promise((resolve) => server.close(resolve)));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function opened(variables: Readonly<Record<string, string>> = {}): Promise<HouseProcess> {
  const house = await startHouse(folder, variables);
  after.push(() => house.stop());
  return house;
}

describe("what an operator gets wrong is answered in one line, with exit code 3, and nothing is half started", () => {
  afterEach(() => expect(processesOf(folder)).toEqual([]));

  it.each([
    ["broken YAML", "minimumConfidence:", "minimumConfidence: [", /default\.yaml:\d+:\d+ expected YAML, found/],
    [
      "a key nobody knows",
      "minimumConfidence:",
      "minimumConfidense:",
      /default\.yaml:\d+:1 expected .* found "minimumConfidense" \(did you mean minimumConfidence\?\)/,
    ],
    [
      "a value of the wrong kind",
      "deadline: 15s",
      "deadline: soon",
      /default\.yaml:\d+:13 road\.deadline: expected .* found "soon"/,
    ],
    [
      "an agent nobody wrote",
      "  moderation:\n",
      "  moderaton:\n",
      /default\.yaml:\d+:3 agents: expected .* found "moderaton" \(did you mean moderation\?\)/,
    ],
  ])("%s", async (_what, from, to, line) => {
    expect(await refusal({ GUILDHALL_CONFIG: await configWith(folder, from, to) })).toMatch(line);
  });

  it.each<[string, Record<string, string>, RegExp]>([
    ["a log level nobody knows", { LOG_LEVEL: "loud" }, /LOG_LEVEL: expected one of .*, found "loud"/],
    ["a port that is none", { PORT: "99999" }, /PORT: expected a number from 0 to 65535, found "99999"/],
    ["a user's token, by its form", { DISCORD_TOKEN: `mfa.${TOKEN}` }, /DISCORD_TOKEN: this is a user's token/],
    [
      "a database's address that is none",
      { DATABASE_URL: `mysql://u:${PASSWORD}@127.0.0.1/x` },
      /DATABASE_URL: expect/,
    ],
  ])("%s", async (_what, variables, line) => {
    expect(await refusal(variables)).toMatch(line);
  });

  it("a token that Discord does not accept", async () => {
    const simulator = await startSimulator();
    after.push(() => simulator.close());
    const line = await refusal({ DISCORD_TOKEN: TOKEN, DISCORD_API_URL: simulator.apiUrl });
    expect(line).toContain("the token in DISCORD_TOKEN is not accepted by Discord");
  });

  it("a token that belongs to a person", async () => {
    const apiUrl = await answering(() => ({ status: 200, body: { id: "71", username: "somebody" } }));
    const line = await refusal({ DISCORD_TOKEN: TOKEN, DISCORD_API_URL: apiUrl });
    expect(line).toContain("user tokens are refused");
  });

  it("a Discord that no longer wants what the house speaks, after it was opened", async () => {
    const simulator = await startSimulator();
    after.push(() => simulator.close());
    const variables = { DISCORD_TOKEN: simulator.token, DISCORD_API_URL: simulator.apiUrl, LOG_LEVEL: "error" };
    const house = await startHouse(folder, variables);
    await vi.waitUntil(() => simulator.control.counters().connections === 1, { timeout: 10_000 });
    simulator.control.closeAll(4_012);
    const { code, err } = await house.ended;
    expect(code).toBe(3);
    const complaint =
      /^guildhall: Discord no longer speaks this version's protocol \(close code 4012\): update Guildhall$/gm;
    expect(err.match(complaint)).toHaveLength(1);
    expect(err).not.toMatch(/\bat .*:\d+:\d+/);
  });

  it("told to stop while it waits for Discord, it leaves nothing behind either", async () => {
    const { child, heard, ended } = runProgram(["start"], folder, {
      ...{ GUILDHALL_DATA: join(folder, "data"), PORT: "0" },
      ...{ DISCORD_TOKEN: TOKEN, DISCORD_API_URL: `http://127.0.0.1:${await freePort()}/api` },
    });
    expect(await heard(/(Discord cannot be reached yet)/)).toBeDefined();
    child.kill("SIGTERM");
    const { code, err } = await ended;
    expect(code).toBe(0);
    expect(err).not.toContain(TOKEN);
  });

  it("a port that is taken", async () => {
    const { port } = new URL(await answering(() => ({ status: 200, body: {} })));
    expect(await refusal({ PORT: port })).toMatch(new RegExp(`${port}.* PORT`));
  });

  it("a data folder that is a file", async () => {
    const file = join(folder, "data");
    await writeFile(file, "");
    expect(await refusal({})).toContain(`GUILDHALL_DATA: ${file}`);
  });

  it.skipIf(!existsSync("/sys"))("a data folder that cannot be written (skipped without /sys)", async () => {
    expect(await refusal({ GUILDHALL_DATA: "/sys/guildhall" })).toContain("GUILDHALL_DATA: /sys/guildhall");
  });

  it("a database that is not there", async () => {
    const line = await refusal({ DATABASE_URL: `postgres://house:${PASSWORD}@127.0.0.1:${await freePort()}/house` });
    expect(line).toBe("guildhall: DATABASE_URL: nothing answers at that address");
  });

  it("a full disk", async ({ skip }) => {
    const disk = join(folder, "disk");
    await mkdir(disk);
    const unmount = await tinyDisk(disk);
    if (unmount === undefined) return skip("a small file system can only be mounted by root");
    after.push(unmount);
    expect(await refusal({ GUILDHALL_DATA: join(disk, "data") })).toMatch(/GUILDHALL_DATA.*the disk is full/);
  });
});

describe("what only shows beside a house that runs", () => {
  it("a data folder that another house holds", async () => {
    const config = await configWith(folder, "shardLease: 10s", "shardLease: 1s");
    const house = await opened({ GUILDHALL_CONFIG: config });
    expect(await refusal({ GUILDHALL_CONFIG: config })).toContain("another guildhall is running on this data");
    expect((await fetch(`${house.origin}/readyz`)).status).toBe(200);
  });

  it("a database's wrong password", async ({ skip }) => {
    await opened();
    const server = join(folder, "data", "postgres", "connection.json");
    if (!existsSync(server)) return skip("our own Postgres server cannot run here");
    const { port, user, database } = JSON.parse(await readFile(server, "utf8")) as Record<string, string>;
    const line = await refusal({ DATABASE_URL: `postgres://${user}:${PASSWORD}@127.0.0.1:${port}/${database}` });
    expect(line).toBe("guildhall: DATABASE_URL: the database refused the user or the password");
  });
});
