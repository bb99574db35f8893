import { defineAgent, type Directory, type DirectoryChange, type GuildEvent, Permission, type Role } from "#core";
import { afterEach, expect, test } from "vitest";
import { z } from "zod";
import { manualClock } from "../../src/adapters/memory/clock.ts";
import { botRole, directory, GUILD, OWNER } from "../kit/guild.ts";
import { startRoad, type TestRoad, type TestRoadOptions } from "../kit/road.ts";

const warden = defineAgent({
  name: "warden",
  description: "May ban",
  listens: ["message.created"],
  config: z.unknown(),
  verbs: ["member.ban"],
  decide: () => [],
});

const START = 1_800_000_000_000;
let road: TestRoad;
let clock: ReturnType<typeof manualClock>;
let count = 0;
afterEach(() => road.stop());

const able: Directory = {
  ...directory,
  roles: { ...directory.roles, "14": { ...directory.roles["14"]!, position: 2 } },
};
const unable: Role = { ...botRole, permissions: Permission.VIEW_CHANNEL.toString() };

async function open(options: Partial<TestRoadOptions> = {}): Promise<void> {
  clock = manualClock(START);
  road = await startRoad({ agents: [warden], clock, ...options });
  road.world.answer = ({ action }) => ({ kind: "done", result: action.verb === "dm.open" ? { channelId: "77" } : {} });
  await happens({ kind: "guild.available", directory: able });
}

type Happening =
  { kind: "guild.available"; directory: Directory } | { kind: "directory.changed"; change: DirectoryChange };

/** Brings it, lets things settle, and waits until the house has looked. */
async function happens(...happenings: readonly Happening[]): Promise<void> {
  const events = happenings.map((each): GuildEvent => ({
    id: `h${++count}`,
    guildId: GUILD,
    at: clock.now(),
    ...each,
  }));
  road.bring(...events);
  await road.commitOf(({ event }) => event.id === events.at(-1)!.id);
  const due = clock.now() + 10_000;
  clock.advance(10_000);
  await road.commitOf(({ event }) => event.kind === "clock.struck" && event.timer === "standing" && event.at === due);
}

const role = (put: Role): Happening => ({ kind: "directory.changed", change: { change: "role.put", role: put } });

/** What was told so far, each with where it went, once every order for it is through. */
async function told(): Promise<readonly string[]> {
  const orders = road.committed.flatMap(({ house }) =>
    house.flatMap((write) => (write.write === "order.put" ? [write.order.id] : [])),
  );
  for (const id of orders) await road.commitOf(({ event }) => event.kind === "action.done" && event.orderId === id);
  return road.world.performed.flatMap(({ action }) => {
    if (action.verb === "dm.open") return [`to ${action.userId}`];
    return action.verb === "message.send" ? [`${action.channelId}: ${action.words.text}`] : [];
  });
}

test("a permission that goes is told once, and once more when it is back", async () => {
  await open();
  expect(await told()).toEqual([]);
  await happens(role(unable));
  const [to, text, ...rest] = await told();
  expect([to, rest]).toEqual([`to ${OWNER}`, []]);
  expect(text).toContain(
    '77: In The Lantern, this does not work:\n• warden cannot do all it should: the bot lacks "Ban Members".',
  );
  expect(text).toContain("Server Settings");
  await happens(role({ ...unable, name: "renamed" }));
  await happens({ kind: "guild.available", directory: { ...able, roles: { ...able.roles, [unable.id]: unable } } });
  expect(await told()).toHaveLength(2);
  await happens(role(botRole));
  expect((await told()).slice(2)).toEqual([`to ${OWNER}`, expect.stringContaining("this works again:\n• ~~warden")]);
  await happens(role({ ...botRole, name: "renamed" }));
  expect(await told()).toHaveLength(4);
});

test("what goes and comes back while roles are being moved is not told", async () => {
  await open();
  await happens(role(unable), role(botRole));
  expect(await told()).toEqual([]);
});

test.each([
  ["the staff's channel, where one is named", "20", "20: In The Lantern"],
  ["the owner, where that channel cannot be used", "99", `to ${OWNER}`],
])("it is told to %s", async (_whom, noticeChannelId, expected) => {
  await open({ policy: { noticeChannelId } });
  const writing = { ...unable, permissions: (Permission.EMBED_LINKS | Permission.SEND_MESSAGES).toString() };
  await happens(role(writing));
  const [first] = await told();
  expect(first?.split(",")[0]).toBe(expected);
});
