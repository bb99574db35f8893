import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { inspect } from "node:util";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { ConfigurationError } from "#core";
import { readSettings, type Settings } from "./settings.ts";

const root = mkdtempSync(join(tmpdir(), "guildhall-settings-"));
let directory = root;
beforeEach(() => {
  directory = mkdtempSync(join(root, "case-"));
});
afterAll(() => rmSync(root, { recursive: true }));

const read = (environment: Record<string, string>, overrides: Record<string, string> = {}): Settings =>
  readSettings(environment, { directory, overrides });

function refusal(environment: Record<string, string>): string[] {
  try {
    read(environment);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message.split("\n");
    throw error;
  }
  return [];
}

describe("settings", () => {
  it("need nothing", () => {
    expect(read({})).toEqual({
      host: "127.0.0.1",
      models: { providers: {} },
      port: 3_000,
      dataDirectory: resolve(directory, "data"),
      configDirectory: resolve(directory, "config"),
      agentsDirectory: resolve(directory, "agents"),
      logLevel: "info",
      shards: "auto",
      allowedHosts: [],
    });
  });

  it.each([
    ["4", "0-1", [0, 1]],
    ["16", "3,0-1,12-13,1", [0, 1, 3, 12, 13]],
    ["1", "0", [0]],
  ])("of %s shards take %s", (SHARDS, SHARD_IDS, shardIds) => {
    const settings = read({ SHARDS, SHARD_IDS, DATABASE_URL: "postgresql://db.example/hall" });
    expect(settings).toMatchObject({ shards: Number(SHARDS), shardIds });
  });

  it("take the names a proxy gives the house", () => {
    expect(read({ ALLOWED_HOSTS: "Hall.example.org, hall.local" }).allowedHosts).toEqual([
      "hall.example.org",
      "hall.local",
    ]);
    expect(refusal({ ALLOWED_HOSTS: "https://hall.example.org" })).toEqual([
      expect.stringMatching(/^ALLOWED_HOSTS: expected host names .* without schemes/),
    ]);
  });

  it("take the address links begin with, and no half of one", () => {
    expect(read({ PUBLIC_URL: "https://hall.example.org/guild/" }).publicUrl).toBe("https://hall.example.org/guild");
    for (const PUBLIC_URL of ["hall.example.org", "ftp://hall.example.org", "https://hall.example.org/?a=b"])
      expect(refusal({ PUBLIC_URL })).toEqual([expect.stringMatching(/^PUBLIC_URL: expected the http\(s\) address/)]);
  });

  it.each([
    [{ SHARDS: "0" }, /^SHARDS: expected auto or a number from 1, found "0"/],
    [{ SHARDS: "2", SHARD_IDS: "0;1" }, /^SHARD_IDS: expected shards counted from 0, such as 0-3/],
    [{ SHARDS: "2", SHARD_IDS: "3-1" }, /^SHARD_IDS: expected shards counted from 0/],
    [
      { SHARDS: "2", SHARD_IDS: "1-2", DATABASE_URL: "postgresql://db/x" },
      /^SHARD_IDS: expected shards below 2, found 2/,
    ],
    [{ SHARD_IDS: "0", DATABASE_URL: "postgresql://db/x" }, /^SHARD_IDS: expected SHARDS to be a number beside it/],
    [{ SHARDS: "2", SHARD_IDS: "0" }, /^SHARD_IDS: expected DATABASE_URL beside it/],
  ])("refuse %o", (environment, says) => {
    expect(refusal(environment as Record<string, string>)).toEqual([expect.stringMatching(says)]);
  });

  it("take what is set", () => {
    const settings = read({
      HOST: "0.0.0.0",
      PORT: "0",
      GUILDHALL_DATA: "/srv/hall",
      GUILDHALL_CONFIG: "mine",
      GUILDHALL_AGENTS: "../agents",
      LOG_LEVEL: "debug",
      DISCORD_TOKEN: "Bot abc.def.ghi",
      DISCORD_API_URL: "http://127.0.0.1:9/api/v10/",
      DATABASE_URL: "postgresql://ada:pw@db.example/hall",
      REDIS_URL: "rediss://:pw@cache.example:6380",
    });
    expect(settings).toMatchObject({
      host: "0.0.0.0",
      port: 0,
      dataDirectory: "/srv/hall",
      configDirectory: join(directory, "mine"),
      agentsDirectory: resolve(directory, "../agents"),
      logLevel: "debug",
      discordApiUrl: "http://127.0.0.1:9/api",
    });
    expect(settings.discordToken?.reveal()).toBe("abc.def.ghi");
    expect(settings.databaseUrl?.reveal()).toBe("postgresql://ada:pw@db.example/hall");
    expect(settings.redisUrl?.reveal()).toBe("rediss://:pw@cache.example:6380");
  });

  it("prefer the command line, then the process, then .env; and what is empty is not set", () => {
    writeFileSync(join(directory, ".env"), 'PORT=1001\nHOST=10.0.0.1\nLOG_LEVEL="warn" # quiet\n');
    expect(read({})).toMatchObject({ port: 1001, host: "10.0.0.1", logLevel: "warn" });
    expect(read({ PORT: "1002", HOST: "" })).toMatchObject({ port: 1002, host: "10.0.0.1" });
    expect(read({ PORT: "1002" }, { PORT: "1003" })).toMatchObject({ port: 1003 });
  });

  it("bring the program's own folders along, wherever it is started", () => {
    expect(readSettings({}, { directory, home: "/opt/hall" })).toMatchObject({
      configDirectory: "/opt/hall/config",
      agentsDirectory: "/opt/hall/agents",
      dataDirectory: join(directory, "data"),
    });
  });

  it("read secrets from files", () => {
    writeFileSync(join(directory, "token"), "abc.def\n");
    const settings = read({ DISCORD_BOT_TOKEN_FILE: join(directory, "token") });
    expect(settings.discordToken?.reveal()).toBe("abc.def");
  });

  it("accept the same token under both names", () => {
    expect(read({ DISCORD_TOKEN: "abc", DISCORD_BOT_TOKEN: "abc" }).discordToken?.reveal()).toBe("abc");
  });

  it.each([
    ["PORT", "http", 'PORT: expected a number from 0 to 65535, found "http"; set PORT=3000'],
    ["PORT", "65536", "PORT: expected a number from 0 to 65535"],
    ["PORT", "-1", "PORT: expected"],
    ["HOST", "http://localhost", "HOST: expected a host name"],
    ["LOG_LEVEL", "inof", 'found "inof" (did you mean info?); set LOG_LEVEL=info'],
    ["DISCORD_API_URL", "ftp://x.example", "DISCORD_API_URL: expected an http(s) address"],
    ["DISCORD_API_URL", "http://x.example/api/v9", "DISCORD_API_URL: expected an http(s) address of version 10"],
    ["DATABASE_URL", "mysql://ada:pw@db.example", "DATABASE_URL: expected postgresql://"],
    ["DATABASE_URL", "not an address pw", "found something else (not shown)"],
    ["REDIS_URL", "localhost:6379", "REDIS_URL: expected redis://"],
    ["DISCORD_TOKEN", "two words", "DISCORD_TOKEN: expected a bot's token"],
    ["DISCORD_BOT_TOKEN", "mfa.abc", "DISCORD_BOT_TOKEN: this is a user's token"],
    ["REDIS_URL_FILE", "/nowhere/at/all", "REDIS_URL_FILE: /nowhere/at/all cannot be read (ENOENT)"],
  ])("%s=%s is refused in one line", (name, value, says) => {
    const lines = refusal({ [name]: value });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(says);
    expect(lines[0]).not.toMatch(/pw|two words|mfa\./);
  });

  it("name every mistake at once", () => {
    const lines = refusal({
      PORT: "x",
      LOG_LEVEL: "loud",
      DISCORD_TOKEN: "one",
      DISCORD_BOT_TOKEN: "another",
      REDIS_URL: "redis://cache.example",
      REDIS_URL_FILE: "/run/secrets/redis",
    });
    expect(lines.map((line) => line.split(/[: ]/)[0])).toEqual(["PORT", "LOG_LEVEL", "DISCORD_TOKEN", "REDIS_URL"]);
  });

  it("never print a secret", () => {
    const settings = read({
      DISCORD_TOKEN: "hush-1",
      DATABASE_URL: "postgres://a:hush-2@h/d",
      REDIS_URL: "redis://:hush-3@h",
    });
    const shown = [
      JSON.stringify(settings),
      inspect(settings, { depth: 9, showHidden: true }),
      `${settings.discordToken}`,
    ];
    for (const text of shown) {
      expect(text).not.toContain("hush");
      expect(text).toContain("[secret]");
    }
  });
});
