import { afterEach, describe, expect, it } from "vitest";
import { type Action, type Card, type Order, plainText } from "#core";
import { manualClock, type ManualClock } from "../../src/adapters/memory/clock.ts";
import { GUILD, member, message, regular, type policy } from "../kit/guild.ts";
import { createWorld, startRoad, type TestRoad, type World } from "../kit/road.ts";
import { asker, untilAsync } from "./house.ts";

/** Sunday, noon. */
const START = Date.UTC(2026, 10, 22, 12);
const [MINUTE, HOUR] = [60_000, 3_600_000];
const people = [
  { name: "Mia", telegramUserId: "71" },
  { name: "Noor", telegramUserId: "72" },
];

let road: TestRoad;
let world: World;
let clock: ManualClock;
afterEach(() => road.stop());

async function open(approval: Partial<ReturnType<typeof policy>["approval"]> = {}, start = START): Promise<void> {
  clock = manualClock(start);
  world = createWorld();
  world.answer = () => ({ kind: "done", result: { messageId: "1" } });
  const quota = { measures: 1_000, perSeconds: 60 };
  road = await startRoad({
    ...{ agents: [asker], clock, world },
    policy: {
      locale: "en",
      quota: { perRule: quota, perModerator: quota },
      approval: {
        ...{ verbs: ["member.ban"], expireAfterSeconds: 86_400, remindAfterSeconds: 3_600, people },
        telegram: { chatId: "-5", userIds: [] },
        ...approval,
      },
    },
  });
}

async function ask(userId = "50"): Promise<string> {
  const event = message("bad", { author: member(userId, regular), at: clock.now() });
  road.bring(event);
  await road.commitOf((entry) => entry.event.id === event.id);
  const guild = road.store.guild(GUILD);
  const { id } = (await guild.approvals("any", 100)).find(({ eventId }) => eventId === event.id)!;
  await untilAsync(async () => {
    const shown = (await guild.approval(id))?.progress?.shown ?? [];
    return shown.length > 0 && shown.every(({ standing: stands }) => stands === "shown");
  });
  return id;
}

type CardOrder = Order & { action: Extract<Action, { card: Card }> };
const cards = (): readonly CardOrder[] => world.performed.filter((order): order is CardOrder => "card" in order.action);
const reminders = () => cards().filter(({ action }) => action.card.title.includes("still waiting"));
const standing = (id: string) => road.store.guild(GUILD).approval(id);
const ended = (id: string) =>
  untilAsync(async () => {
    const found = await standing(id);
    return found?.status === "pending" ? undefined : found;
  });
/** Everything that was due by now has struck, and nothing is under way. */
const settled = async () => {
  await untilAsync(async () => (await road.store.timers.due(clock.now(), 1)).length === 0);
  const under = ["waiting", "leased", "blocked"] as const;
  await untilAsync(async () => {
    const orders = await Promise.all(under.map((status) => road.store.guild(GUILD).orders(status, 1)));
    return orders.every((list) => list.length === 0);
  });
};
const measures = () => world.performed.filter(({ action }) => action.verb.startsWith("member."));

describe("a question that nobody answers in time", () => {
  it("comes to nothing, and says so", async () => {
    await open();
    const id = await ask();
    clock.advance(86_400_000 - 1);
    await settled();
    expect((await standing(id))?.status).toBe("pending");
    clock.advance(1);
    const { progress, answeredBy } = (await ended(id))!;
    expect(answeredBy).toBe("clock");
    expect(plainText(progress!.decided!.text)).toBe("Nobody answered by 12:00 UTC: nothing was done.");
    await settled();
    expect(measures()).toEqual([]);
    expect(cards().at(-1)?.action.card.buttons).toEqual([]);
  });

  it.each([
    ["a time-out", { verb: "member.timeout", minutes: 30 }, "member.timeout", "timed out instead, case #1. Done."],
    ["a warning", { verb: "member.warn" }, "dm.open", "warned instead, case #1. Done."],
  ] as const)("comes to %s where the guild chose that", async (_name, onExpiry, verb, words) => {
    await open({ onExpiry });
    world.answer = ({ action }) => ({
      kind: "done",
      result: action.verb === "dm.open" ? { channelId: "9" } : { messageId: "1" },
    });
    const id = await ask();
    clock.advance(86_400_000);
    await ended(id);
    await untilAsync(() => Promise.resolve(JSON.stringify(cards().at(-1)?.action.card.decision).includes("Done.")));
    expect(plainText(cards().at(-1)!.action.card.decision!)).toContain(words);
    expect(world.performed.filter(({ action }) => action.verb === verb)).toHaveLength(1);
    expect(world.performed.some(({ action }) => action.verb === "member.ban")).toBe(false);
  });

  it("comes to nothing milder for a member who has left", async () => {
    await open({ onExpiry: { verb: "member.timeout" } });
    const id = await ask();
    road.bring({ id: "l:1", guildId: GUILD, at: clock.now(), kind: "member.left", userId: "50", name: "x" });
    await road.commitOf(({ event }) => event.id === "l:1");
    clock.advance(86_400_000);
    expect((await ended(id))?.status).toBe("expired");
    await settled();
    expect(measures()).toEqual([]);
  });
});

