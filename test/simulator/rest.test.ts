import { PermissionFlagsBits as Bit } from "discord-api-types/v10";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { snowflakeAt, snowflakeTime } from "#core";
import { manualClock } from "../../src/simulator/index.ts";
import { openHouse, type House } from "./house.ts";
import { asker, type Ask } from "./rest-client.ts";

const START = Date.parse("2031-05-04T10:00:00Z");
const DAY = 86_400_000;

let house: House;
let ask: Ask;
beforeEach(async () => {
  house = await openHouse({ clock: manualClock(START), rateLimits: "off" });
  ask = asker(house.simulator);
});
afterEach(async () => {
  await house.simulator.close();
  expect(house.control.failures()).toEqual([]);
});

const porch = () => `/channels/${house.channelId("porch")}`;
const guild = () => `/guilds/${house.guildId}`;
const member = (name: string) => `${guild()}/members/${house.userId(name)}`;
const say = (name: string, text: string, channel = "porch") =>
  house.control.say(house.guildId, house.channelId(channel), house.userId(name), text);
const botRole = () => house.roleId("Guildhall");
const withdraw = (bits: bigint) => {
  const held = BigInt(house.control.roles(house.guildId).find((one) => one.id === botRole())?.permissions ?? "0");
  house.control.setPermissions(house.guildId, botRole(), held & ~bits);
};

