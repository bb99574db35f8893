import { describe, expect, it } from "vitest";
import { snowflakeTime } from "#core";
import { BOT, GUILD, intakeContext } from "../../../../test/discord/context.ts";
import { normalise } from "./index.ts";

const MESSAGE = {
  id: "1200000000000000000",
  type: 0,
  guild_id: GUILD,
  channel_id: "900000000000000200",
  author: { id: "900000000000000300", username: "willow", global_name: "Willow" },
  member: { nick: "Willow of the Wood", roles: ["900000000000000400"], joined_at: "2024-05-01T10:00:00.000000+00:00" },
  content: "good morning",
  mentions: [{ id: "900000000000000301" }],
  mention_roles: ["900000000000000401"],
  mention_everyone: false,
  attachments: [],
};

const CREATED = {
  id: "m:1200000000000000000",
  guildId: GUILD,
  at: snowflakeTime("1200000000000000000"),
  kind: "message.created",
  channelId: "900000000000000200",
  messageId: "1200000000000000000",
  author: {
    userId: "900000000000000300",
    name: "Willow of the Wood",
    roleIds: ["900000000000000400"],
    joinedAt: Date.UTC(2024, 4, 1, 10),
  },
  text: "good morning",
  mentionedUserIds: ["900000000000000301"],
  mentionedRoleIds: ["900000000000000401"],
  attachments: [],
};

const ours = { author: { id: BOT, bot: true }, content: "" };
const marked = { embeds: [{ description: "hello", footer: { text: "gh:markerOfAnOrderOurs1" } }] };
const echoed = {
  ...{ id: CREATED.id, guildId: GUILD, at: CREATED.at, kind: "message.echoed" },
  ...{ channelId: CREATED.channelId, messageId: CREATED.messageId, orderId: "order-1" },
};

describe("MESSAGE_CREATE", () => {
  it.each([
    ["as a member writes it", {}, CREATED],
    [
      "a reply",
      { type: 19, message_reference: { message_id: "77" } },
      { ...CREATED, messageType: 19, replyToMessageId: "77" },
    ],
    [
      "a reply, with what it answers",
      {
        type: 19,
        message_reference: { message_id: "77" },
        referenced_message: { id: "77", author: { id: "900000000000000301" } },
      },
      { ...CREATED, messageType: 19, replyToMessageId: "77", replyToUserId: "900000000000000301" },
    ],
    ["a forward is no reply", { message_reference: { message_id: "77" } }, CREATED],
    ["@everyone", { mention_everyone: true }, { ...CREATED, mentionsEveryone: true }],
    ["U+0000 goes", { content: "a\0b\0" }, { ...CREATED, text: "ab" }],
    ["half a character is replaced", { content: "a\ud83d" }, { ...CREATED, text: "a\ufffd" }],
    ["the longest text stays", { content: "x".repeat(4_000) }, { ...CREATED, text: "x".repeat(4_000) }],
    ["a longer one is cut", { content: "x".repeat(4_001) }, { ...CREATED, text: "x".repeat(4_000), fullLength: 4_001 }],
    [
      "a cut splits no character",
      { content: `${"x".repeat(3_999)}😀` },
      { ...CREATED, text: `${"x".repeat(3_999)}\ufffd`, fullLength: 4_001 },
    ],
    ["without content", { content: undefined }, { ...CREATED, text: "" }],
    [
      "mentions that are none",
      { mentions: [null, { id: 5 }, {}], mention_roles: "x" },
      { ...CREATED, mentionedUserIds: [], mentionedRoleIds: [] },
    ],
    [
      "without membership",
      { member: undefined },
      { ...CREATED, author: { userId: CREATED.author.userId, name: "Willow", roleIds: [] } },
    ],
    [
      "a webhook is a bot",
      { webhook_id: "900000000000000300", member: undefined },
      {
        ...CREATED,
        author: { userId: CREATED.author.userId, name: "Willow", roleIds: [], bot: true },
        webhookId: "900000000000000300",
      },
    ],
    [
      "another bot",
      { author: { ...MESSAGE.author, bot: true } },
      { ...CREATED, author: { ...CREATED.author, bot: true } },
    ],
    [
      "attachments, as far as they are ones",
      { attachments: [{ id: "5", filename: "a.png", size: 9, content_type: "image/png" }, { filename: "no id" }, 3] },
      { ...CREATED, attachments: [{ id: "5", name: "a.png", size: 9, contentType: "image/png" }] },
    ],
    [
      "a picture",
      { attachments: [{ id: "5", filename: "a.png", size: 9, width: 640, height: 480, url: "https://cdn.example/a" }] },
      {
        ...CREATED,
        attachments: [{ id: "5", name: "a.png", size: 9, width: 640, height: 480, url: "https://cdn.example/a" }],
      },
    ],
    [
      "a forward is read for what it shows",
      {
        content: "",
        message_reference: { type: 1, message_id: "77", channel_id: "78", guild_id: "79" },
        message_snapshots: [{ message: { content: "free money", attachments: [{ id: "5", filename: "a", size: 1 }] } }],
      },
      {
        ...CREATED,
        text: "free money",
        forwarded: { messageId: "77", channelId: "78" },
        attachments: [{ id: "5", name: "a", size: 1 }],
      },
    ],
    [
      "a poll is read with its answers",
      {
        content: "",
        poll: { question: { text: "Best owl?" }, answers: [{ poll_media: { text: "Snowy" } }, { poll_media: {} }, 5] },
      },
      { ...CREATED, text: "Best owl?\nSnowy", isPoll: true },
    ],
    [
      "stickers, addresses of embeds, flags",
      {
        sticker_items: [{ id: "6", name: "wave", format_type: 1 }, {}],
        embeds: [{ url: "https://a.example" }, { url: "https://a.example" }, { title: "none" }, null],
        flags: 4,
      },
      { ...CREATED, stickers: [{ id: "6", name: "wave" }], embedUrls: ["https://a.example"], flags: 4 },
    ],
    [
      "a raid reported to Discord",
      { type: 38 },
      {
        ...{ id: CREATED.id, guildId: GUILD, at: CREATED.at, kind: "incident.noticed", notice: "raid-reported" },
        ...{ channelId: CREATED.channelId, messageId: CREATED.messageId, by: CREATED.author },
      },
    ],
    ["ours, by its footer", { ...ours, ...marked }, echoed],
    ["ours, by its nonce", { ...ours, nonce: "markerOfAnOrderOurs1" }, echoed],
  ])("%s", (_name, changes, expected) => {
    const said = normalise("MESSAGE_CREATE", { ...MESSAGE, ...changes }, intakeContext());
    expect(said).toEqual({ event: expected });
  });

  it.each([
    ["a direct message", { guild_id: undefined }],
    ["a join notice", { type: 7 }],
    ["ours without a marker", ours],
    ["ours with a marker nobody remembers", { ...ours, nonce: "markerOfAnotherOrder" }],
  ])("says nothing of %s", (_name, changes) => {
    const said = normalise("MESSAGE_CREATE", { ...MESSAGE, ...changes }, intakeContext());
    expect(said).toEqual({ ignored: "nothing" });
  });

  it.each([
    ["no id", { id: undefined }],
    ["an id that is none", { id: "12x" }],
    ["an id beyond 64 bits", { id: "1".repeat(21) }],
    ["no channel", { channel_id: null }],
    ["no author", { author: undefined }],
    ["an author without id", { author: { username: "x" } }],
    ["a guild id that is none", { guild_id: {} }],
  ])("calls %s malformed", (_name, changes) => {
    const said = normalise("MESSAGE_CREATE", { ...MESSAGE, ...changes }, intakeContext());
    expect(said).toEqual({ ignored: "malformed" });
  });
});

