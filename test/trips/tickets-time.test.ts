import { afterEach, expect, test } from "vitest";
import {
  type Channel,
  type Directory,
  type EventOf,
  type GuildEvent,
  type Order,
  Permission,
  type Ticket,
} from "#core";
import { configSchema } from "../../agents/tickets/config.ts";
import tickets from "../../agents/tickets/index.ts";
import { manualClock } from "../../src/adapters/memory/clock.ts";
import { createMemoryStore } from "../../src/adapters/memory/store/index.ts";
import { directory, GUILD, member, message } from "../kit/guild.ts";
import { createWorld, startRoad, type TestRoad, type World } from "../kit/road.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** A Monday, 10:00 in Berlin. */
const START = Date.parse("2026-03-02T09:00:00Z");
const THREAD = "700";
const STAFF = member("1");
const days = ["mon", "tue", "wed", "thu", "fri"];
const CATEGORY = "40";
const SETTINGS = {
  hours: { zone: "Europe/Berlin", week: Object.fromEntries(days.map((day) => [day, ["09:00-17:00"]])) },
  deadlines: { answerMinutes: 120, solveMinutes: 600 },
  ...{ remindAfterHours: 0, closeAfterHours: 26, warnBeforeHours: 24, staffChannelId: "21" },
};
const CONFIGS = {
  thread: configSchema.parse(SETTINGS),
  channel: configSchema.parse({
    ...{ ...SETTINGS, place: "channel", categoryIds: [CATEGORY], deleteClosedAfterHours: 24 },
  }),
};
type Place = keyof typeof CONFIGS;
const OPENER = { id: "50", type: "member", allow: "1024", deny: "0" } as const;
const PLACES: Readonly<Record<Place, Channel>> = {
  thread: { id: THREAD, name: "#1", type: 12, parentId: "20", overwrites: [], thread: { joined: true } },
  channel: { id: THREAD, name: "1-badge", type: 0, parentId: CATEGORY, overwrites: [OPENER] },
};
const guildWith = (place: Place): Directory => ({
  ...directory,
  roles: { ...directory.roles, "13": { ...directory.roles["13"]!, permissions: Permission.ADMINISTRATOR.toString() } },
  channels: {
    ...directory.channels,
    [CATEGORY]: { id: CATEGORY, name: "desk", type: 4, overwrites: [] },
    [THREAD]: PLACES[place],
  },
});

let house: TestRoad | undefined;
afterEach(() => house?.stop());

/** What was done stays done: whoever asks later is told so, as Discord would. */
function lastingWorld(): World {
  const world = createWorld();
  const resultOf = ({ action }: Order): object => {
    if (action.verb === "thread.open" || action.verb === "channel.create") return { channelId: THREAD };
    if (action.verb === "transcript.make")
      return { transcript: { number: 1, messages: 1, keptUntil: action.keepUntil } };
    return action.verb === "message.send" ? { channelId: action.channelId, messageId: "900" } : {};
  };
  world.answer = (order) => ({ kind: "done", result: resultOf(order) });
  world.find = (order) =>
    world.performed.some(({ id }) => id === order.id)
      ? { found: "done", result: resultOf(order) }
      : { found: "absent" };
  return world;
}

const used = (id: string, at: number, command: string, options: object) =>
  ({
    ...{ id, guildId: GUILD, at, kind: "command.used", command: `ticket ${command}`, options, by: STAFF },
    ...{ byPermissions: "0", channelId: THREAD, interaction: { id: id.slice(2), sealedToken: "sealed", locale: "en" } },
  }) as EventOf<"command.used">;

interface Life {
  readonly ticket: Ticket;
  readonly done: readonly string[];
}