describe("who may do what", () => {
  const until = (days: number) => ({ communication_disabled_until: new Date(START + days * DAY).toISOString() });
  const cases: {
    name: string;
    status: number;
    code?: number;
    prepare?(): unknown;
    ask(): Promise<{ status: number; body: { code?: number } }>;
  }[] = [
    { name: "times out whoever is below", status: 200, ask: () => ask("PATCH", member("rufus"), until(1)) },
    { name: "times out for 28 days", status: 200, ask: () => ask("PATCH", member("rufus"), until(28)) },
    { name: "not for 29 days", status: 400, code: 50035, ask: () => ask("PATCH", member("rufus"), until(29)) },
    { name: "not whoever stands above", status: 403, code: 50013, ask: () => ask("PATCH", member("elias"), until(1)) },
    { name: "not the owner", status: 403, code: 50013, ask: () => ask("PATCH", member("odile"), until(1)) },
    {
      name: "not an administrator, even below",
      status: 403,
      code: 50013,
      ask: () => ask("PATCH", member("wanda"), until(1)),
    },
    {
      name: "not without the permission",
      status: 403,
      code: 50013,
      prepare: () => withdraw(Bit.ModerateMembers),
      ask: () => ask("PATCH", member("rufus"), until(1)),
    },
    { name: "kicks whoever is below", status: 204, ask: () => ask("DELETE", member("wanda")) },
    { name: "kicks nobody above", status: 403, code: 50013, ask: () => ask("DELETE", member("elias")) },
    {
      name: "kicks nobody without the permission",
      status: 403,
      code: 50013,
      prepare: () => withdraw(Bit.KickMembers),
      ask: () => ask("DELETE", member("rufus")),
    },
    {
      name: "bans whoever is below",
      status: 204,
      ask: () => ask("PUT", `${guild()}/bans/${house.userId("rufus")}`, {}),
    },
    {
      name: "does not ban the owner",
      status: 403,
      code: 50013,
      ask: () => ask("PUT", `${guild()}/bans/${house.userId("odile")}`, {}),
    },
    {
      name: "bans nobody who does not exist",
      status: 404,
      code: 10013,
      ask: () => ask("PUT", `${guild()}/bans/99999999`, {}),
    },
    {
      name: "keeps messages of a ban for 7 days at most",
      status: 400,
      code: 50035,
      ask: () => ask("PUT", `${guild()}/bans/${house.userId("rufus")}`, { delete_message_seconds: 604_801 }),
    },
    {
      name: "lifts no ban that is not there",
      status: 404,
      code: 10026,
      ask: () => ask("DELETE", `${guild()}/bans/${house.userId("rufus")}`),
    },
    {
      name: "gives a role below its own",
      status: 204,
      ask: () => ask("PUT", `${member("nessa")}/roles/${house.roleId("regular")}`),
    },
    {
      name: "gives no role above its own",
      status: 403,
      code: 50013,
      ask: () => ask("PUT", `${member("nessa")}/roles/${house.roleId("elder")}`),
    },
    {
      name: "knows who is no member",
      status: 404,
      code: 10007,
      prepare: () => house.control.createUser({ id: "123456789", name: "far" }),
      ask: () => ask("PATCH", `${guild()}/members/123456789`, { nick: "x" }),
    },
    {
      name: "knows who does not exist",
      status: 404,
      code: 10013,
      ask: () => ask("GET", `${guild()}/members/99999999`),
    },
    { name: "finds no unknown channel", status: 404, code: 10003, ask: () => ask("GET", "/channels/99999999") },
    { name: "finds no unknown guild", status: 404, code: 10004, ask: () => ask("GET", "/guilds/99999999") },
    {
      name: "finds no unknown message",
      status: 404,
      code: 10008,
      ask: () => ask("GET", `${porch()}/messages/99999999`),
    },
    { name: "takes only snowflakes for ids", status: 400, code: 50035, ask: () => ask("GET", "/channels/lobby") },
    {
      name: "does not enter a hidden channel",
      status: 403,
      code: 50001,
      prepare: () => house.control.setOverwrite(house.channelId("porch"), { id: house.guildId, deny: Bit.ViewChannel }),
      ask: () => ask("POST", `${porch()}/messages`, { content: "hello" }),
    },
    {
      name: "does not write where it may only read",
      status: 403,
      code: 50013,
      prepare: () => house.control.setOverwrite(house.channelId("porch"), { id: botRole(), deny: Bit.SendMessages }),
      ask: () => ask("POST", `${porch()}/messages`, { content: "hello" }),
    },
    {
      name: "deletes others' messages",
      status: 204,
      ask: () => ask("DELETE", `${porch()}/messages/${say("rufus", "x")}`),
    },
    {
      name: "but not without the permission",
      status: 403,
      code: 50013,
      prepare: () => withdraw(Bit.ManageMessages),
      ask: () => ask("DELETE", `${porch()}/messages/${say("rufus", "x")}`),
    },
    {
      name: "edits nobody else's words",
      status: 403,
      code: 50005,
      ask: () => ask("PATCH", `${porch()}/messages/${say("rufus", "x")}`, { content: "y" }),
    },
    { name: "sets slowmode", status: 200, ask: () => ask("PATCH", porch(), { rate_limit_per_user: 30 }) },
    {
      name: "sets no slowmode beyond six hours",
      status: 400,
      code: 50035,
      ask: () => ask("PATCH", porch(), { rate_limit_per_user: 21_601 }),
    },
    {
      name: "sends nothing empty",
      status: 400,
      code: 50006,
      ask: () => ask("POST", `${porch()}/messages`, { content: "" }),
    },
    {
      name: "sends nothing beyond 2000 characters",
      status: 400,
      code: 50035,
      ask: () => ask("POST", `${porch()}/messages`, { content: "x".repeat(2_001) }),
    },
    {
      name: "reads the audit log only with the permission",
      status: 403,
      code: 50013,
      prepare: () => withdraw(Bit.ViewAuditLog),
      ask: () => ask("GET", `${guild()}/audit-logs`),
    },
  ];
  it.each(cases)("$name: $status $code", async ({ status, code, prepare, ask: request }) => {
    prepare?.();
    const answer = await request();
    expect([answer.status, answer.body.code]).toEqual([status, code]);
  });

  it("refuses a wrong token and counts what it does not know", async () => {
    expect(await ask("GET", "/users/@me", undefined, { authorization: "Bot nobody" })).toMatchObject({ status: 401 });
    expect(await ask("GET", "/soundboard-default-sounds")).toMatchObject({ status: 501 });
    expect(house.control.unknownRoutes()).toEqual({ "GET /soundboard-default-sounds": 1 });
    expect(house.control.requests().map((one) => [one.route, one.status])).toEqual([
      ["/users/@me", 401],
      ["unknown", 501],
    ]);
  });
});

