import { describe, expect, it } from "vitest";
import { snowflakeTime } from "#core";
import { BOT, GUILD, intakeContext } from "../../../../test/discord/context.ts";
import { normalise } from "./index.ts";

const BASE = { id: "session:7", guildId: GUILD, at: 1_900_000_000_000 };
const NOON = "2026-01-02T12:00:00+00:00";
const NOON_AT = Date.UTC(2026, 0, 2, 12);
const said = (name: string, payload: object) => normalise(name, { guild_id: GUILD, ...payload }, intakeContext());

describe("voice", () => {
  const member = { user: { id: "3", username: "robin" }, roles: [] };

  it.each([
    [
      { user_id: "3", channel_id: "200", member, self_stream: true, mute: true, self_mute: false },
      {
        kind: "voice.changed",
        state: { userId: "3", channelId: "200", muted: true, streaming: true },
        member: { userId: "3", name: "robin", roleIds: [] },
      },
    ],
    [
      { user_id: "3", channel_id: "200", deaf: true, self_video: true },
      { kind: "voice.changed", state: { userId: "3", channelId: "200", deafened: true, video: true } },
    ],
    [
      { user_id: "3", channel_id: null },
      { kind: "voice.left", userId: "3" },
    ],
  ])("%j", (payload, expected) => {
    expect(said("VOICE_STATE_UPDATE", payload)).toEqual({ event: { ...BASE, ...expected } });
  });

  it("leaves the bot itself out", () => {
    expect(said("VOICE_STATE_UPDATE", { user_id: BOT, channel_id: "200" })).toEqual({ ignored: "nothing" });
  });
});

describe("invites", () => {
  it.each([
    [
      "INVITE_CREATE",
      { channel_id: "200", code: "abc", inviter: { id: "3" }, max_age: 60, created_at: NOON, max_uses: 5 },
      { kind: "invite.created", channelId: "200", code: "abc", byUserId: "3", expiresAt: NOON_AT + 60_000, maxUses: 5 },
    ],
    [
      "INVITE_CREATE",
      { channel_id: "200", code: "abc", max_age: 0, created_at: NOON },
      { kind: "invite.created", channelId: "200", code: "abc", maxUses: 0 },
    ],
    ["INVITE_DELETE", { channel_id: "200", code: "abc" }, { kind: "invite.deleted", channelId: "200", code: "abc" }],
  ])("%s %j", (name, payload, expected) => {
    expect(said(name, payload)).toEqual({ event: { ...BASE, ...expected } });
  });

  it.each([
    [{ channel_id: "200", code: 5 }, "malformed"],
    [{ channel_id: "200", code: "abc", guild_id: undefined }, "nothing"],
  ])("%j is %s", (payload, ignored) => {
    expect(said("INVITE_CREATE", payload)).toEqual({ ignored });
  });
});

describe("the audit log", () => {
  const id = "1200000000000000000";
  const entry = { id, action_type: 22, user_id: "1", target_id: "3", reason: "spam" };
  const seen = {
    ...{ id: `a:${id}`, guildId: GUILD, at: snowflakeTime(id), kind: "audit.logged", entryId: id, action: 22 },
    ...{ byUserId: "1", targetId: "3", reason: "spam", changes: [] },
  };

  it.each([
    ["as a moderator leaves it", {}, seen],
    [
      "with an order of ours behind it",
      { reason: "Case #4 [gh:markerOfAnOrderOurs1]" },
      { ...seen, reason: "Case #4 [gh:markerOfAnOrderOurs1]", marker: "markerOfAnOrderOurs1" },
    ],
    [
      "with a marker somebody wrote into the middle",
      { reason: "[gh:markerOfAnOrderOurs1] no" },
      { ...seen, reason: "[gh:markerOfAnOrderOurs1] no" },
    ],
    [
      "with changes of any shape",
      {
        changes: [
          { key: "nick", old_value: "a\0", new_value: "b" },
          { key: "$add", new_value: [{ id: "9", name: "\ud83d" }] },
          { new_value: 1 },
          7,
        ],
      },
      {
        ...seen,
        changes: [
          { key: "nick", before: "a", after: "b" },
          { key: "$add", after: [{ id: "9", name: "\ufffd" }] },
        ],
      },
    ],
  ])("%s", (_name, changes, expected) => {
    expect(said("GUILD_AUDIT_LOG_ENTRY_CREATE", { ...entry, ...changes })).toEqual({ event: expected });
  });

  it("an entry without author or target is one", () => {
    const { byUserId: _by, targetId: _target, ...rest } = seen;
    const bare = { ...entry, user_id: null, target_id: null };
    expect(said("GUILD_AUDIT_LOG_ENTRY_CREATE", bare)).toEqual({ event: rest });
  });
});

it.each([
  [
    {
      ...{ rule_id: "8", rule_trigger_type: 1, action: { type: 1, metadata: {} }, user_id: "3", channel_id: "200" },
      ...{ content: "bad word", matched_keyword: "bad", matched_content: "bad" },
    },
    {
      ...{ ruleId: "8", trigger: 1, action: "block-message", userId: "3", channelId: "200" },
      ...{ text: "bad word", keyword: "bad", matched: "bad" },
    },
  ],
  [
    { rule_id: "8", rule_trigger_type: 6, action: { type: 99 }, user_id: "3", matched_keyword: null },
    { ruleId: "8", trigger: 6, action: "other", userId: "3", text: "" },
  ],
])("AutoMod %j", (payload, expected) => {
  const event = { ...BASE, kind: "automod.acted", ...expected };
  expect(said("AUTO_MODERATION_ACTION_EXECUTION", payload)).toEqual({ event });
});

describe("scheduled events", () => {
  const planned = { id: "7", name: "Owl night", status: 1, scheduled_start_time: NOON, entity_type: 3 };
  const seen = { id: "7", name: "Owl night", status: "scheduled", startsAt: NOON_AT };

  it.each([
    ["GUILD_SCHEDULED_EVENT_CREATE", planned, { kind: "scheduled-event.created", scheduledEvent: seen }],
    [
      "GUILD_SCHEDULED_EVENT_UPDATE",
      {
        ...{ ...planned, status: 2, scheduled_end_time: NOON, channel_id: "200", creator_id: "3", description: "Hoo" },
        entity_metadata: { location: "the barn" },
      },
      {
        kind: "scheduled-event.updated",
        scheduledEvent: {
          ...{ ...seen, status: "active", endsAt: NOON_AT, channelId: "200", creatorId: "3", description: "Hoo" },
          location: "the barn",
        },
      },
    ],
    [
      "GUILD_SCHEDULED_EVENT_UPDATE",
      { ...planned, recurrence_rule: { start: NOON, frequency: 2, interval: 2, by_weekday: [2] } },
      { kind: "scheduled-event.updated", scheduledEvent: { ...seen, rule: "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE" } },
    ],
    ["GUILD_SCHEDULED_EVENT_DELETE", planned, { kind: "scheduled-event.deleted", scheduledEvent: seen }],
    [
      "GUILD_SCHEDULED_EVENT_USER_ADD",
      { guild_scheduled_event_id: "7", user_id: "3" },
      { kind: "scheduled-event.joined", scheduledEventId: "7", userId: "3" },
    ],
    [
      "GUILD_SCHEDULED_EVENT_USER_REMOVE",
      { guild_scheduled_event_id: "7", user_id: "3" },
      { kind: "scheduled-event.left", scheduledEventId: "7", userId: "3" },
    ],
  ])("%s", (name, payload, expected) => {
    expect(said(name, payload)).toEqual({ event: { ...BASE, ...expected } });
  });
});
