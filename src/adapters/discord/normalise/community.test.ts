import { describe, expect, it } from "vitest";
import { snowflakeTime } from "#core";
import { BOT, GUILD, intakeContext } from "../../../../test/discord/context.ts";
import { normalise } from "./index.ts";

const USER = { id: "900000000000000300", username: "willow" };
const BASE = { id: "session:7", guildId: GUILD, at: 1_900_000_000_000 };
const PLACE = { guild_id: GUILD, channel_id: "200", message_id: "5" };
const AT_PLACE = { ...BASE, channelId: "200", messageId: "5" };
const JOINED = "2024-05-01T10:00:00+00:00";
const JOINED_AT = Date.UTC(2024, 4, 1, 10);
const WILLOW = { userId: USER.id, name: "willow", roleIds: [] };

describe("reactions", () => {
  it.each([
    [
      "MESSAGE_REACTION_ADD",
      { user_id: "3", emoji: { id: null, name: "🔥" } },
      { kind: "reaction.added", userId: "3", emoji: "🔥" },
    ],
    [
      "MESSAGE_REACTION_ADD",
      { user_id: "3", emoji: { id: null, name: "🔥" }, member: { user: { id: "3", bot: true }, roles: [] } },
      { kind: "reaction.added", userId: "3", emoji: "🔥", byBot: true },
    ],
    [
      "MESSAGE_REACTION_REMOVE",
      { user_id: "3", emoji: { id: "8", name: "owl" } },
      { kind: "reaction.removed", userId: "3", emoji: "owl:8" },
    ],
    [
      "MESSAGE_REACTION_REMOVE",
      { user_id: "3", emoji: { id: "8", name: null } },
      { kind: "reaction.removed", userId: "3", emoji: ":8" },
    ],
    ["MESSAGE_REACTION_REMOVE_ALL", {}, { kind: "reaction.cleared" }],
    ["MESSAGE_REACTION_REMOVE_EMOJI", { emoji: { id: null, name: "🔥" } }, { kind: "reaction.cleared", emoji: "🔥" }],
  ])("%s %j", (name, payload, expected) => {
    expect(normalise(name, { ...PLACE, ...payload }, intakeContext())).toEqual({ event: { ...AT_PLACE, ...expected } });
  });

  it("leaves out what the bot itself reacts", () => {
    const payload = { ...PLACE, user_id: BOT, emoji: { id: null, name: "🔥" } };
    expect(normalise("MESSAGE_REACTION_ADD", payload, intakeContext())).toEqual({ ignored: "nothing" });
  });
});

describe("members", () => {
  const membership = { guild_id: GUILD, user: USER, roles: [], joined_at: JOINED };
  const stays = { ...WILLOW, joinedAt: JOINED_AT };

  it.each([
    ["GUILD_MEMBER_ADD", membership, { at: JOINED_AT, kind: "member.joined", member: stays }],
    ["GUILD_MEMBER_ADD", { ...membership, joined_at: "soon" }, { kind: "member.joined", member: WILLOW }],
    ["GUILD_MEMBER_UPDATE", membership, { kind: "member.updated", member: stays }],
    [
      "GUILD_MEMBER_UPDATE",
      { ...membership, nick: "Owl", communication_disabled_until: JOINED },
      {
        kind: "member.updated",
        member: { ...stays, name: "Owl", username: "willow" },
        nickname: "Owl",
        timeoutUntil: JOINED_AT,
      },
    ],
    [
      "GUILD_MEMBER_ADD",
      { ...membership, user: { ...USER, avatar: "abc" }, pending: true },
      { at: JOINED_AT, kind: "member.joined", member: { ...stays, avatar: "abc", pending: true } },
    ],
    [
      "GUILD_MEMBER_UPDATE",
      { ...membership, user: { id: BOT }, roles: ["9"] },
      { kind: "directory.changed", change: { change: "bot.roles", roleIds: ["9"] } },
    ],
    [
      "GUILD_MEMBER_UPDATE",
      { ...membership, user: { id: BOT }, communication_disabled_until: JOINED },
      { kind: "directory.changed", change: { change: "bot.roles", roleIds: [], timeoutUntil: JOINED_AT } },
    ],
    ["GUILD_MEMBER_REMOVE", { guild_id: GUILD, user: USER }, { kind: "member.left", userId: USER.id, name: "willow" }],
    ["GUILD_BAN_ADD", { guild_id: GUILD, user: USER }, { kind: "member.banned", userId: USER.id, name: "willow" }],
    ["GUILD_BAN_REMOVE", { guild_id: GUILD, user: { id: "3" } }, { kind: "member.unbanned", userId: "3", name: "3" }],
  ])("%s %j", (name, payload, expected) => {
    expect(normalise(name, payload, intakeContext())).toEqual({ event: { ...BASE, ...expected } });
  });
});

