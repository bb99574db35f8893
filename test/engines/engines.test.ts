import { accessSync, chownSync, constants, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, test } from "vitest";
import { cleanUp, dataFolder, isAlive, serverPid, startChild, type Account } from "./engines.kit.ts";

const isRoot = process.getuid?.() === 0;
const nobody = accountOf("nobody");
/** Another account can only be tried where the checkout may be read by everybody. */
const ordinary = isRoot && nobody !== undefined && isOpen(fileURLToPath(new URL("../..", import.meta.url)));

afterEach(cleanUp, 60_000);

describe("our own server", () => {
  test("opens, keeps what was committed, and stops with the last one", async () => {
    const data = await dataFolder();
    const first = await startChild(data);
    expect(first.opening).toMatchObject({ engine: "embedded", fsync: true, warnings: [] });
    expect(await first.ask("commit one")).toBe("committed");
    expect(await first.ask("close")).toBe("closed");
    expect(serverPid(data)).toBeUndefined();
    const second = await startChild(data);
    expect(await second.ask("count")).toBe(1);
    await second.ask("close");
    const file = statSync(join(data, "postgres", "connection.json"));
    expect(file.mode & 0o777).toBe(0o600);
  });

  test.skipIf(!isRoot)("never runs as root", async () => {
    const data = await dataFolder();
    const child = await startChild(data);
    expect(statSync(join(data, "postgres", "data")).uid).not.toBe(0);
    expect(statSync(`/proc/${serverPid(data)}`).uid).not.toBe(0);
    await child.ask("close");
  });

  test("is shared by two processes; whoever leaves first leaves it running", async () => {
    const data = await dataFolder();
    const bot = await startChild(data);
    const cli = await startChild(data);
    const server = serverPid(data);
    await bot.ask("commit one");
    expect(await cli.ask("commit one")).toBe("duplicate");
    expect(await cli.ask("commit two")).toBe("committed");
    await bot.ask("close");
    expect(serverPid(data)).toBe(server);
    expect(await cli.ask("count")).toBe(2);
    await cli.ask("close");
    expect(serverPid(data)).toBeUndefined();
  });

  test("is started once by two that start at the same time", async () => {
    const data = await dataFolder();
    const both = await Promise.all([startChild(data), startChild(data)]);
    expect(both.map((child) => child.opening)).toMatchObject([{ engine: "embedded" }, { engine: "embedded" }]);
    await both[0].ask("commit one");
    expect(await both[1].ask("count")).toBe(1);
    for (const child of both) await child.ask("close");
    expect(serverPid(data)).toBeUndefined();
  });

  test("is found again after its process was killed", async () => {
    const data = await dataFolder();
    const killed = await startChild(data);
    await killed.ask("commit one");
    const server = serverPid(data);
    await killed.kill();
    expect(isAlive(server!)).toBe(true);
    const next = await startChild(data);
    expect(serverPid(data)).toBe(server);
    expect(await next.ask("commit one")).toBe("duplicate");
    await next.ask("close");
    expect(serverPid(data)).toBeUndefined();
  });

  test("recovers after it was killed together with its process", async () => {
    const data = await dataFolder();
    const killed = await startChild(data);
    await killed.ask("commit one");
    const server = serverPid(data)!;
    process.kill(server, "SIGKILL");
    await killed.kill();
    const next = await startChild(data);
    expect(next.opening).toMatchObject({ engine: "embedded" });
    expect(await next.ask("commit one")).toBe("duplicate");
    await next.ask("close");
  });

  test("is started again when it alone was killed, where it was before, and loses nothing", async () => {
    const data = await dataFolder();
    const child = await startChild(data);
    await child.ask("commit one");
    const before = readFileSync(join(data, "postgres", "connection.json"), "utf8");
    process.kill(serverPid(data)!, "SIGKILL");
    let answer: unknown;
    do answer = await child.ask("commit two");
    while (answer === "unreachable");
    expect(answer).toBe("committed");
    expect(await child.ask("count")).toBe(2);
    expect(readFileSync(join(data, "postgres", "connection.json"), "utf8")).toBe(before);
    await child.ask("close");
    expect(serverPid(data)).toBeUndefined();
  });

  test.skipIf(!ordinary)("runs for an ordinary user", async () => {
    const data = await dataFolder();
    chownSync(data, nobody!.uid, nobody!.gid);
    const child = await startChild(data, { account: nobody! });
    expect(child.opening).toMatchObject({ engine: "embedded", fsync: true });
    expect(await child.ask("commit one")).toBe("committed");
    await child.ask("close");
    expect(serverPid(data)).toBeUndefined();
  });
});

describe("PGlite in its place", () => {
  test.skipIf(!isRoot)("serves root in a folder that nobody else may enter, and says what is weaker", async () => {
    const data = await dataFolder(0o700);
    const child = await startChild(data);
    expect(child.opening).toMatchObject({
      engine: "pglite",
      fsync: false,
      warnings: [expect.stringContaining("no fsync")],
    });
    expect(await child.ask("commit one")).toBe("committed");
    const second = await startChild(data);
    expect(second.opening).toEqual({
      failed: "ConfigurationError",
      message: `GUILDHALL_DATA: ${join(data, "pglite")} is in use by process ${child.pid}`,
    });
    await child.kill();
    const next = await startChild(data);
    expect(await next.ask("commit one")).toBe("duplicate");
    await next.ask("close");
  });
});

function accountOf(name: string): Account | undefined {
  try {
    const line = readFileSync("/etc/passwd", "utf8")
      .split("\n")
      .find((one) => one.startsWith(`${name}:`));
    const [, , uid, gid] = line?.split(":") ?? [];
    return uid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
  } catch {
    return undefined;
  }
}

function isOpen(folder: string): boolean {
  try {
    accessSync(folder, constants.R_OK);
    for (let path = folder; path !== "/"; path = join(path, ".."))
      if ((statSync(path).mode & 0o005) !== 0o005) return false;
    return true;
  } catch {
    return false;
  }
}
