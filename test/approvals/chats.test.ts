import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { examineTelegram, hashOfCode, makeCode } from "../../src/adapters/telegram/index.ts";
import { startTelegram } from "../../src/simulator/telegram/index.ts";
import { directory, GUILD, member, message, regular } from "../kit/guild.ts";
import { type ApprovalHouse, CHAT, type HouseOptions, MIA, NOOR, openHouse } from "./house.ts";

let house: ApprovalHouse;
const open = async (options: HouseOptions = {}) => (house = await openHouse(options));
afterEach(() => house.close());

const texts = (chatId = CHAT) => house.telegram.control.cards(chatId).map(({ text }) => text);
const heard = (words: string, chatId = CHAT) => house.until(() => texts(chatId).find((text) => text.includes(words)));

async function invited(guildId = GUILD): Promise<string> {
  const code = makeCode(guildId);
  const [id, at] = [`cli:${code}`, Date.now()];
  const codeHash = hashOfCode(code);
  await house.road.submit({ id, guildId, at, kind: "chat.invited", codeHash, expiresAt: at + 60_000 });
  await house.commitOf(({ event }) => event.id === id);
  return code;
}

describe("a chat that is linked to nothing", () => {
  it.each(["/start", "/pending", "/help@guildhall_bot"])(
    "is told after %s what to do, and its number",
    async (words) => {
      await open({ chatId: null });
      house.telegram.control.say(CHAT, 88, words);
      await heard(`TELEGRAM_CHAT_ID=${CHAT}`);
      expect(texts()[0]).toContain("guildhall telegram link");
    },
  );

  it("is told that a code is none, and hears nothing of idle talk", async () => {
    await open({ chatId: null });
    house.telegram.control.say(CHAT, 88, "hello everybody");
    house.telegram.control.say(CHAT, 88, "/link 12345");
    await heard("no code of mine");
    expect(texts()).toHaveLength(1);
  });
});

describe("guilds and chats", () => {
  it("two guilds share a chat: each is asked about by name, and a tap reaches the one it is about", async () => {
    await open({ chatId: null });
    const other = { ...directory, guildId: "200", name: "The Anchor" };
    house.bring({ id: "setup:2", guildId: "200", at: 1, kind: "guild.available", directory: other });
    await house.commitOf(({ event }) => event.id === "setup:2");
    for (const guildId of [GUILD, "200"]) house.telegram.control.say(CHAT, MIA, `/link ${await invited(guildId)}`);
    await heard("now answers for The Anchor");
    await heard("now answers for The Lantern");
    house.telegram.control.say(CHAT, MIA, "/pending");
    await heard("The Anchor: nothing waits");
    await heard("The Lantern: nothing waits");
    const { messageId } = await house.ask(message("bad", { at: Date.now() }));
    const asked = message("bad", { guildId: "200", at: Date.now() });
    house.bring(asked);
    await heard("The Anchor\n");
    house.telegram.control.press(CHAT, messageId, MIA, { label: "Reject" });
    await house.until(() => texts().some((text) => text.includes("The Lantern\n") && text.includes("Rejected by")));
    expect(await house.store.guild("200").approvalCount("pending")).toBe(1);
    house.telegram.control.say(CHAT, MIA, "/start");
    await heard("what can be said here");
    expect(texts().filter((text) => text.includes("what can be said here"))).toHaveLength(1);
  });

  it("a guild that is linked to another chat is answered for there, and what waits is shown there", async () => {
    await open();
    const { messageId } = await house.ask();
    house.telegram.control.createChat(-700);
    house.telegram.control.say(-700, 88, `/link ${await invited()}`);
    await heard("answered for in another chat now");
    await heard("Ban: member-50?", -700);
    const here = house.telegram.control.cards(-700).find(({ text }) => text.includes("Ban: member-50?"))!;
    const stale = house.telegram.control.press(CHAT, messageId, MIA, { label: "Approve" });
    await house.until(() => house.telegram.control.answer(stale)?.text === "This chat is not linked to that server.");
    house.telegram.control.press(-700, here.id, 88, { label: "Reject" });
    await heard("Rejected by", -700);
    await heard("Rejected by");
  });
});

describe("taps in the wrong order", () => {
  it("what was allowed of a card that has changed since is not allowed, and the reminder is silenced by nobody else", async () => {
    await open();
    const { control } = house.telegram;
    const { messageId } = await house.ask();
    const old = control.dataOf(CHAT, messageId, "Approve");
    control.say(CHAT, MIA, "timeout 1h", messageId);
    await house.until(() => control.buttons(CHAT, messageId).includes("Confirm change"));
    const stale = control.press(CHAT, messageId, NOOR, { data: old });
    await house.until(() => control.answer(stale));
    expect(control.answer(stale)?.text).toContain("changed since you saw it");
    expect(house.world.performed).toEqual([]);
    control.say(CHAT, 99, "/mute 2h");
    await heard("Your id is 99");
    control.say(CHAT, NOOR, "reject: it was a joke", messageId);
    await heard("“it was a joke”");
  });
});