describe("messages", () => {
  it("carry the simulator's time in their ids", async () => {
    house.control.advance(5_000);
    const { body } = await ask("POST", `${porch()}/messages`, { content: "now" });
    expect(snowflakeTime(body.id ?? "")).toBe(START + 5_000);
    expect(body["timestamp"]).toBe("2031-05-04T10:00:05.000000+00:00");
  });

  it("with the same enforced nonce are one, for two minutes", async () => {
    const send = async () =>
      (await ask("POST", `${porch()}/messages`, { content: "once", nonce: "n1", enforce_nonce: true })).body.id;
    const first = await send();
    house.control.advance(120_000);
    expect(await send()).toBe(first);
    house.control.advance(1);
    expect(await send()).not.toBe(first);
    expect(house.control.messages(house.channelId("porch"))).toHaveLength(2);
    expect((await ask("GET", `${porch()}/messages/${first}`)).body).not.toHaveProperty("nonce");
  });

  it("are listed around, before and after, newest first", async () => {
    const ids = ["a", "b", "c", "d", "e"].map((text) => say("rufus", text));
    const list = async (query: string) =>
      ((await ask("GET", `${porch()}/messages?${query}`)).body as unknown as { content: string }[])
        .map((one) => one.content)
        .join("");
    expect(await list("limit=2")).toBe("ed");
    expect(await list(`limit=2&before=${ids[2]}`)).toBe("ba");
    expect(await list(`limit=2&after=${ids[1]}`)).toBe("dc");
    expect(await list(`limit=3&around=${ids[2]}`)).toBe("dcb");
  });

  it.each([
    { name: "one id", ids: (fresh: string[]) => fresh.slice(0, 1), status: 400, code: 50035, left: 3 },
    {
      name: "101 ids",
      ids: () => Array.from({ length: 101 }, (_, index) => snowflakeAt(START, index)),
      status: 400,
      code: 50035,
      left: 3,
    },
    { name: "one id twice", ids: (fresh: string[]) => [...fresh, fresh[0]], status: 400, code: 50035, left: 3 },
    {
      name: "one that is too old",
      ids: (fresh: string[]) => [...fresh, snowflakeAt(START - 14 * DAY - 1)],
      status: 400,
      code: 50034,
      left: 3,
    },
    {
      name: "three, and one long gone",
      ids: (fresh: string[]) => [...fresh, snowflakeAt(START - DAY)],
      status: 204,
      code: undefined,
      left: 0,
    },
  ])("go in bulk: $name → $status $code", async ({ ids, status, code, left }) => {
    const fresh = ["a", "b", "c"].map((text) => say("rufus", text));
    const answer = await ask("POST", `${porch()}/messages/bulk-delete`, { messages: ids(fresh) });
    expect([answer.status, answer.body.code]).toEqual([status, code]);
    expect(house.control.messages(house.channelId("porch"))).toHaveLength(left);
  });

  it("ping only whom they may", async () => {
    const rufus = house.userId("rufus");
    const send = async (allowed?: object) =>
      (
        await ask("POST", `${porch()}/messages`, {
          content: `<@${rufus}> <@&${house.roleId("regular")}> @everyone`,
          allowed_mentions: allowed,
        })
      ).body as { mentions: unknown[]; mention_roles: unknown[]; mention_everyone: boolean };
    expect(await send()).toMatchObject({
      mentions: [{ id: rufus }],
      mention_roles: [house.roleId("regular")],
      mention_everyone: true,
    });
    expect(await send({ parse: [] })).toMatchObject({ mentions: [], mention_roles: [], mention_everyone: false });
    expect(await send({ parse: [], users: [rufus] })).toMatchObject({ mentions: [{ id: rufus }], mention_roles: [] });
  });

  it("bring files, which are served until they expire", async () => {
    const form = new FormData();
    form.append("payload_json", JSON.stringify({ content: "a list" }));
    form.append("files[0]", new Blob(["nails\nrope"], { type: "text/plain" }), "list.txt");
    const { body } = await ask("POST", `${porch()}/messages`, form);
    const [file] = body["attachments"] as [{ url: string; filename: string; size: number }];
    expect(file).toMatchObject({ filename: "list.txt", size: 10 });
    expect(await (await fetch(file.url)).text()).toBe("nails\nrope");
    house.control.advance(2 * DAY);
    expect((await fetch(file.url)).status).toBe(404);
  });

  it.each([
    { name: "an open door", who: "rufus", code: undefined },
    { name: "a closed door", who: "shy", code: 50007 },
  ])("go privately through $name", async ({ who, code }) => {
    const channel = await ask("POST", "/users/@me/channels", { recipient_id: house.userId(who) });
    expect(channel.status).toBe(200);
    expect((await ask("POST", `/channels/${channel.body.id}/messages`, { content: "psst" })).body.code).toBe(code);
    expect((await ask("POST", "/users/@me/channels", { recipient_id: house.userId(who) })).body.id).toBe(
      channel.body.id,
    );
  });

  it("reach nobody privately once no guild is shared", async () => {
    const rufus = house.userId("rufus");
    const channel = await ask("POST", "/users/@me/channels", { recipient_id: rufus });
    house.control.leave(house.guildId, rufus);
    expect((await ask("POST", `/channels/${channel.body.id}/messages`, { content: "psst" })).body.code).toBe(50278);
  });

  it("are pinned and counted in reactions", async () => {
    const id = say("rufus", "keep this");
    await ask("PUT", `${porch()}/messages/pins/${id}`);
    expect((await ask("GET", `${porch()}/messages/pins`)).body["items"]).toMatchObject([
      { message: { id, pinned: true } },
    ]);
    await ask("PUT", `${porch()}/messages/${id}/reactions/${encodeURIComponent("✅")}/@me`);
    house.control.react(house.channelId("porch"), id, house.userId("nessa"), "✅");
    expect((await ask("GET", `${porch()}/messages/${id}`)).body["reactions"]).toMatchObject([
      { count: 2, me: true, emoji: { name: "✅" } },
    ]);
    await ask("DELETE", `${porch()}/messages/${id}/reactions`);
    expect(house.control.reactions(house.channelId("porch"), id)).toEqual({});
  });
});

