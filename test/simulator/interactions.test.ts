import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { manualClock } from "../../src/simulator/index.ts";
import { openHouse, type House } from "./house.ts";
import { asker, type Ask } from "./rest-client.ts";

const EPHEMERAL = 64;

let house: House;
let ask: Ask;
beforeEach(async () => {
  house = await openHouse({ clock: manualClock(Date.parse("2031-05-04T10:00:00Z")) });
  ask = asker(house.simulator);
  await ask("PUT", `/applications/${house.control.applicationId}/guilds/${house.guildId}/commands`, [
    {
      name: "warn",
      description: "Warns somebody",
      options: [
        { type: 6, name: "member", description: "Whom", required: true },
        { type: 3, name: "reason", description: "Why" },
      ],
      default_member_permissions: "4",
    },
    { name: "ping", description: "Answers" },
    {
      name: "ticket",
      description: "Tickets",
      options: [
        {
          type: 1,
          name: "open",
          description: "Opens one",
          options: [{ type: 3, name: "topic", description: "What about" }],
        },
      ],
    },
  ]);
});
afterEach(async () => {
  await house.simulator.close();
  expect(house.control.failures()).toEqual([]);
});

const use = (name: string, options = {}, who = "odile") =>
  house.control.useCommand(house.guildId, house.channelId("porch"), house.userId(who), name, options);
const view = (id: string) => house.control.interaction(id);
const callback = (id: string, body: object, query = "") =>
  ask("POST", `/interactions/${id}/${view(id).token}/callback${query}`, body);
const followUp = (id: string, body: object) =>
  ask("POST", `/webhooks/${house.control.applicationId}/${view(id).token}`, body);
const original = (id: string) => `/webhooks/${house.control.applicationId}/${view(id).token}/messages/@original`;
const porch = () => house.control.messages(house.channelId("porch"));

describe("an interaction", () => {
  it("is answered once, within three seconds", async () => {
    const late = use("ping");
    house.control.advance(3_001);
    expect((await callback(late, { type: 4, data: { content: "pong" } })).body.code).toBe(10062);
    const id = use("ping");
    house.control.advance(3_000);
    expect((await callback(id, { type: 4, data: { content: "pong" } })).status).toBe(204);
    expect((await callback(id, { type: 4, data: { content: "pong" } })).body.code).toBe(40060);
    expect(view(id)).toMatchObject({ callback: 4, content: "pong", ephemeral: false });
    expect(porch().map((one) => one.content)).toEqual(["pong"]);
    expect(
      (await ask("POST", `/interactions/${id}/guess/callback`, { type: 4, data: { content: "x" } })).body.code,
    ).toBe(10062);
  });

  it("that was deferred gets its content by a change of the original", async () => {
    const id = use("ping");
    await callback(id, { type: 5, data: { flags: EPHEMERAL } });
    expect(view(id)).toMatchObject({ thinking: true, ephemeral: true });
    await ask("PATCH", original(id), { content: "done" });
    expect(view(id)).toMatchObject({ thinking: false, content: "done", edits: 1, ephemeral: true });
    expect((await ask("GET", original(id))).body).toMatchObject({ content: "done", edited_timestamp: null });
    expect(porch()).toEqual([]);
    await ask("DELETE", original(id));
    expect(view(id)).toMatchObject({ deleted: true, content: undefined });
    expect((await ask("GET", original(id))).body.code).toBe(10008);
  });

  it("that was deferred is filled by the first follow-up; later ones stand for themselves", async () => {
    const id = use("ping");
    await callback(id, { type: 5 });
    await followUp(id, { content: "first" });
    await followUp(id, { content: "second" });
    expect(view(id)).toMatchObject({ thinking: false, content: "first", followUps: [{ content: "second" }] });
    expect(porch().map((one) => one.content)).toEqual(["first", "second"]);
  });

  it("has a token for a quarter of an hour, and for nothing before it is acknowledged", async () => {
    const id = use("ping");
    expect((await followUp(id, { content: "too early" })).status).toBe(404);
    expect((await ask("GET", original(id))).status).toBe(404);
    await callback(id, { type: 4, data: { content: "pong" } });
    house.control.advance(15 * 60_000);
    expect((await followUp(id, { content: "just in time" })).status).toBe(200);
    house.control.advance(1);
    expect((await followUp(id, { content: "too late" })).body.code).toBe(50027);
  });

  it("tells the answer where that is asked for", async () => {
    const id = use("ping");
    const answer = await callback(id, { type: 4, data: { content: "pong" } }, "?with_response=true");
    expect(answer.body).toMatchObject({
      interaction: { id, response_message_id: view(id).messageId },
      resource: { type: 4, message: { content: "pong" } },
    });
  });

  it.each([
    { name: "autocomplete results", type: 8, data: { choices: [] } },
    { name: "an update of no message", type: 7, data: { content: "x" } },
    { name: "a type that does not exist", type: 99, data: {} },
  ])("takes no $name for a command", async ({ type, data }) => {
    expect((await callback(use("ping"), { type, data })).body.code).toBe(50035);
  });
});

