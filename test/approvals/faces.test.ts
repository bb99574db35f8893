import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CHAT, type FacesHouse, MIA, openFaces } from "./faces-house.ts";

let house: FacesHouse;
beforeAll(async () => {
  house = await openFaces();
});
afterAll(() => house.close());

const isBanned = (id: string) => house.control.bans(house.guildId).some((ban) => ban.userId === id);
const says = (messageId: string, words: string) =>
  house
    .until(() => Promise.resolve(house.text(messageId).includes(words)))
    .catch(() => expect(house.text(messageId)).toContain(words));
const answered = (interactionId: string) =>
  house.until(() => {
    const { embeds, followUps } = house.control.interaction(interactionId);
    const text = JSON.stringify([embeds, followUps]);
    return Promise.resolve(text === "[[],[]]" ? undefined : text);
  });

describe("a card in the moderators' channel", () => {
  it("is approved with a button by whoever could do it by hand, and tells so on every face", async () => {
    const bo = house.idOf("bo");
    const { messageId, chatMessageId, approvalId } = await house.asks("bo");
    const refused = house.press(messageId, "Approve", "cy");
    expect(await answered(refused)).toContain("You may not do this by hand");
    house.press(messageId, "Approve", "mo");
    await says(messageId, "Done.");
    expect(house.text(messageId)).toMatch(/Approved by mo at <t:\d+:t>, case \\\\#1/);
    expect(house.text(messageId)).not.toContain('custom_id":"v1:ap');
    await house.until(() => Promise.resolve(house.chatText(chatMessageId).includes("Done.")));
    expect(house.chatText(chatMessageId)).toMatch(/Approved by mo at \d\d:\d\d UTC, case #1\. Done\.$/);
    const page = await house.page();
    const shown = page.approvals.find(({ id }) => id === approvalId);
    expect(shown).toMatchObject({
      decision: expect.stringContaining("Approved by mo") as string,
      shown: [
        { face: "telegram", lost: false, at: expect.any(Number) as number },
        { face: "discord", lost: false, at: expect.any(Number) as number },
      ],
      votes: [{ face: "discord", name: "mo" }],
      tookMs: expect.any(Number) as number,
    });
    expect(page).toMatchObject({ waiting: 0, answered: 1, byFace: { discord: 1 }, medianMs: shown?.tookMs });
    expect(isBanned(bo)).toBe(true);
  });

  it("is changed with a form, shows the difference on every face, and is confirmed on another", async () => {
    const cy = house.idOf("cy");
    const { messageId, chatMessageId } = await house.asks("cy");
    const opened = house.press(messageId, "Modify", "mo");
    await house.until(() => Promise.resolve(house.control.interaction(opened).modal));
    const wrong = house.control.submitModal(opened, { length: "soon", reason: "" });
    expect(await answered(wrong)).toContain("30m, 2h or 7d");
    house.control.submitModal(opened, { action: ["member.timeout"], length: "2h", reason: "only *once*" });
    await says(messageId, "ban → time out for 2 hours; reason “was named” → “only");
    await house.until(() =>
      Promise.resolve(house.telegram.control.buttons(CHAT, chatMessageId).includes("Confirm change")),
    );
    house.telegram.control.press(CHAT, chatMessageId, MIA, { label: "Confirm change" });
    await says(messageId, "Done.");
    expect(isBanned(cy)).toBe(false);
    expect(house.control.member(house.guildId, cy)?.communication_disabled_until).toBeTruthy();
  });

  it("is rejected with a reason of one's own, which stands on every face and in the record", async () => {
    const { messageId, chatMessageId, approvalId } = await house.asks("di");
    const opened = house.press(messageId, "Reject", "mo");
    await house.until(() => Promise.resolve(house.control.interaction(opened).modal));
    house.control.submitModal(opened, { reason: "It was a joke" });
    await says(messageId, "It was a joke");
    await house.until(() => Promise.resolve(house.chatText(chatMessageId).endsWith("“It was a joke”")));
    const approval = await house.store.guild(house.guildId).approval(approvalId);
    expect(approval).toMatchObject({ status: "rejected", note: "It was a joke" });
    const late = house.control.submitModal(opened, { reason: "again" });
    expect(await answered(late)).toContain("Too late");
  });

  it("turns over to its evidence and back", async () => {
    const { messageId, approvalId } = await house.asks("ed");
    house.press(messageId, "Evidence", "mo");
    await says(messageId, '"Back"');
    house.press(messageId, "Back", "mo");
    await says(messageId, '"Evidence"');
    await house.answer(approvalId, { answer: "reject" });
    await says(messageId, "Rejected by the owner");
  });

  it("is answered once, however many answer at the same moment", async () => {
    const fi = house.idOf("fi");
    const { messageId, chatMessageId, approvalId } = await house.asks("fi");
    const { seen } = (await house.page()).approvals.find(({ id }) => id === approvalId)!;
    house.press(messageId, "Approve", "mo");
    house.telegram.control.press(CHAT, chatMessageId, MIA, { label: "Approve" });
    await house.answer(approvalId, { answer: "reject", seen });
    const approval = await house.until(async () => {
      const found = await house.store.guild(house.guildId).approval(approvalId);
      return found?.status === "pending" ? undefined : found;
    });
    const decided = approval!.status === "approved" ? "Done." : "Rejected by the owner";
    await says(messageId, decided);
    await house.until(() => Promise.resolve(house.chatText(chatMessageId).includes(decided)));
    expect(isBanned(fi)).toBe(approval!.status === "approved");
    expect(house.control.bans(house.guildId).filter((ban) => ban.userId === fi).length).toBeLessThanOrEqual(1);
  });
});

describe("a cohort", () => {
  it("is one card; all but some are banned, and each one's result is told on every face", async () => {
    const [gus, hal, ida] = ["gus", "hal", "ida"].map(house.idOf) as [string, string, string];
    const { messageId, chatMessageId, approvalId } = await house.asks("gus", "hal", "ida");
    expect(house.text(messageId)).toContain("3 members?");
    const shown = (await house.page()).approvals.find(({ id }) => id === approvalId);
    expect(shown).toMatchObject({ targets: [{ userId: gus }, { userId: hal }, { userId: ida }] });
    house.telegram.control.say(CHAT, MIA, `all but ${hal}`, chatMessageId);
    await house.until(() => Promise.resolve(house.chatText(chatMessageId).includes("Done for 2")));
    await says(messageId, "for all but 1");
    await says(messageId, "Done for 2");
    expect([gus, hal, ida].map(isBanned)).toEqual([true, false, true]);
    const after = (await house.page()).approvals.find(({ id }) => id === approvalId);
    expect(after?.targets).toMatchObject([
      { userId: gus, result: "done" },
      { userId: hal, result: "spared" },
      { userId: ida, result: "done" },
    ]);
  });
});
