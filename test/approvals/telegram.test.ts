import { afterEach, describe, expect, it } from "vitest";
import { makeCode, hashOfCode } from "../../src/adapters/telegram/index.ts";
import { startTelegram } from "../../src/simulator/telegram/index.ts";
import { GUILD, member, message, regular } from "../kit/guild.ts";
import { type ApprovalHouse, CHAT, type HouseOptions, MIA, NOOR, openHouse } from "./house.ts";

let house: ApprovalHouse;
const open = async (options: HouseOptions = {}) => (house = await openHouse(options));
afterEach(() => house.close());

const card = (messageId: number) => house.telegram.control.cards(CHAT).find(({ id }) => id === messageId)!;
const bans = () => house.world.performed.filter(({ action }) => action.verb === "member.ban");
const press = (messageId: number, label: string, by = MIA) =>
  house.telegram.control.press(CHAT, messageId, by, { label });

describe("a card on Telegram", () => {
  it("is approved with one tap, and tells who, when, the case and what came of it", async () => {
    await open();
    const { messageId } = await house.ask();
    expect(house.telegram.control.buttons(CHAT, messageId)).toEqual(["Approve", "Reject", "Modify", "Evidence"]);
    const callback = press(messageId, "Approve");
    await house.until(() => card(messageId).text.includes("Done."));
    expect(card(messageId).text).toMatch(/Approved by user-71 at \d\d:\d\d UTC, case #1\. Done\.$/);
    expect(house.telegram.control.buttons(CHAT, messageId)).toEqual([]);
    expect(house.telegram.control.answer(callback)).toMatchObject({ alert: false });
    expect(bans()).toHaveLength(1);
  });

  it.each([
    ["HTML and Markdown", "<b>x</b> *y* _z_ [a](http://evil.example) `q`"],
    ["right-to-left and marks that turn text round", "\u202Eevil \u05D0\u05D1\u05D2"],
    ["emoji and combining marks", "🧑‍🚀🏳️‍🌈 Z̷̗͐a̶l̶g̶o̵"],
    ["the house's own placeholder", "{case} $0.messageId"],
  ])("shows %s as plain text", async (_name, name) => {
    await open();
    const author = { ...member("50", regular), name };
    const { messageId } = await house.ask(message(`bad ${name}`, { author, at: Date.now() }));
    press(messageId, "Reject");
    await house.until(() => card(messageId).text.includes("Rejected by"));
    expect(card(messageId).text).toContain(name);
    expect(house.telegram.control.requests().every(({ payload }) => payload["parse_mode"] === undefined)).toBe(true);
  });

  it("arrives with evidence longer than a message may be, and keeps its decision", async () => {
    await open();
    const author = { ...member("50", regular), name: "N".repeat(2_000) };
    const { messageId } = await house.ask(message(`bad ${"&<>".repeat(1_300)}`, { author, at: Date.now() }));
    press(messageId, "Evidence");
    await house.until(() => house.telegram.control.buttons(CHAT, messageId).includes("Back"));
    expect(card(messageId).text.length).toBeLessThanOrEqual(4_096);
    press(messageId, "Reject");
    await house.until(() => card(messageId).text.includes("Rejected by user-71"));
  });

  it("takes no tap that is forged, somebody else's, from another chat, or late", async () => {
    await open();
    const { control } = house.telegram;
    const { messageId, approvalId } = await house.ask();
    const genuine = control.dataOf(CHAT, messageId, "Approve");
    const forged = control.press(CHAT, messageId, MIA, {
      data: genuine.replace(/.$/, (last) => (last === "A" ? "B" : "A")),
    });
    await house.until(() => control.answer(forged));
    expect(control.answer(forged)?.text).toBe("This button is not one of mine.");
    control.createChat(-600);
    control.say(-600, MIA, "forwarded");
    const elsewhere = control.press(-600, 1, MIA, { data: genuine });
    await house.until(() => control.answer(elsewhere));
    const stranger = press(messageId, "Approve", 99);
    await house.until(() => control.answer(stranger));
    expect(control.answer(stranger)).toMatchObject({
      alert: true,
      text: expect.stringContaining("Your id is 99") as string,
    });
    expect((await house.store.guild(GUILD).approval(approvalId))?.status).toBe("pending");
    press(messageId, "Reject");
    await house.until(() => card(messageId).text.includes("Rejected"));
    const late = control.press(CHAT, messageId, NOOR, { data: genuine });
    await house.until(() => control.answer(late));
    expect(control.answer(late)?.text).toContain("Too late. Rejected by user-71");
    expect(bans()).toEqual([]);
  });

  it("counts a tap that arrives twice once", async () => {
    await open();
    const { messageId } = await house.ask();
    press(messageId, "Approve");
    house.telegram.control.again();
    await house.until(() => card(messageId).text.includes("Done."));
    await house.until(() => house.telegram.control.unconfirmed() === 0);
    expect(bans()).toHaveLength(1);
  });

  it("is changed to something milder, shows the difference, and does that once it is confirmed", async () => {
    await open();
    const { messageId } = await house.ask();
    press(messageId, "Modify");
    await house.until(() => house.telegram.control.buttons(CHAT, messageId).includes("Kick"));
    house.telegram.control.say(CHAT, MIA, "timeout 2h only once, and sorry", messageId);
    await house.until(() => card(messageId).text.includes("Proposed instead: ban → time out for 2 hours; reason"));
    expect(house.world.performed).toEqual([]);
    press(messageId, "Confirm change", NOOR);
    await house.until(() => card(messageId).text.includes("Done."));
    expect(bans()).toEqual([]);
    expect(house.world.performed.map(({ action }) => action.verb)).toEqual(["member.timeout"]);
  });

  it("waits while Telegram cannot be reached, and arrives afterwards; other faces work meanwhile", async () => {
    await open();
    house.telegram.control.failNext({
      method: "sendMessage",
      status: 429,
      description: "Too Many Requests: retry after 1",
      retryAfter: 1,
    });
    const { messageId, approvalId } = await house.ask();
    expect(messageId).toBeGreaterThan(0);
    await house.road.submit({
      ...{ id: "page:1", guildId: GUILD, at: Date.now(), kind: "approval.answered" },
      ...{ approvalId, answer: "reject", by: "dashboard:owner", name: "the owner" },
    });
    await house.until(() => card(messageId).text.includes("Rejected by the owner"));
  });
});

describe("what is wrong with the chat", () => {
  it.each([
    ["the token", { token: "1:wrong-token-wrong" }, "the token is refused"],
    ["the chat", { chatId: "-404" }, "the chat is not found"],
  ])("%s: one line says what to do, and the card waits", async (_name, options, line) => {
    await open(options);
    house.bring(message("bad", { at: Date.now() }));
    await house.until(() => house.findings().some((finding) => finding.includes(line)));
    const waiting = (await house.store.guild(GUILD).orders("any", 5)).filter(
      ({ action }) => action.verb === "card.show",
    );
    expect(waiting.every(({ status }) => status === "waiting" || status === "leased")).toBe(true);
  });

  it("a blocked bot: one line, and the card waits", async () => {
    await open();
    house.telegram.control.forbid(CHAT);
    house.bring(message("bad", { at: Date.now() }));
    await house.until(() => house.findings().some((finding) => finding.includes("may not write there")));
  });

  it("a group that became a supergroup is followed", async () => {
    await open();
    const before = await house.ask();
    const newId = house.telegram.control.upgrade(CHAT);
    const event = message("bad", { author: member("51", regular), at: Date.now() });
    house.bring(event);
    await house.until(() => house.telegram.control.cards(newId).length >= 2);
    house.telegram.control.press(newId, before.messageId, MIA, { label: "Approve" });
    await house.until(() => house.telegram.control.cards(newId).some(({ text }) => text.includes("Done.")));
    expect(bans()).toHaveLength(1);
  });
});

describe("commands", () => {
  it("link a chat with a code, once", async () => {
    await open({ chatId: null });
    const { control } = house.telegram;
    const code = makeCode(GUILD);
    const at = Date.now();
    await house.road.submit({
      id: "cli:1",
      guildId: GUILD,
      at,
      kind: "chat.invited",
      codeHash: hashOfCode(code),
      expiresAt: at + 60_000,
    });
    await house.commitOf(({ event }) => event.id === "cli:1");
    const texts = () => control.cards(CHAT).map(({ text }) => text);
    control.say(CHAT, 88, `/link ${code}`);
    await house.until(() => texts().some((text) => text.includes("now answers for The Lantern")));
    control.say(CHAT, 89, `/link ${code}`);
    await house.until(() => texts().some((text) => text.includes("not good any more")));
    const { messageId } = await house.ask();
    press(messageId, "Approve", 88);
    await house.until(() => card(messageId).text.includes("Done."));
  });

  it("tell what waits, how fast people are, and about a case", async () => {
    await open();
    const { control } = house.telegram;
    const { messageId } = await house.ask();
    const says = async (text: string, answer: string) => {
      control.say(CHAT, MIA, text);
      return house.until(() => control.cards(CHAT).find((one) => one.text.includes(answer)));
    };
    await says("/pending", "1 waiting, page 1 of 1");
    press(messageId, "Approve");
    await house.until(() => card(messageId).text.includes("Done."));
    await says("/case 1", "case #1");
    await says("/stats", "Half took no longer than");
    await says("/mute 2h", "no reminders until");
    await says("/help", "what can be said here");
  });
});

describe("a restart", () => {
  it("takes the tap that came while nobody was there, once", async () => {
    const simulator = await startTelegram();
    simulator.control.createChat(CHAT);
    const first = await open({ simulator });
    const { messageId } = await first.ask();
    await first.close();
    press(messageId, "Approve");
    simulator.control.again();
    await open({ simulator, store: first.store });
    await house.until(() => card(messageId).text.includes("Done."));
    expect(bans()).toHaveLength(1);
    await house.until(() => simulator.control.unconfirmed() === 0);
    await simulator.close();
  });
});
