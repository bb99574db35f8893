import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { manualClock } from "../../src/simulator/index.ts";
import { openHouse, type House } from "./house.ts";
import { identify, rawClient, ready, type RawClient } from "./raw-client.ts";
import { asker, type Ask } from "./rest-client.ts";

const START = Date.parse("2031-05-04T10:00:00Z");

let house: House;
let ask: Ask;
let client: RawClient;
beforeEach(async () => {
  house = await openHouse({ clock: manualClock(START), rateLimits: "off" });
  ask = asker(house.simulator);
  client = await rawClient(house.simulator);
  identify(client, house.simulator);
  await ready(client);
  await client.next("the guild", (frame) => frame.t === "GUILD_CREATE");
});
afterEach(async () => {
  await house.simulator.close();
  expect(house.control.failures()).toEqual([]);
});

const guild = () => `/guilds/${house.guildId}`;
const porch = () => `/channels/${house.channelId("porch")}`;
const rufus = () => `${guild()}/members/${house.userId("rufus")}`;
const say = () => house.control.say(house.guildId, house.channelId("porch"), house.userId("rufus"), "x");
const post = async (content = "x") => (await ask("POST", `${porch()}/messages`, { content })).body.id ?? "";

/** What has come since the guild, once the marker (a role made last) has arrived. */
async function events(): Promise<string[]> {
  house.control.createRole(house.guildId, { name: "marker" });
  await client.next("the marker", (frame) => (frame.d as { role?: { name: string } } | null)?.role?.name === "marker");
  return client
    .dispatches()
    .slice(2)
    .map((frame) => frame.t ?? "")
    .filter((name) => name !== "GUILD_AUDIT_LOG_ENTRY_CREATE")
    .slice(0, -1);
}