describe("the directory", () => {
  const role = { id: "9", name: "Warden", position: 4, permissions: "8192", managed: true };
  const channel = {
    id: "200",
    name: "general",
    type: 0,
    parent_id: null,
    rate_limit_per_user: 5,
    permission_overwrites: [],
  };
  const guild = { id: GUILD, name: "Owlery", owner_id: "1", preferred_locale: "de" };
  const thread = { id: "201", name: "aside", type: 11, parent_id: "200" };
  const seenChannel = { id: "200", name: "general", type: 0, slowmode: 5, overwrites: [] };
  const seenThread = { id: "201", name: "aside", type: 11, parentId: "200", overwrites: [], thread: {} };
  const raided = { raid_detected_at: JOINED, dms_disabled_until: null };
  const facts = { name: "Owlery", ownerId: "1", locale: "de" };

  it("GUILD_CREATE says everything at once", () => {
    const whole = {
      ...guild,
      member_count: 12,
      roles: [role, { id: GUILD }, { name: "no id" }, null],
      channels: [channel],
      threads: [thread],
      members: [
        { user: USER, roles: ["1"] },
        { user: { id: BOT }, roles: ["9"] },
      ],
    };
    const directory = {
      ...{
        guildId: GUILD,
        name: "Owlery",
        ownerId: "1",
        locale: "de",
        memberCount: 12,
        botUserId: BOT,
        botRoleIds: ["9"],
      },
      roles: { "9": role, [GUILD]: { id: GUILD, name: "", position: 0, permissions: "0" } },
      channels: { "200": seenChannel, "201": seenThread },
    };
    const expected = { event: { ...BASE, kind: "guild.available", directory } };
    expect(normalise("GUILD_CREATE", whole, intakeContext())).toEqual(expected);
  });

  it.each([
    ["GUILD_UPDATE", guild, { change: "guild.facts", ...facts }],
    [
      "GUILD_UPDATE",
      { ...guild, features: ["NEWS", "COMMUNITY"], system_channel_id: "200", incidents_data: raided },
      {
        ...{ change: "guild.facts", ...facts, features: ["COMMUNITY", "NEWS"], systemChannelId: "200" },
        incidents: { raidDetectedAt: JOINED_AT },
      },
    ],
    ["GUILD_ROLE_CREATE", { guild_id: GUILD, role }, { change: "role.put", role, isNew: true }],
    ["GUILD_ROLE_UPDATE", { guild_id: GUILD, role }, { change: "role.put", role }],
    ["GUILD_ROLE_DELETE", { guild_id: GUILD, role_id: "9" }, { change: "role.gone", roleId: "9" }],
    ["CHANNEL_UPDATE", { guild_id: GUILD, ...channel }, { change: "channel.put", channel: seenChannel }],
    [
      "THREAD_LIST_SYNC",
      { guild_id: GUILD, channel_ids: ["200"], threads: [thread, {}] },
      { change: "threads.listed", threads: [seenThread], parentIds: ["200"] },
    ],
    ["CHANNEL_DELETE", { guild_id: GUILD, ...channel }, { change: "channel.gone", channelId: "200" }],
    [
      "CHANNEL_CREATE",
      { guild_id: GUILD, id: "202", permission_overwrites: [{ id: "9", type: 1, allow: "1024", deny: {} }, {}, 4] },
      {
        change: "channel.put",
        channel: { id: "202", name: "", type: 0, overwrites: [{ id: "9", type: "member", allow: "1024", deny: "0" }] },
      },
    ],
  ])("%s", (name, payload, change) => {
    const expected = { event: { ...BASE, kind: "directory.changed", change } };
    expect(normalise(name, payload, intakeContext())).toEqual(expected);
  });

  it("GUILD_CREATE tells who is in voice", () => {
    const states = [{ user_id: "3", channel_id: "200", self_mute: true }, { user_id: "4", channel_id: null }, 5];
    const { event } = normalise("GUILD_CREATE", { ...guild, voice_states: states }, intakeContext());
    expect(event).toMatchObject({ voice: [{ userId: "3", channelId: "200", muted: true }] });
  });

  it.each([
    ["THREAD_CREATE", { ...thread, newly_created: true }, { kind: "thread.created", thread: seenThread, isNew: true }],
    [
      "THREAD_UPDATE",
      {
        ...{ ...thread, owner_id: "3", applied_tags: ["7"], member: {} },
        thread_metadata: { archived: true, locked: true, create_timestamp: JOINED },
      },
      {
        kind: "thread.updated",
        thread: {
          ...seenThread,
          thread: { ownerId: "3", archived: true, locked: true, joined: true, createdAt: JOINED_AT, tagIds: ["7"] },
        },
      },
    ],
    ["THREAD_DELETE", thread, { kind: "thread.deleted", threadId: "201", parentId: "200" }],
    ["GUILD_DELETE", { id: GUILD, unavailable: true }, { kind: "guild.unavailable" }],
    ["GUILD_CREATE", { id: GUILD, unavailable: true }, { kind: "guild.unavailable" }],
  ])("%s %j", (name, payload, expected) => {
    const said = normalise(name, { guild_id: GUILD, ...payload }, intakeContext());
    expect(said).toEqual({ event: { ...BASE, ...expected } });
  });

  it.each([
    ["CHANNEL_CREATE", { id: "5", type: 1 }],
    ["READY", {}],
  ])("%s %j says nothing", (name, payload) => {
    expect(normalise(name, payload, intakeContext())).toEqual({ ignored: "nothing" });
  });

  it("GUILD_DELETE means the bot was shown out", () => {
    const said = normalise("GUILD_DELETE", { id: GUILD }, intakeContext());
    expect(said).toEqual({ event: { ...BASE, kind: "guild.left" } });
  });
});

