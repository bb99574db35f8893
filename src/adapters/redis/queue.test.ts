import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { Redis } from "ioredis";
import { afterAll, describe, expect, it } from "vitest";
import type { Log } from "#core";
import { act, collector, doorway, idOf, queueContract } from "../../../test/contracts/queue.contract.ts";
import { createRedisQueue } from "./queue.ts";

const url = process.env.TEST_REDIS_URL;
const run = `guildhall-test-${randomUUID()}`;
let opened = 0;
const freshPrefix = (): string => `${run}-${opened++}`;

interface Lines extends Log {
  readonly warnings: object[];
  readonly back: Promise<void>;
}

function lines(): Lines {
  const warnings: object[] = [];
  const returned = doorway();
  const nothing = (): void => undefined;
  return {
    warnings,
    back: returned.open,
    debug: nothing,
    info: () => returned.unlock(),
    warn: (fields) => void warnings.push(fields),
    error: nothing,
  };
}

/** A way to Redis that can be cut and mended. */
async function proxyTo(target: URL): Promise<{ url: string; cut(): void; mend(): void; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  let isCut = false;
  const server: Server = createServer((socket) => {
    if (isCut) return void socket.destroy();
    const far = connect(Number(target.port || 6379), target.hostname);
    for (const end of [socket, far]) {
      sockets.add(end);
      end.on("error", () => undefined);
      end.on("close", () => {
        sockets.delete(end);
        socket.destroy();
        far.destroy();
      });
    }
    socket.pipe(far).pipe(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const cut = (): void => {
    isCut = true;
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `redis://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    mend: () => {
      isCut = false;
    },
    close: async () => {
      cut();
      server.close();
      await once(server, "close");
    },
  };
}

async function unusedPort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

describe("a Redis that cannot be reached", () => {
  it("is said once; pushing and closing go on, and the address is never printed", async () => {
    const log = lines();
    const address = `redis://:topsecret@127.0.0.1:${await unusedPort()}`;
    const queue = createRedisQueue({ url: address, prefix: freshPrefix(), log });
    queue.work(() => Promise.resolve(), 2);
    await queue.push([act("order", "high")]);
    await queue.push([act("order", "high")]);
    await queue.close();
    await queue.close();
    expect(log.warnings).toEqual([{ error: "ECONNREFUSED" }]);
    expect(JSON.stringify(log.warnings)).not.toContain("topsecret");
  });
});

if (url === undefined) {
  describe.skip("WorkQueue: redis (set TEST_REDIS_URL, for example redis://127.0.0.1:6379)", () => {
    it.skip("keeps the contract of the port", () => undefined);
    it.skip("outlives a lost connection", () => undefined);
  });
} else {
  queueContract("redis", () => Promise.resolve(createRedisQueue({ url, prefix: freshPrefix(), log: lines() })));

  describe("a Redis that goes away", () => {
    it("loses no process: work goes on when it is back", async () => {
      const proxy = await proxyTo(new URL(url));
      const log = lines();
      const queue = createRedisQueue({ url: proxy.url, prefix: freshPrefix(), log });
      const served = collector(2);
      queue.work(served.handler, 1);
      await queue.push([act("before", "medium")]);
      await served.seen("before");
      proxy.cut();
      // Answers at once although nothing can be sent: the sweep over the rows will push it again.
      await queue.push([act("during", "medium")]);
      proxy.mend();
      await log.back;
      await queue.push([act("after", "medium")]);
      expect((await served.all).map(idOf)).toEqual(["before", "after"]);
      expect(log.warnings).toHaveLength(1);
      await queue.close();
      await proxy.close();
    });

    it("does not hold up closing, which still waits for the handlers", async () => {
      const proxy = await proxyTo(new URL(url));
      const queue = createRedisQueue({ url: proxy.url, prefix: freshPrefix(), log: lines() });
      const gate = doorway();
      let ended = false;
      const served = collector(1, async () => {
        await gate.open;
        ended = true;
      });
      queue.work(served.handler, 1);
      await queue.push([act("long", "medium")]);
      await served.started;
      proxy.cut();
      const closing = queue.close();
      gate.unlock();
      await closing;
      expect(ended).toBe(true);
      await proxy.close();
    });
  });

  afterAll(async () => {
    const client = new Redis(url);
    const keys = await client.keys(`${run}*`);
    if (keys.length > 0) await client.del(...keys);
    client.disconnect();
  });
}