describe("the audit log", () => {
  it("keeps the reason as it was meant, and who did it", async () => {
    const rufus = house.userId("rufus");
    await ask("DELETE", member("rufus"), undefined, {
      "x-audit-log-reason": encodeURIComponent("case 12: spam – bitte lesen"),
    });
    house.control.banByHand(house.guildId, house.userId("elias"), house.userId("nessa"), "had enough");
    const read = async (query: string) =>
      (await ask("GET", `${guild()}/audit-logs?${query}`)).body["audit_log_entries"] as {
        reason: string;
        user_id: string;
        target_id: string;
        action_type: number;
      }[];
    expect(await read("action_type=20")).toMatchObject([
      { reason: "case 12: spam – bitte lesen", user_id: house.control.botId, target_id: rufus },
    ]);
    expect((await read("")).map((one) => one.action_type)).toEqual([22, 20]);
    expect(await read(`user_id=${house.userId("elias")}`)).toMatchObject([{ reason: "had enough" }]);
    expect((await read("after=0")).map((one) => one.action_type)).toEqual([20, 22]);
    house.control.advance(46 * DAY);
    expect(await read("")).toEqual([]);
  });

  it("takes no reason beyond 512 characters", async () => {
    const headers = { "x-audit-log-reason": "x".repeat(513) };
    expect((await ask("DELETE", member("rufus"), undefined, headers)).body.code).toBe(50035);
    expect(house.control.member(house.guildId, house.userId("rufus"))).toBeDefined();
  });
});

