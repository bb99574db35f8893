import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createCanvas } from "@napi-rs/canvas";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { unlike } from "#core/files/index";
import { createFileReader } from "./files.ts";

let server: Server;
let at: string;
let answer: { readonly status: number; readonly body: Buffer } = { status: 200, body: Buffer.alloc(0) };
let sent = 0;

beforeAll(async () => {
  server = createServer((_request, response) => {
    response.writeHead(answer.status, answer.status === 302 ? { location: "/attachments/1/2/y.png" } : {});
    if (answer.status === 302) answer = { ...answer, status: 200 };
    sent = 0;
    // In pieces, so that a reader that stops early leaves the rest unsent.
    const pieces = function* () {
      for (let from = 0; from < answer.body.length; from += 65_536) yield answer.body.subarray(from, from + 65_536);
    };
    const all = pieces();
    const next = (): void => {
      const { value, done } = all.next();
      if (done === true || response.destroyed) return void response.end();
      sent += value.length;
      response.write(value, () => setImmediate(next));
    };
    next();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const look = (body: Buffer, wish: "kind" | "picture" = "picture", status = 200) => {
  answer = { status, body };
  return createFileReader({ apiUrl: at }).look(`${at}/attachments/1/2/x.png?ex=1`, wish);
};

function stripes(width: number, height: number, format: "png" | "jpeg" | "webp" = "png"): Buffer {
  const canvas = createCanvas(width, height);
  const context = canvas.getContext("2d");
  // JPEG knows nothing of transparency.
  context.fillStyle = "#eee";
  context.fillRect(0, 0, width, height);
  for (let index = 0; index < 12; index += 1) {
    context.fillStyle = `hsl(${index * 67}, 80%, ${20 + ((index * 31) % 60)}%)`;
    context.fillRect((width * ((index * 5) % 12)) / 12, (height * index) / 12, width / 2, height / 6);
  }
  return format === "png" ? canvas.toBuffer("image/png") : canvas.toBuffer(`image/${format}`, 70);
}

describe("a member's file", () => {
  it("is known by its first bytes, and no more of it is fetched", async () => {
    const body = Buffer.concat([Buffer.from("MZ"), Buffer.alloc(50_000_000)]);
    expect(await look(body, "kind")).toEqual({ ok: true, kind: { name: "Windows program", family: "program" } });
    expect(sent).toBeLessThan(body.length / 2);
    expect(await look(Buffer.from("hello"))).toEqual({ ok: true });
  });

  it("is the same picture in another size and format, and another picture is not", async () => {
    const hashes: string[] = [];
    for (const body of [stripes(400, 300), stripes(120, 90, "jpeg"), stripes(900, 675, "webp")]) {
      const facts = await look(body);
      if (facts.ok) hashes.push(facts.picture ?? "");
    }
    const [one = "", ...others] = hashes;
    expect(one).toMatch(/^[0-9a-f]{32}$/);
    for (const other of others) expect(unlike(one, other)).toBeLessThan(8);
    const turned = createCanvas(300, 300);
    turned.getContext("2d").fillRect(20, 140, 200, 90);
    const facts = await look(turned.toBuffer("image/png"));
    expect(facts.ok && unlike(one, facts.picture ?? "f".repeat(32))).toBeGreaterThan(20);
  });

  it.each([
    ["is gone", () => look(Buffer.from("x"), "kind", 404), "gone"],
    ["is said to lie somewhere else", () => look(Buffer.from("MZ"), "kind", 302), "gone"],
    ["has too many bytes", () => look(Buffer.concat([stripes(50, 50), Buffer.alloc(9_000_000)])), "large"],
    ["has too many pixels for its bytes", () => look(withSize(stripes(50, 50), 60_000, 60_000)), "large"],
    ["cannot be unpacked", () => look(stripes(80, 80).subarray(0, 60)), "odd"],
    [
      "lies elsewhere",
      () => createFileReader({ apiUrl: at }).look("http://169.254.169.254/x.png", "kind"),
      "elsewhere",
    ],
    ["has no address", () => createFileReader({}).look("nowhere", "kind"), "elsewhere"],
  ])("that %s is an answer", async (_name, looking, why) => {
    expect(await looking()).toEqual({ ok: false, why });
  });
});

/** A header that promises more than there is. */
function withSize(png: Buffer, width: number, height: number): Buffer {
  const changed = Buffer.from(png);
  changed.writeUInt32BE(width, 16);
  changed.writeUInt32BE(height, 20);
  return changed;
}
