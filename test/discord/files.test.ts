import { afterAll, beforeAll, expect, it } from "vitest";
import type { Order } from "#core";
import { openHouse, type House } from "./house.ts";

let house: House;
let connection: Awaited<ReturnType<House["connect"]>>;
beforeAll(async () => {
  house = await openHouse();
  connection = await house.connect();
});
afterAll(() => house.close());

const order = (url: string, mostBytes: number): Order => ({
  ...{ id: "p#0", guildId: "801", proposalId: "p", eventId: "e", agent: "faq", step: 0, attempt: 1, attemptedAt: 0 },
  ...{ status: "leased", priority: "high", onFailure: "stop", reason: "r" },
  action: { verb: "file.read", url, mostBytes },
});

it.each<readonly [string, (url: string) => string, number, object]>([
  ["reads a file as text", (url) => url, 99, { kind: "done", result: { text: "Grüße, 1\n" } }],
  ["stops at the limit", (url) => url, 4, { kind: "failed", code: "file.large" }],
  ["says that a file is gone", (url) => url.replace(/ex=\w+/, "ex=1"), 99, { kind: "failed", code: "file.gone" }],
  ["asks nobody but Discord", () => "http://169.254.169.254/latest", 99, { kind: "failed", code: "file.elsewhere" }],
])("%s", async (_name, at, mostBytes, expected) => {
  const { control } = house.simulator;
  const { channelId, url } = upload();
  expect(channelId).toBeDefined();
  const outcome = await connection.executor.perform(order(at(url), mostBytes), AbortSignal.timeout(5_000));
  expect(outcome).toMatchObject(expected);
  await connection.close();

  function upload(): { channelId: string; url: string } {
    const { id: guildId } = control.createGuild({ name: "Owlery", members: [{ name: "ada" }] });
    const channel = control.channels(guildId).find(({ type }) => type === 0)!.id;
    const owner = control.members(guildId)[0]!.user.id;
    const attachments = [{ name: "faq.csv", contentType: "text/csv", bytes: Buffer.from("Grüße, 1\n") }];
    const messageId = control.say(guildId, channel, owner, "here", { attachments });
    const message = control.messages(channel).find(({ id }) => id === messageId)!;
    return { channelId: channel, url: message.attachments[0]!.url };
  }
});