describe("every change is told", () => {
  const cases: { name: string; act(): Promise<unknown>; told: string[] }[] = [
    { name: "a message", act: () => post(), told: ["MESSAGE_CREATE"] },
    {
      name: "an edit",
      act: async () => ask("PATCH", `${porch()}/messages/${await post()}`, { content: "y" }),
      told: ["MESSAGE_CREATE", "MESSAGE_UPDATE"],
    },
    {
      name: "a deletion",
      act: () => ask("DELETE", `${porch()}/messages/${say()}`),
      told: ["MESSAGE_CREATE", "MESSAGE_DELETE"],
    },
    {
      name: "a bulk deletion",
      act: () => ask("POST", `${porch()}/messages/bulk-delete`, { messages: [say(), say()] }),
      told: ["MESSAGE_CREATE", "MESSAGE_CREATE", "MESSAGE_DELETE_BULK"],
    },
    {
      name: "a pin",
      act: () => ask("PUT", `${porch()}/messages/pins/${say()}`),
      told: ["MESSAGE_CREATE", "MESSAGE_UPDATE", "CHANNEL_PINS_UPDATE"],
    },
    {
      name: "a reaction",
      act: () => ask("PUT", `${porch()}/messages/${say()}/reactions/%F0%9F%91%8D/@me`),
      told: ["MESSAGE_CREATE", "MESSAGE_REACTION_ADD"],
    },
    {
      name: "a time-out",
      act: () => ask("PATCH", rufus(), { communication_disabled_until: new Date(START + 60_000).toISOString() }),
      told: ["GUILD_MEMBER_UPDATE"],
    },
    { name: "a kick", act: () => ask("DELETE", rufus()), told: ["GUILD_MEMBER_REMOVE"] },
    {
      name: "a ban",
      act: () => ask("PUT", `${guild()}/bans/${house.userId("rufus")}`, {}),
      told: ["GUILD_MEMBER_REMOVE", "GUILD_BAN_ADD"],
    },
    {
      name: "a lifted ban",
      async act() {
        const path = `${guild()}/bans/${house.userId("rufus")}`;
        await ask("PUT", path, {});
        await ask("DELETE", path);
      },
      told: ["GUILD_MEMBER_REMOVE", "GUILD_BAN_ADD", "GUILD_BAN_REMOVE"],
    },
    {
      name: "a role given",
      act: () => ask("PUT", `${rufus()}/roles/${house.roleId("newcomer")}`),
      told: ["GUILD_MEMBER_UPDATE"],
    },
    {
      name: "a role changed",
      act: () => ask("PATCH", `${guild()}/roles/${house.roleId("newcomer")}`, { name: "guest" }),
      told: ["GUILD_ROLE_UPDATE"],
    },
    {
      name: "a role deleted",
      act: () => ask("DELETE", `${guild()}/roles/${house.roleId("regular")}`),
      told: ["GUILD_ROLE_DELETE", "GUILD_MEMBER_UPDATE"],
    },
    { name: "slowmode", act: () => ask("PATCH", porch(), { rate_limit_per_user: 5 }), told: ["CHANNEL_UPDATE"] },
    { name: "what changed nothing", act: () => ask("PATCH", porch(), { rate_limit_per_user: 0 }), told: [] },
    {
      name: "a channel",
      act: async () =>
        ask("DELETE", `/channels/${(await ask("POST", `${guild()}/channels`, { name: "cellar" })).body.id}`),
      told: ["CHANNEL_CREATE", "CHANNEL_DELETE"],
    },
    {
      name: "an overwrite",
      act: () => ask("PUT", `${porch()}/permissions/${house.guildId}`, { type: 0, deny: "2048" }),
      told: ["CHANNEL_UPDATE"],
    },
    {
      name: "a thread",
      act: () => ask("POST", `${porch()}/threads`, { name: "t", type: 11 }),
      told: ["THREAD_CREATE"],
    },
    { name: "an invite", act: () => ask("POST", `${porch()}/invites`, {}), told: ["INVITE_CREATE"] },
    { name: "a webhook", act: () => ask("POST", `${porch()}/webhooks`, { name: "w" }), told: ["WEBHOOKS_UPDATE"] },
    {
      name: "a paused guild",
      act: () =>
        ask("PUT", `${guild()}/incident-actions`, { invites_disabled_until: new Date(START + 1_000).toISOString() }),
      told: ["GUILD_UPDATE"],
    },
    {
      name: "an AutoMod rule",
      act: () =>
        ask("POST", `${guild()}/auto-moderation/rules`, {
          name: "r",
          event_type: 1,
          trigger_type: 1,
          actions: [{ type: 1 }],
        }),
      told: ["AUTO_MODERATION_RULE_CREATE"],
    },
    {
      name: "a first direct message",
      act: async () =>
        ask(
          "POST",
          `/channels/${(await ask("POST", "/users/@me/channels", { recipient_id: house.userId("rufus") })).body.id}/messages`,
          { content: "psst" },
        ),
      told: ["CHANNEL_CREATE", "MESSAGE_CREATE"],
    },
  ];
  it.each(cases)("$name → $told", async ({ act, told }) => {
    await act();
    expect(await events()).toEqual(told);
  });

  it("with the nonce, so that whoever sent it knows it again", async () => {
    const { body } = await ask("POST", `${porch()}/messages`, { content: "mine", nonce: "order-1" });
    const { d } = await client.next("the echo", (frame) => frame.t === "MESSAGE_CREATE");
    expect(d).toMatchObject({
      id: body.id,
      nonce: "order-1",
      author: { id: house.control.botId },
      guild_id: house.guildId,
    });
  });

  it("in the audit log, to those who may read it", async () => {
    await ask("DELETE", rufus(), undefined, { "x-audit-log-reason": "case%203" });
    const { d } = await client.next("the entry", (frame) => frame.t === "GUILD_AUDIT_LOG_ENTRY_CREATE");
    expect(d).toMatchObject({
      action_type: 20,
      reason: "case 3",
      target_id: expect.any(String),
      guild_id: house.guildId,
    });
  });
});
