import { appendFileSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createLists, type ListSource } from "./index.ts";
import { parseList } from "./parse.ts";
import { isTrusted } from "./source.ts";

const folder = mkdtempSync(join(tmpdir(), "guildhall-lists-"));
let server: Server;
let address: string;
let answer: { status: number; body: string; location?: string } = { status: 200, body: "" };
const nothing = () => undefined;
const log = { debug: nothing, info: nothing, warn: nothing, error: nothing };
const metrics = { count: nothing, observe: nothing };
const clock = { now: () => 1_790_000_000_000 };

beforeAll(async () => {
  server = createServer((request, response) => {
    const { status, body, location } = request.url === "/elsewhere" ? { status: 200, body: "evil.net" } : answer;
    response.writeHead(status, location === undefined ? {} : { location }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/list.txt`;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

const opened = async (name: string, more: Partial<ListSource> = {}) => {
  const source = { name, from: address, everyMs: 3_600_000, mostEntries: 1_000, ...more };
  const lists = createLists({ sources: [source], folder, clock, log, metrics });
  await lists.open();
  return lists;
};

describe("a published list", () => {
  it.each([
    ["a domain a line", "evil.example.net\r\nworse.example.org\n", ["evil.example.net", "worse.example.org"]],
    ["comments of every kind", "# a\n! b\n; c\n// d\n[Adblock]\nevil.net # since May\n", ["evil.net"]],
    [
      "a hosts file",
      "127.0.0.1 localhost\n0.0.0.0 evil.net www.evil.net\n::1 ip6.org",
      ["evil.net", "ip6.org", "www.evil.net"],
    ],
    ["stars, dots and blocking rules", "*.evil.net\n.bad.org\n||ugly.com^$all", ["bad.org", "evil.net", "ugly.com"]],
    ["addresses", "https://evil.net/login?x=1\nhttp://203.0.113.7/a", ["203.0.113.7", "evil.net"]],
    ["other scripts", "пример.com", ["xn--e1afmkfd.com"]],
    ["a JSON array", '["evil.net", 7, "EVIL.net"]', ["evil.net"]],
    ["JSON behind a byte order mark", '\ufeff["evil.net"]', ["evil.net"]],
    ["no domains out of sentences", "evil.net\nbeware of worse.net\n", ["evil.net"]],
    ["a JSON object", '{ "domains": ["evil.net"] }', ["evil.net"]],
    ["what would meet half of the world", "co.uk\ncom\nlocalhost\ndiscord.com\n0.0.0.0\nevil.net", ["evil.net"]],
  ])("is read: %s", async (_name, text, hosts) => {
    expect(await parseList(text, 100)).toMatchObject({ hosts });
  });

  it("longer than is allowed is refused", async () => {
    expect(await parseList("a.net\nb.net\nc.net", 2)).toBe("too-many");
  });
});

describe("lists that are kept", () => {
  it("answer for subdomains, with the entry and a version that is the content's", async () => {
    answer = { status: 200, body: "evil.net\nbad.example.org" };
    const lists = await opened("one");
    expect(lists.listed("one", "evil.net")).toEqual({ version: "" });
    await lists.refresh("one");
    const { version, entry } = lists.listed("one", "login.evil.net");
    expect([entry, version]).toEqual(["evil.net", expect.stringMatching(/^[0-9a-f]{16}$/)]);
    expect(lists.listed("one", "notevil.net")).toEqual({ version });
    expect(lists.listed("another", "evil.net")).toEqual({ version: "" });
    answer = { status: 200, body: "bad.example.org\n# other order\nevil.net" };
    await lists.refresh("one");
    expect(lists.listed("one", "evil.net").version).toBe(version);
    await lists.close();
  });

  it.each([
    ["does not answer well", { status: 500, body: "evil.net" }, "the address answered 500"],
    ["has become a page", { status: 200, body: "<html>\n<body>\nnot found\nevil.net" }, "most of it is no domain"],
    ["is empty", { status: 200, body: "\n" }, "it names no domain"],
    ["is endless", { status: 200, body: "x".repeat(17 * 1024 * 1024) }, "it is larger than 16 MiB"],
  ])("keep what they held where the source %s, also over a restart", async (_name, broken, trouble) => {
    answer = { status: 200, body: "evil.net" };
    const lists = await opened("kept");
    await lists.refresh("kept");
    answer = broken;
    await lists.refresh("kept");
    expect(lists.listed("kept", "evil.net").entry).toBe("evil.net");
    expect(lists.states()).toEqual([{ name: "kept", entries: 1, at: clock.now(), trouble }]);
    await lists.close();
    const again = await opened("kept");
    expect(again.listed("kept", "evil.net").entry).toBe("evil.net");
    await again.close();
  });

  it("do well again, and say so, once the source does", async () => {
    answer = { status: 500, body: "" };
    const lists = await opened("mended");
    await lists.refresh("mended");
    expect(lists.states()).toEqual([{ name: "mended", entries: 0, trouble: "the address answered 500" }]);
    answer = { status: 200, body: "evil.net" };
    await lists.refresh("mended");
    expect(lists.states()).toEqual([{ name: "mended", entries: 1, at: clock.now() }]);
    await lists.close();
  });

  // Elsewhere such a machine has only one address of its own.
  it.skipIf(process.platform !== "linux")("follow no address to a place without TLS", async () => {
    const other = createServer((_request, response) => response.end("evil.net"));
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.2", resolve));
    answer = { status: 302, body: "", location: `http://127.0.0.2:${(other.address() as AddressInfo).port}/` };
    const lists = await opened("redirected");
    await lists.refresh("redirected");
    expect(lists.states()).toMatchObject([{ entries: 0, trouble: "it was redirected to an address without TLS" }]);
    answer = { status: 302, body: "", location: "/elsewhere" };
    await lists.refresh("redirected");
    expect(lists.states()).toMatchObject([{ entries: 1 }]);
    await lists.close();
    other.close();
  });

  it("read no file that is too large, and no copy that somebody has changed", async () => {
    const file = join(folder, "huge.txt");
    writeFileSync(file, "evil.net\n");
    truncateSync(file, 16 * 1024 * 1024 + 1);
    const lists = await opened("huge", { from: file });
    expect(lists.states()).toEqual([{ name: "huge", entries: 0, trouble: "it is larger than 16 MiB" }]);
    await lists.close();
    answer = { status: 200, body: "evil.net" };
    const kept = await opened("changed");
    await kept.refresh("changed");
    await kept.close();
    appendFileSync(join(folder, "changed.txt"), "worse.net\n");
    const again = await opened("changed");
    expect(again.listed("changed", "evil.net")).toEqual({ version: "" });
    await again.close();
  });

  it("are looked at again as soon as their time has come, whenever the house starts", async () => {
    answer = { status: 200, body: "evil.net" };
    const before = await opened("aged");
    await before.refresh("aged");
    await before.close();
    const source = { name: "aged", from: address, everyMs: 3_600_000, mostEntries: 1_000 };
    const openedLater = async (ms: number) => {
      const later = { now: () => clock.now() + ms };
      const lists = createLists({ sources: [source], folder, clock: later, log, metrics });
      await lists.open();
      return lists;
    };
    answer = { status: 200, body: "worse.net" };
    const due = await openedLater(source.everyMs);
    await vi.waitFor(() => expect(due.listed("aged", "worse.net").entry).toBe("worse.net"));
    await due.close();
  });

  it("of another source start anew, and a file is as good as an address", async () => {
    answer = { status: 200, body: "evil.net" };
    const lists = await opened("moved");
    await lists.refresh("moved");
    await lists.close();
    const file = join(folder, "mine.txt");
    writeFileSync(file, "other.net\n");
    const moved = await opened("moved", { from: file });
    expect(moved.listed("moved", "evil.net").entry).toBeUndefined();
    expect(moved.listed("moved", "other.net").entry).toBe("other.net");
    await moved.close();
  });

  it("hold a hundred thousand domains, and meet those and no others", async () => {
    const body = Array.from({ length: 100_000 }, (_, index) => `host-${index}.example-${index % 977}.net`).join("\n");
    answer = { status: 200, body };
    const lists = await opened("large", { mostEntries: 200_000 });
    await lists.refresh("large");
    expect(lists.states()).toMatchObject([{ entries: 100_000 }]);
    const met = Array.from(
      { length: 100_000 },
      (_, index) => lists.listed("large", `host-${index}.example-1.net`).entry,
    );
    expect(met.filter((entry) => entry !== undefined)).toHaveLength(103);
    await lists.close();
  });
});

it.each([
  ["https://lists.example/a", true],
  ["http://lists.example/a", false],
  ["http://127.0.0.1:8080/a", true],
])("%s is trusted: %s", (from, expected) => {
  expect(isTrusted(from)).toBe(expected);
});
