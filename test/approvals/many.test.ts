import { afterEach, expect, it } from "vitest";
import { manualClock } from "../../src/adapters/memory/clock.ts";
import { GUILD, member, message } from "../kit/guild.ts";
import { createWorld, startRoad, type TestRoad } from "../kit/road.ts";
import { asker, untilAsync } from "./house.ts";

let road: TestRoad;
afterEach(() => road.stop());

it("500 questions are listed by the page, and reminded of in one message", async () => {
  const clock = manualClock(1_760_000_000_000);
  const world = createWorld();
  world.answer = () => ({ kind: "done", result: { messageId: "1" } });
  const telegram = { chatId: "-5", userIds: [] };
  const approval = { verbs: ["member.ban" as const], expireAfterSeconds: 86_400, telegram };
  const quota = { measures: 1_000, perSeconds: 60 };
  road = await startRoad({
    agents: [asker],
    clock,
    world,
    policy: { approval, quota: { perRule: quota, perModerator: quota } },
  });
  const at = clock.now();
  road.bring(
    ...Array.from({ length: 500 }, (_, index) => message("bad", { author: member(String(1_000 + index)), at })),
  );
  const guild = road.store.guild(GUILD);
  await untilAsync(async () => (await guild.approvalCount("pending")) === 500);
  const titles = () =>
    world.performed.flatMap(({ action }) => (action.verb === "card.show" ? [action.card.title] : []));
  await untilAsync(async () => titles().length === 500);
  road.bring({
    ...{ id: "tg:1", guildId: GUILD, at: clock.now(), kind: "chat.said", chatId: "-5", by: "7", name: "Mia" },
    ...{ command: "pending", rest: "50", isBound: true },
  });
  await untilAsync(async () => titles().includes("The Lantern: 500 waiting, page 50 of 50"));
  clock.advance(2 * 3_600_000);
  await untilAsync(async () => titles().some((title) => title === "500 questions are still waiting"));
  expect(titles().filter((title) => title.includes("still waiting"))).toHaveLength(1);
}, 30_000);