describe("reminders", () => {
  it("are one message for all that was asked in a quarter of an hour, and call one person after the other", async () => {
    await open();
    for (const userId of ["50", "51", "52"]) await ask(userId);
    clock.advance(HOUR);
    await settled();
    expect(reminders()).toEqual([]);
    clock.advance(15 * MINUTE);
    await settled();
    expect(reminders().map(({ action }) => [action.card.title, action.card.calls?.name])).toEqual([
      ["3 questions are still waiting", "Mia"],
    ]);
    clock.advance(HOUR);
    await settled();
    expect(reminders().map(({ action }) => action.card.calls?.name)).toEqual(["Mia", "Noor"]);
    expect(JSON.stringify(reminders().at(-1)?.action.card.fields)).toContain("Nobody answered, so now");
    clock.advance(6 * HOUR);
    await settled();
    expect(reminders()).toHaveLength(2);
  });

  it("are not sent of what was answered meanwhile", async () => {
    await open();
    const [first] = [await ask("50"), await ask("51")];
    const facts = { id: "a:1", guildId: GUILD, at: clock.now(), kind: "approval.answered" as const };
    await road.road.submit({ ...facts, approvalId: first, answer: "reject", by: "dashboard:owner" });
    await ended(first);
    clock.advance(2 * HOUR);
    await settled();
    expect(reminders()[0]?.action.card.title).toBe("1 question is still waiting");
  });

  it("wait for the end of quiet hours, in which cards come without a sound, and are one then", async () => {
    const quietHours = { from: "22:00", to: "08:00", timeZone: "Europe/Berlin" };
    await open({ quietHours }, Date.UTC(2026, 10, 22, 20, 50));
    await ask("50");
    clock.advance(20 * MINUTE);
    await ask("51");
    clock.advance(40 * MINUTE);
    await ask("52");
    const shown = cards().filter(({ action }) => action.verb === "card.show");
    expect(shown.map(({ action }) => "silent" in action.place && action.place.silent)).toEqual([false, true, true]);
    clock.set(Date.UTC(2026, 10, 23, 6, 59));
    await settled();
    expect(reminders()).toEqual([]);
    clock.set(Date.UTC(2026, 10, 23, 7));
    await settled();
    expect(reminders().map(({ action }) => action.card.title)).toEqual(["3 questions are still waiting"]);
  });

  it("wait while the chat is muted, and show a card anew that may never have arrived", async () => {
    await open();
    world.answer = ({ action }) =>
      action.verb === "card.show" ? { kind: "unknown", why: "no answer" } : { kind: "done", result: {} };
    world.find = () => ({ found: "unknown", why: "cannot be asked" });
    const event = message("bad", { at: clock.now() });
    road.bring(event);
    await road.commitOf((entry) => entry.event.id === event.id);
    const guild = road.store.guild(GUILD);
    const { id } = (await guild.approvals("pending", 1))[0]!;
    await untilAsync(async () => {
      clock.advance(20_000);
      return (await guild.approval(id))?.progress?.shown[0]?.standing === "lost";
    });
    world.answer = () => ({ kind: "done", result: { messageId: "2" } });
    const said = { id: "tg:1", guildId: GUILD, at: clock.now(), kind: "chat.said" as const, chatId: "-5", by: "71" };
    road.bring({ ...said, name: "Mia", command: "mute", rest: "3h", isBound: true });
    await road.commitOf((entry) => entry.event.id === "tg:1");
    clock.advance(2 * HOUR);
    await settled();
    expect(reminders()).toEqual([]);
    clock.advance(HOUR);
    await settled();
    expect(reminders()).toHaveLength(1);
    const places = (await guild.approval(id))!.progress!.shown.map(({ standing: stands }) => stands);
    expect(places).toEqual(["lost", "shown"]);
  });
});

it("a guild's language is what its cards speak, and its time zone the time they tell on Telegram", async () => {
  clock = manualClock(START);
  world = createWorld();
  world.answer = () => ({ kind: "done", result: { messageId: "1" } });
  const telegram = { chatId: "-5", userIds: [] };
  const approval = { verbs: ["member.ban" as const], expireAfterSeconds: 3_600, telegram, timeZone: "Asia/Tokyo" };
  road = await startRoad({ agents: [asker], clock, world, policy: { locale: "de", approval } });
  const id = await ask();
  const { card } = cards()[0]!.action;
  expect(card.title).toBe("Bannen: member-50?");
  const fields = Object.fromEntries(card.fields.map(({ label, value }) => [label, plainText(value, card)]));
  expect(fields).toMatchObject({
    Server: "The Lantern",
    Maßnahme: "Bannen",
    Frist: expect.stringMatching(/^2026-11-22 22:00 /) as string,
  });
  clock.advance(HOUR);
  await ended(id);
  await settled();
  const { decision } = cards().at(-1)!.action.card;
  expect(plainText(decision!, card)).toMatch(/^Bis 22:00 \S+ hat niemand geantwortet: nichts wurde getan\.$/);
});
