import { afterEach, describe, expect, test } from "vitest";
import type { MessageFacts } from "#core";
import { GUILD, member, message, openFaq, type FaqHouse, type FaqOptions } from "./house.ts";

let house: FaqHouse;
afterEach(() => house.stop());

const pin = (messageId: string, userId: string, text: string, channelId = "20"): MessageFacts => ({
  ...message(text, { author: member(userId) }),
  ...{ channelId, messageId },
});
const SHOES = pin("801", "70", "Shoes stay outside of the tent at all times.");
const LAMPS = pin("802", "70", "Lamps are to be had from the caretaker.");
const BOATS = pin("803", "71", "Boats go back to the shed before dusk.");

const open = async (options: FaqOptions): Promise<void> => {
  house = await openFaq({ config: { answerIn: ["20"], knowledge: { pins: true } }, ...options });
};
const known = async () =>
  (await house.store.guild(GUILD).passages({ of: "knowledge", limit: 99 })).map(({ text }) => text).sort();
const asked = () => house.said("message.send").flatMap(({ words }) => words.pingUserIds ?? []);

describe("what was pinned before the house came", () => {
  test("is taken with the first message, of authors who agreed, and the others are asked and then taken", async () => {
    await open({ pins: { "20": [SHOES, LAMPS, BOATS] } });
    await house.command("consent give", {}, { by: member("70"), channelId: "21" });
    expect(await known()).toEqual([LAMPS.text, SHOES.text]);
    await house.says("hello");
    expect(asked()).toEqual(["71"]);
    await house.says("hello again");
    expect(asked()).toEqual(["71"]);
    expect(await house.command("consent show", {}, { by: member("70") })).toMatch(/2 messages/);
    const agree = house
      .said("message.send")
      .flatMap(({ words }) => words.components ?? [])
      .flat()
      .flatMap((one) => ("customId" in one && one.customId.includes(":agree:") ? [one.customId] : []));
    await house.press(agree[0]!, { by: member("71") });
    expect(await known()).toEqual([BOATS.text, LAMPS.text, SHOES.text]);
    await house.command("consent revoke", {}, { by: member("70") });
    expect(await known()).toEqual([BOATS.text]);
  });

  test("waits for the first message that is no question, since an answer is found again by the message that asked", async () => {
    await open({ pins: { "20": [SHOES] } });
    await house.submit("v1:faq:entry", { question: "How do I reset my password?", answer: "Press the bell." });
    await house.says("how do I reset my password?");
    expect(house.said("message.send").map(({ words }) => words.text.split("\n")[0])).toEqual(["Press the bell."]);
    await house.says("thank you");
    expect(asked()).toEqual(["70"]);
  });

  test("asks three authors of a channel, whoever else pinned there", async () => {
    await open({ pins: { "20": Array.from({ length: 9 }, (_, n) => pin(`81${n}`, `7${n}`, `Rule ${n} of nine.`)) } });
    await house.says("hello");
    expect(asked()).toEqual(["70", "71", "72"]);
  });

  test.each<readonly [string, FaqOptions]>([
    ["where pins are no knowledge", { config: { answerIn: ["20"] }, pins: { "20": [SHOES] } }],
    [
      "in a channel that is not served",
      { config: { answerIn: ["21"], knowledge: { pins: true } }, pins: { "20": [SHOES] } },
    ],
    ["where Discord cannot tell", { pins: {} }],
    ["of a bot", { pins: { "20": [{ ...SHOES, author: { ...SHOES.author, bot: true } }] } }],
    // A guild's settings can name any id: that makes the channel no part of it.
    [
      "in a channel of another guild",
      {
        config: { answerIn: ["666"], knowledge: { pins: true } },
        pins: { "666": [pin("804", "70", "Secret.", "666")] },
      },
    ],
  ])("is not looked at %s", async (_where, options) => {
    await open(options);
    await house.command("consent give", {}, { by: member("70") });
    await house.says("hello");
    await house.says("hello", { channelId: "666" });
    expect(await known()).toEqual([]);
    expect(asked()).toEqual([]);
  });

  test("is looked for again an hour later where Discord was silent", async () => {
    const pins: Record<string, readonly MessageFacts[]> = {};
    await open({ pins });
    await house.says("hello");
    pins["20"] = [SHOES];
    await house.says("hello");
    expect(asked()).toEqual([]);
    const at = house.now() + 3_700_000;
    await house.happens({ ...message("hello", { at }), id: "m:late", messageId: "late" });
    expect(asked()).toEqual(["70"]);
  });
});