describe("by webhook", () => {
  const freePort = () =>
    new Promise<number>((resolve) => {
      const server = createServer().listen(0, "127.0.0.1", () => {
        const { port } = server.address() as AddressInfo;
        server.close(() => resolve(port));
      });
    });

  it("updates count once, and only with the secret", async () => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}/telegram`;
    await open({ webhook: { url, secret: "s3cret", host: "127.0.0.1", port } });
    await house.until(() => house.telegram.control.webhook());
    const { messageId } = await house.ask();
    house.telegram.control.press(CHAT, messageId, MIA, { label: "Approve" });
    house.telegram.control.again();
    await heard("Done.");
    await house.until(() => house.telegram.control.unconfirmed() === 0);
    expect(house.world.performed.filter(({ action }) => action.verb === "member.ban")).toHaveLength(1);
    const knock = async (init: RequestInit) => (await fetch(url, { method: "POST", body: "{}", ...init })).status;
    const secret = { "x-telegram-bot-api-secret-token": "s3cret" };
    const statuses = await Promise.all([
      knock({}),
      knock({ headers: { "x-telegram-bot-api-secret-token": "secret" } }),
      knock({ headers: { "x-telegram-bot-api-secret-token": "s3cret-and-more" } }),
      knock({ method: "PUT", headers: secret }),
      knock({ headers: secret, body: "not json" }),
      knock({ headers: secret, body: "{}" }),
      knock({ headers: secret, body: JSON.stringify({ update_id: 1, text: "x".repeat(1_100_000) }) }),
    ]);
    expect(statuses).toEqual([401, 401, 401, 405, 400, 400, 413]);
  });

  it("a port that is taken is said with the remedy", async () => {
    const taken = createServer();
    const port = await new Promise<number>((resolve) => {
      taken.listen(0, "127.0.0.1", () => resolve((taken.address() as AddressInfo).port));
    });
    await open({ webhook: { url: "https://hall.example.org", secret: "s", host: "127.0.0.1", port } });
    await house.until(() =>
      house.findings().some((line) => line.includes(`TELEGRAM_WEBHOOK_PORT ${port} cannot be opened`)),
    );
    await new Promise((resolve) => taken.close(resolve));
  });
});

describe("trouble", () => {
  it("a second reader of the same bot is said, and read on once it is gone", async () => {
    await open();
    const { apiRoot, token, control } = house.telegram;
    await house.until(() => control.requests().some(({ method }) => method === "getUpdates"));
    const second = new AbortController();
    const read = async (): Promise<void> => {
      while (!second.signal.aborted)
        await fetch(`${apiRoot}/bot${token}/getUpdates?`, {
          method: "POST",
          body: '{"timeout":1}',
          signal: second.signal,
        }).catch(() => undefined);
    };
    const reading = read();
    await house.until(() => house.findings().some((line) => line.includes("somebody else reads this bot's updates")));
    second.abort();
    await reading;
    const before = control.requests().filter(({ method }) => method === "getUpdates").length;
    expect(before).toBeLessThan(50);
    const { messageId } = await house.ask();
    control.press(CHAT, messageId, MIA, { label: "Reject" });
    await heard("Rejected by");
    expect(house.findings()).toEqual([]);
  });

  it("of one chat is not over because the bot is reached, and is over once the chat is", async () => {
    await open();
    house.telegram.control.forbid(CHAT);
    house.bring(message("bad", { author: member("51", regular), at: Date.now() }));
    await house.until(() => house.findings().some((line) => line.includes("may not write there")));
    house.telegram.control.say(CHAT, MIA, "wake up");
    await house.until(() => house.telegram.control.unconfirmed() === 0);
    expect(house.findings()).toHaveLength(1);
  });
});

describe("doctor", () => {
  it("names the bot, each chat, and what is wrong with them", async () => {
    await open();
    const { apiRoot, token, control } = house.telegram;
    control.createChat(-800);
    control.forbid(-800, "bot was kicked from the group chat");
    const look = (given: string, root = apiRoot) =>
      examineTelegram({
        ...{ token: given, apiRoot: root, hasWebhook: false },
        chats: [CHAT, -800, -900].map((id) => ({ chatId: String(id), of: `chat ${id}` })),
      });
    expect((await look(token)).map(({ state, what }) => `${state} ${what}`)).toEqual([
      "ok the bot is @guildhall_bot",
      `ok the chat of chat ${CHAT} is there`,
      "broken the chat of chat -800 (-800): the bot may not write there (Forbidden: bot was kicked from the group chat)",
      "broken the chat of chat -900 (-900): the chat is not found",
    ]);
    expect(await look("1:wrong-token-wrong")).toMatchObject([{ state: "broken", what: "the token is refused" }]);
    const gone = await startTelegram();
    await gone.close();
    expect(await look(token, gone.apiRoot)).toMatchObject([
      { state: "broken", what: "cannot be reached (ECONNREFUSED)" },
    ]);
  });
});