describe("what members may ask", () => {
  it("is what the command declares", () => {
    const nessa = house.userId("nessa");
    expect(() => use("warn")).toThrow("required");
    expect(() => use("warn", { member: nessa, colour: "red" })).toThrow("no option colour");
    expect(() => use("warn", { member: nessa }, "rufus")).toThrow("does not show /warn");
    expect(() => use("dance")).toThrow("no command /dance");
    use("warn", { member: nessa, reason: "because" });
    use("ticket open", { topic: "a leak" });
  });

  it("is completed while they type", async () => {
    const id = house.control.autocomplete(
      house.guildId,
      house.channelId("porch"),
      house.userId("odile"),
      "ticket open",
      "topic",
      { topic: "le" },
    );
    const choices = Array.from({ length: 26 }, (_, index) => ({ name: `c${index}`, value: `c${index}` }));
    expect((await callback(id, { type: 8, data: { choices } })).body.code).toBe(50035);
    expect((await callback(id, { type: 5 })).body.code).toBe(50035);
    await callback(id, { type: 8, data: { choices: choices.slice(0, 25) } });
    expect(view(id).choices).toHaveLength(25);
  });
});

describe("buttons and forms", () => {
  const button = (customId: string) => [
    { type: 1, components: [{ type: 2, style: 1, label: "Claim", custom_id: customId }] },
  ];
  const press = (messageId: string, customId = "v1:claim") =>
    house.control.pressButton(house.guildId, house.channelId("porch"), house.userId("rufus"), messageId, customId);

  it("change the message they sit on", async () => {
    const panel = await ask("POST", `/channels/${house.channelId("porch")}/messages`, {
      content: "open",
      components: button("v1:claim"),
    });
    const id = press(panel.body.id ?? "");
    await callback(id, { type: 7, data: { content: "claimed by rufus", components: [] } });
    expect(porch()).toMatchObject([{ content: "claimed by rufus", components: [] }]);
    expect(() => press(panel.body.id ?? "")).toThrow("nothing to press");
  });

  it("sit on ephemeral answers too", async () => {
    const id = use("ping");
    await callback(id, { type: 4, data: { content: "sure?", flags: EPHEMERAL, components: button("v1:sure") } });
    const pressed = press(view(id).messageId ?? "", "v1:sure");
    await callback(pressed, { type: 7, data: { content: "done", components: [] } });
    expect(view(id)).toMatchObject({ content: "done" });
    expect(porch()).toEqual([]);
  });

  it("ask for more in a form, which comes back filled in", async () => {
    const id = use("ping");
    const form = {
      custom_id: "v1:form",
      title: "Why?",
      components: [{ type: 1, components: [{ type: 4, custom_id: "reason", label: "Reason", style: 1 }] }],
    };
    await callback(id, { type: 9, data: form });
    const sent = house.control.submitModal(id, { reason: "curious" });
    expect((await callback(sent, { type: 9, data: form })).body.code).toBe(50035);
    await callback(sent, { type: 4, data: { content: "thank you" } });
    expect(view(sent).content).toBe("thank you");
  });

  it.each([
    { name: "one custom id twice", components: [...button("v1:x"), ...button("v1:x")] },
    { name: "a custom id of 101 characters", components: button("x".repeat(101)) },
    { name: "six rows", components: Array.from({ length: 6 }, (_, index) => button(`v1:${index}`)[0]) },
    { name: "a container without saying that it is of the second kind", components: [{ type: 17, components: [] }] },
  ])("refuse $name", async ({ components }) => {
    expect(
      (await ask("POST", `/channels/${house.channelId("porch")}/messages`, { content: "x", components })).body.code,
    ).toBe(50035);
  });
});
