import fc from "fast-check";
import { expect, it } from "vitest";
import { EVENT_KINDS } from "#core";
import { BOT, GUILD, intakeContext } from "../../../../test/discord/context.ts";
import { NORMALISED_NAMES, normalise } from "./index.ts";

const user = { id: "300", username: "willow", global_name: "Willow", bot: false };
const member = { user, roles: ["9"], nick: "Owl", joined_at: "2024-05-01T10:00:00Z", permissions: "8" };
/** Everything any reader looks at, well filled in; each run breaks some of it. */
const WHOLE: Readonly<Record<string, unknown>> = {
  ...{ id: "1200000000000000000", guild_id: GUILD, channel_id: "200", message_id: "5", user_id: "300", role_id: "9" },
  ...{
    type: 2,
    content: "hello",
    author: user,
    user,
    member,
    roles: [{ id: "9" }],
    role: { id: "9", permissions: "8" },
  },
  ...{ ids: ["5"], emoji: { id: null, name: "🔥" }, owner_id: "1", name: "Owlery", channels: [{ id: "200" }] },
  ...{ members: [member], threads: [], mentions: [user], mention_roles: ["9"], attachments: [{ id: "1" }] },
  ...{ code: "abc", action_type: 22, target_id: "300", changes: [{ key: "nick", old_value: "a", new_value: "b" }] },
  ...{ rule_id: "9", action: { type: 1 }, scheduled_start_time: "2026-01-02T03:04:05Z", guild_scheduled_event_id: "9" },
  ...{
    removed_member_ids: [BOT],
    thread_metadata: { archived: false },
    voice_states: [{ user_id: "300", channel_id: "200" }],
    embeds: [{}],
  },
  ...{ poll: { question: { text: "?" }, answers: [] }, message_snapshots: [{ message: {} }], sticker_items: [] },
  ...{ edited_timestamp: "2026-01-02T03:04:05Z", joined_at: "2024-05-01T10:00:00Z", token: "t", message: { id: "5" } },
  data: { name: "warn", custom_id: "v1:x", options: [{ name: "a", type: 6, value: "300" }], resolved: { users: {} } },
};

/** One field means two things: what kind of interaction, what kind of message. */
const wholeOf = (frameName: string) => (frameName.startsWith("MESSAGE_") ? { ...WHOLE, type: 0 } : WHOLE);

const anything = fc.oneof(
  fc.jsonValue(),
  fc.string({ unit: "binary" }),
  fc.constantFrom("\ud800", "\0", "9".repeat(30), "5", -1, {}, [], null, undefined, [null], { id: {} }),
);
const name = fc.constantFrom(...NORMALISED_NAMES);

function isWellFormed(value: unknown): boolean {
  if (typeof value === "string") return !/[\ud800-\udfff]/u.test(value) && !value.includes("\0");
  return typeof value !== "object" || value === null || Object.values(value).every(isWellFormed);
}

function holds(frameName: string, payload: unknown): void {
  const said = normalise(frameName, payload, intakeContext());
  if (said.event === undefined) {
    expect(["nothing", "unknown", "malformed"]).toContain(said.ignored);
    return;
  }
  expect(EVENT_KINDS).toContain(said.event.kind);
  expect(Number.isFinite(said.event.at)).toBe(true);
  expect(said.event.guildId).toMatch(/^\d+$/);
  expect(isWellFormed(said.event)).toBe(true);
}

it("takes any payload for any name without throwing", () => {
  fc.assert(
    fc.property(name, anything, (frameName, payload) => holds(frameName, payload)),
    { numRuns: 2_000 },
  );
});

it("takes a whole payload with some fields broken", () => {
  const broken = fc.dictionary(fc.constantFrom(...Object.keys(WHOLE)), anything, { maxKeys: 3 });
  fc.assert(
    fc.property(name, broken, (frameName, changes) => holds(frameName, { ...wholeOf(frameName), ...changes })),
    { numRuns: 5_000 },
  );
});

it("makes an event of the whole payload for every name, so the fuzzing reaches the readers", () => {
  const silent = NORMALISED_NAMES.filter((each) => normalise(each, wholeOf(each), intakeContext()).event === undefined);
  expect(silent).toEqual([]);
});