describe("interactions", () => {
  const id = "1200000000000000000";
  const common = {
    ...{ id, guild_id: GUILD, channel_id: "200", token: "the-secret", locale: "fr" },
    member: { user: USER, roles: [], permissions: "8192" },
  };
  const seen = {
    ...{ id: `i:${id}`, guildId: GUILD, at: snowflakeTime(id), by: WILLOW, byPermissions: "8192", channelId: "200" },
    interaction: { id, sealedToken: `sealed(${GUILD}):${Buffer.from("the-secret").toString("hex")}`, locale: "fr" },
  };
  const data = {
    name: "warn",
    options: [
      { name: "member", type: 6, value: "3" },
      { name: "gone", type: 6, value: "4" },
      { name: "reason", type: 3, value: "no\0ise" },
      { name: "silent", type: 5, value: true },
      { name: "points", type: 10, value: 2.5 },
      { name: "__proto__", type: 3, value: "x" },
      { type: 3, value: "nameless" },
    ],
    resolved: { users: { "3": { id: "3", username: "robin" } }, members: { "3": { roles: ["9"], joined_at: JOINED } } },
  };

  it("a command with its options, members resolved, the token sealed", () => {
    const said = normalise("INTERACTION_CREATE", { ...common, type: 2, data }, intakeContext());
    expect(JSON.stringify(said)).not.toContain("the-secret");
    expect(said).toMatchObject({ event: { ...seen, kind: "command.used", command: "warn" } });
    const options = said.event?.kind === "command.used" ? said.event.options : {};
    expect(Object.entries(options)).toEqual([
      ["member", { userId: "3", name: "robin", roleIds: ["9"], joinedAt: JOINED_AT }],
      ["gone", { userId: "4", name: "4", roleIds: [] }],
      ["reason", "noise"],
      ["silent", true],
      ["points", 2.5],
      ["__proto__", "x"],
    ]);
  });

  it.each([
    [
      "a verb",
      [{ type: 1, name: "view", options: [{ name: "number", type: 4, value: 7 }] }],
      "warn view",
      { number: 7 },
    ],
    ["a verb of a group", [{ type: 2, name: "note", options: [{ type: 1, name: "add" }] }], "warn note add", {}],
    ["a role", [{ name: "who", type: 8, value: "8" }], "warn", { who: { roleId: "8", name: "mods" } }],
    ["whom or what can be mentioned", [{ name: "who", type: 9, value: "3" }], "warn", { who: { userId: "3" } }],
    ["a channel", [{ name: "at", type: 7, value: "7" }], "warn", { at: { channelId: "7", name: "hall", type: 15 } }],
    [
      "a file",
      [{ name: "file", type: 11, value: "5" }],
      "warn",
      { file: { id: "5", name: "a.png", size: 9, url: "https://cdn.example/a.png", contentType: "image/png" } },
    ],
    [
      "what is not resolved",
      [
        { name: "file", type: 11, value: "6" },
        { name: "who", type: 8, value: "6" },
      ],
      "warn",
      {},
    ],
  ])("a command with %s", (_name, options, command, expected) => {
    const resolved = {
      ...data.resolved,
      roles: { "8": { id: "8", name: "mods" } },
      channels: { "7": { id: "7", name: "hall", type: 15 } },
      attachments: {
        "5": { id: "5", filename: "a.png", size: 9, url: "https://cdn.example/a.png", content_type: "image/png" },
      },
    };
    const said = normalise(
      "INTERACTION_CREATE",
      { ...common, type: 2, data: { name: "warn", options, resolved } },
      intakeContext(),
    );
    expect(said).toMatchObject({ event: { command, options: expected } });
    if (Object.keys(expected).length === 0) expect(said.event).toMatchObject({ options: {} });
  });

  it("the menu of a member and of a message", () => {
    const menu = (changes: object) =>
      normalise("INTERACTION_CREATE", { ...common, type: 2, data: { name: "Report", ...changes } }, intakeContext())
        .event;
    expect(menu({ type: 2, target_id: "3", resolved: data.resolved })).toMatchObject({
      command: "Report",
      options: { member: { userId: "3", name: "robin", roleIds: ["9"] } },
    });
    const messages = {
      "12": { id: "12", channel_id: "200", content: "x".repeat(300), author: { id: "3", username: "robin" } },
    };
    expect(menu({ type: 3, target_id: "12", resolved: { messages } })).toMatchObject({
      options: { message: { messageId: "12", channelId: "200", author: { userId: "3" }, text: `${"x".repeat(279)}…` } },
    });
  });

  it("a list and what was chosen from it", () => {
    const call = { custom_id: "v1:poll:vote", component_type: 3, values: ["a", "b", 7] };
    const chosen = { ...common, type: 3, data: call, message: { id: "5" } };
    const expected = { ...seen, kind: "select.chosen", customId: "v1:poll:vote", messageId: "5", values: ["a", "b"] };
    expect(normalise("INTERACTION_CREATE", chosen, intakeContext())).toEqual({ event: expected });
  });

  it.each([
    ["labels", (field: object) => ({ type: 18, id: 1, component: field })],
    ["rows", (field: object) => ({ type: 1, components: [field] })],
  ])("a form, its fields in %s", (_name, within) => {
    const components = [
      within({ type: 4, custom_id: "reason", value: "no\0ise" }),
      within({ type: 3, custom_id: "rule", values: ["one"] }),
      "odd",
    ];
    const sent = { ...common, type: 5, data: { custom_id: "v1:desk:report:12", components } };
    const fields = { reason: "noise", rule: ["one"] };
    const expected = { ...seen, kind: "modal.submitted", customId: "v1:desk:report:12", fields };
    expect(normalise("INTERACTION_CREATE", sent, intakeContext())).toEqual({ event: expected });
  });

  it("a button", () => {
    const press = { ...common, type: 3, data: { custom_id: "v1:ticket:42:claim" }, message: { id: "5" } };
    const expected = { ...seen, kind: "button.pressed", customId: "v1:ticket:42:claim", messageId: "5" };
    expect(normalise("INTERACTION_CREATE", press, intakeContext())).toEqual({ event: expected });
  });

  it.each([
    ["autocomplete", { type: 4, data }, "nothing"],
    ["a command in a direct message", { type: 2, data, guild_id: undefined }, "nothing"],
    ["a command without token", { type: 2, data, token: undefined }, "malformed"],
    ["a command without name", { type: 2, data: {} }, "malformed"],
  ])("%s is %s", (_name, changes, ignored) => {
    expect(normalise("INTERACTION_CREATE", { ...common, ...changes }, intakeContext())).toEqual({ ignored });
  });
});

it.each([
  ["VOICE_STATE_UPDATE", {}, "malformed"],
  ["TYPING_START", {}, "unknown"],
  ["toString", {}, "unknown"],
  [undefined, {}, "malformed"],
  ["MESSAGE_CREATE", null, "malformed"],
  ["MESSAGE_CREATE", [], "malformed"],
])("%s %j is %s", (name, payload, ignored) => {
  expect(normalise(name, payload, intakeContext())).toEqual({ ignored });
});