/** A ticket's life, of all that the clock and people do to it; after a step the house may be another one. */
async function live(place: Place, isOtherAfter: (step: number) => boolean): Promise<Life> {
  const store = createMemoryStore();
  const world = lastingWorld();
  const clock = manualClock(START);
  const open = async (): Promise<TestRoad> => {
    const opened = await startRoad({ agents: [tickets], clock, world, store, config: { tickets: CONFIGS[place] } });
    opened.bring({
      id: `g:${clock.now()}`,
      guildId: GUILD,
      at: clock.now(),
      kind: "guild.available",
      directory: guildWith(place),
    });
    return opened;
  };
  const settled = (eventId: string) =>
    house!.commitOf(({ event }) => event.kind === "action.done" && event.orderId === `${eventId}/tickets/0#0`);
  const happens = (event: (at: number) => GuildEvent) => async (at: number) => {
    clock.set(at);
    const given = event(at);
    house!.bring(given);
    await house!.commitOf((entry) => entry.event.id === given.id);
  };
  const strikes = (timer: string) => async (at: number) => {
    clock.set(at);
    const entry = await house!.commitOf(({ event }) => event.kind === "clock.struck" && event.at === at);
    expect(entry.event).toMatchObject({ timer: expect.stringMatching(timer) as string });
    for (const write of entry.house)
      if (write.write === "order.put")
        await house!.commitOf(({ event }) => event.kind === "action.done" && event.orderId === write.order.id);
  };
  const form = async (at: number) => {
    house!.bring({
      ...{ id: "i:1", guildId: GUILD, at, kind: "modal.submitted", customId: "v1:tickets:form:help" },
      ...{ by: member("50"), byPermissions: "0", channelId: "20", fields: { subject: "Badge", details: "Lost" } },
      interaction: { id: "1", sealedToken: "sealed", locale: "en" },
    });
    await settled((await settled("i:1")).event.id);
  };
  const says = (author: string) => happens((at) => message("hello", { at, channelId: THREAD, author: member(author) }));
  const steps: readonly (readonly [minutes: number, step: (at: number) => Promise<void>])[] = [
    [0, form],
    [90, strikes("due:1")],
    [120, strikes("due:1")],
    [150, says("1")],
    [180, happens((at) => used("i:2", at, "snooze", { when: "1h" }))],
    [240, strikes("snooze:1")],
    [250, happens((at) => used("i:3", at, "remind", { when: "30", text: "the bank" }))],
    [280, strikes("nudge:1:3")],
    [300, says("50")],
    // The clock stood still while the member was waited for, while it was put off, and over night.
    [25 * 60, strikes("due:1")],
    [27 * 60 + 30, strikes("due:1")],
    [28 * 60, says("1")],
    [30 * 60, strikes("silence:1")],
    [54 * 60, strikes("silence:1")],
    ...(place === "channel" ? [[78 * 60, strikes("delete:1")] as const] : []),
  ];
  house = await open();
  for (const [index, [minutes, step]] of steps.entries()) {
    await step(START + minutes * MINUTE);
    if (!isOtherAfter(index)) continue;
    await house.stop();
    house = await open();
  }
  const [ticket] = await store.guild(GUILD).records([{ record: "ticket", key: "1" }]);
  await house.stop();
  house = undefined;
  const done = world.performed.map(({ action }) =>
    [action.verb, "words" in action ? action.words.text : ""].join(" ").trim(),
  );
  return { ticket: ticket as Ticket, done: done.sort() };
}

test.each<[Place, readonly ((step: number) => boolean)[]]>([
  ["thread", [() => true, (step: number) => step % 2 === 0]],
  ["channel", [() => true]],
])(
  "a ticket's %s has one life, whether one house leads it or another after every step",
  async (place, others) => {
    const alone = await live(place, () => false);
    expect(alone.ticket).toMatchObject({
      status: "closed",
      closed: { how: "silence", at: START + 54 * HOUR },
      clock: {
        ...{ answerKept: false, solveKept: false },
        told: ["answer.near", "answer.late", "solve.near", "solve.late"],
      },
    });
    expect(alone.done.filter((line) => /⏳|⏰|🔔/.test(line))).toHaveLength(6);
    expect(alone.done.filter((line) => line === "channel.delete")).toHaveLength(place === "channel" ? 1 : 0);
    for (const isOtherAfter of others) expect(await live(place, isOtherAfter)).toEqual(alone);
  },
  30_000,
);
