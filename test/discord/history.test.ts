import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openHouse, type House } from "./house.ts";

let house: House;
let connection: Awaited<ReturnType<House["connect"]>>;
let [channelId, guildId, ada] = ["", "", ""];
const signal = () => AbortSignal.timeout(5_000);

beforeAll(async () => {
  house = await openHouse();
  connection = await house.connect();
  const { control } = house.simulator;
  guildId = control.createGuild({ name: "Owlery", members: [{ name: "ada" }] }).id;
  channelId = control.channels(guildId).find(({ type }) => type === 0)!.id;
  ada = control.members(guildId)[0]!.user.id;
  for (let index = 1; index <= 130; index += 1) {
    const bytes = Buffer.from(`file ${index}`);
    const attachments = index === 130 ? [{ name: "a.txt", contentType: "text/plain", bytes }] : [];
    control.say(guildId, channelId, ada, `line ${index}`, { attachments });
  }
});
afterAll(async () => {
  await connection.close();
  await house.close();
});

describe("reading a thread", () => {
  it.each([
    [1_000, 1, false],
    [120, 11, true],
    [100, 31, true],
  ])("of 130 messages the newest %i, oldest first", async (most, first, isCut) => {
    const found = (await connection.threads.read(channelId, most, signal()))!;
    expect(found.isCut).toBe(isCut);
    expect(found.messages.map(({ text }) => text)).toEqual(
      Array.from({ length: 131 - first }, (_, index) => `line ${first + index}`),
    );
    expect(found.messages.at(-1)).toMatchObject({ author: { name: "ada" }, attachments: [{ name: "a.txt", size: 8 }] });
  });

  it("that is gone, or is not the bot's to read, is none", async () => {
    expect(await connection.threads.read("900000000000000999", 100, signal())).toBeUndefined();
  });

  it("is given up at once when the connection is closed, whatever time it has", async () => {
    const other = await house.connect();
    await other.close();
    const forever = new AbortController().signal;
    await expect(other.threads.read(channelId, 100, forever)).rejects.toThrow();
    await expect(other.threads.file(`${house.simulator.apiUrl}/attachments/1/1/a`, 8, forever)).rejects.toThrow();
  });

  it("copies a file of Discord's, and asks nobody else", async () => {
    const { messages } = (await connection.threads.read(channelId, 1_000, signal()))!;
    const url = messages.at(-1)!.attachments[0]!.url!;
    expect(Buffer.from(await connection.threads.file(url, 8, signal())).toString()).toBe("file 130");
    await expect(connection.threads.file(url, 7, signal())).rejects.toThrow(/larger than 7 bytes/);
    await expect(connection.threads.file("http://169.254.169.254/x", 8, signal())).rejects.toThrow(
      /not lie with Discord/,
    );
  });
});

describe("the roles somebody has", () => {
  it("are those of this moment, none of who is no member, and asked for once by whoever asks at once", async () => {
    const { control } = house.simulator;
    const role = control.createRole(guildId, { name: "team" }).id;
    const asked: string[] = [];
    const stop = control.onRequest((method, path) => asked.push(`${method} ${path}`));
    const both = [connection.rolesOf(guildId, ada), connection.rolesOf(guildId, ada)];
    expect(await Promise.all(both)).toEqual([[], []]);
    expect(asked).toHaveLength(1);
    control.setRoles(guildId, ada, [role]);
    expect(await connection.rolesOf(guildId, ada)).toEqual([role]);
    expect(await connection.rolesOf(guildId, "900000000000000999")).toBeUndefined();
    stop();
  });

  it("cannot be told without a connection", async () => {
    const other = await house.connect();
    await other.close();
    await expect(other.rolesOf(guildId, ada)).rejects.toThrow();
  });
});