describe("the guild around them", () => {
  it("bans in bulk and names whom it could not", async () => {
    const [rufus, elias] = [house.userId("rufus"), house.userId("elias")];
    const answer = await ask("POST", `${guild()}/bulk-ban`, { user_ids: [rufus, elias, "99999999"] });
    expect(answer.body).toEqual({ banned_users: [rufus], failed_users: [elias, "99999999"] });
    expect((await ask("POST", `${guild()}/bulk-ban`, { user_ids: [rufus] })).body.code).toBe(500000);
    expect((await ask("GET", `${guild()}/bans/${rufus}`)).status).toBe(200);
  });

  it("deletes what a banned member wrote lately, no more", async () => {
    say("rufus", "long ago");
    house.control.advance(60_000);
    say("rufus", "just now");
    say("nessa", "me too");
    await ask("PUT", `${guild()}/bans/${house.userId("rufus")}`, { delete_message_seconds: 30 });
    expect(house.control.messages(house.channelId("porch")).map((one) => one.content)).toEqual(["long ago", "me too"]);
  });

  it("opens private threads, archives them, and lists them where they belong", async () => {
    const opened = await ask("POST", `${porch()}/threads`, { name: "ticket 9" });
    expect(opened).toMatchObject({ status: 201, body: { type: 12, parent_id: house.channelId("porch") } });
    const thread = `/channels/${opened.body.id}`;
    await ask("PUT", `${thread}/thread-members/${house.userId("rufus")}`);
    expect((await ask("GET", `${guild()}/threads/active`)).body["threads"]).toHaveLength(1);
    await ask("PATCH", thread, { archived: true });
    expect((await ask("PATCH", thread, { name: "ticket 9 (done)" })).body.code).toBe(50083);
    expect((await ask("GET", `${guild()}/threads/active`)).body["threads"]).toEqual([]);
    expect((await ask("GET", `${porch()}/threads/archived/private`)).body["threads"]).toMatchObject([
      { id: opened.body.id },
    ]);
    expect((await ask("GET", `${porch()}/threads/archived/public`)).body["threads"]).toEqual([]);
    expect((await ask("POST", `${thread}/messages`, { content: "one more thing" })).status).toBe(200);
    expect((await ask("GET", thread)).body["thread_metadata"]).toMatchObject({ archived: false });
  });

  it("gives a forum post's first message the thread's id", async () => {
    const forum = await ask("POST", `${guild()}/channels`, {
      name: "ideas",
      type: 15,
      available_tags: [{ name: "done" }],
    });
    const [tag] = forum.body["available_tags"] as [{ id: string }];
    const post = await ask("POST", `/channels/${forum.body.id}/threads`, {
      name: "a shed",
      message: { content: "with a window" },
      applied_tags: [tag.id],
    });
    expect(post.body).toMatchObject({
      applied_tags: [tag.id],
      message: { id: post.body.id, content: "with a window" },
    });
  });

  it("keeps at most six keyword rules and one of another kind", async () => {
    const make = async (trigger: number) =>
      (
        await ask("POST", `${guild()}/auto-moderation/rules`, {
          name: "r",
          event_type: 1,
          trigger_type: trigger,
          actions: [{ type: 1 }],
        })
      ).status;
    expect(await Promise.all(Array.from({ length: 6 }, () => make(1)))).toEqual([200, 200, 200, 200, 200, 200]);
    expect([await make(1), await make(5), await make(5)]).toEqual([400, 200, 400]);
  });

  it("pauses invites for a day at most, and clears what is left out", async () => {
    const put = (body: object) => ask("PUT", `${guild()}/incident-actions`, body);
    const at = (hours: number) => new Date(START + hours * 3_600_000).toISOString();
    expect((await put({ invites_disabled_until: at(25) })).body.code).toBe(50035);
    await put({ invites_disabled_until: at(1) });
    expect((await put({ dms_disabled_until: at(2) })).body).toMatchObject({
      invites_disabled_until: null,
      dms_disabled_until: at(2),
    });
  });

  it("schedules what lies ahead", async () => {
    const make = (days: number) =>
      ask("POST", `${guild()}/scheduled-events`, {
        name: "soup",
        privacy_level: 2,
        entity_type: 3,
        entity_metadata: { location: "shed" },
        scheduled_start_time: new Date(START + days * DAY).toISOString(),
        scheduled_end_time: new Date(START + (days + 1) * DAY).toISOString(),
      });
    expect((await make(-1)).body.code).toBe(50035);
    expect((await make(1)).status).toBe(200);
  });

  it("invites, writes through webhooks, and forgets both", async () => {
    const invite = await ask("POST", `${porch()}/invites`, { max_age: 60 });
    const code = String(invite.body["code"]);
    expect((await ask("GET", `/invites/${code}`)).status).toBe(200);
    house.control.advance(60_000);
    expect((await ask("GET", `/invites/${code}`)).body.code).toBe(10006);
    const hook = await ask("POST", `${porch()}/webhooks`, { name: "herald" });
    const path = `/webhooks/${hook.body.id}/${String(hook.body["token"])}`;
    expect((await ask("POST", `${path}?wait=true`, { content: "hear ye" })).body).toMatchObject({
      webhook_id: hook.body.id,
      author: { username: "herald", bot: true },
    });
    expect((await ask("POST", `/webhooks/${hook.body.id}/guess`, { content: "x" })).body.code).toBe(50027);
    await ask("DELETE", path);
    expect((await ask("POST", path, { content: "x" })).body.code).toBe(10015);
  });

  it("changes overwrites only within what the bot has itself", async () => {
    const path = `${porch()}/permissions/${house.guildId}`;
    expect((await ask("PUT", path, { type: 0, deny: Bit.SendMessages.toString() })).status).toBe(204);
    expect((await ask("PUT", path, { type: 0, allow: Bit.Administrator.toString() })).body.code).toBe(50013);
    expect(() => say("nessa", "hello?")).toThrow("may not do that");
    expect((await ask("DELETE", path)).status).toBe(204);
    say("nessa", "hello!");
  });
});