describe("MESSAGE_UPDATE", () => {
  const edited = { ...MESSAGE, content: "good evening", edited_timestamp: "2026-01-02T03:04:05.678000+00:00" };
  const at = Date.UTC(2026, 0, 2, 3, 4, 5, 678);

  it("is an edit with its own id and time", () => {
    const expected = { ...CREATED, id: `e:${MESSAGE.id}:${at}`, at, kind: "message.edited", text: "good evening" };
    expect(normalise("MESSAGE_UPDATE", edited, intakeContext())).toEqual({ event: expected });
  });

  it.each([
    ["an embed that was resolved", { edited_timestamp: null }],
    ["an embed-only payload", { content: undefined }],
    ["an update without author", { author: undefined }],
    ["a direct message", { guild_id: undefined }],
    ["an edit of ours", ours],
  ])("says nothing of %s", (_name, changes) => {
    expect(normalise("MESSAGE_UPDATE", { ...edited, ...changes }, intakeContext())).toEqual({ ignored: "nothing" });
  });

  it("is evidence where it is an edit of ours that an order asked for", () => {
    const said = normalise("MESSAGE_UPDATE", { ...edited, ...ours, ...marked, content: "" }, intakeContext());
    expect(said).toEqual({ event: { ...echoed, id: `e:${MESSAGE.id}:${at}`, at } });
  });
});

describe("deletions", () => {
  const place = { guild_id: GUILD, channel_id: "900000000000000200" };
  const base = { id: "session:7", guildId: GUILD, at: 1_900_000_000_000, channelId: place.channel_id };

  it.each([
    ["MESSAGE_DELETE", { id: "5" }, ["5"]],
    ["MESSAGE_DELETE_BULK", { ids: ["5", "6", null] }, ["5", "6"]],
  ])("%s", (name, payload, messageIds) => {
    const said = normalise(name, { ...place, ...payload }, intakeContext());
    expect(said).toEqual({ event: { ...base, kind: "message.deleted", messageIds } });
  });
});
