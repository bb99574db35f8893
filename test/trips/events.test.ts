import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import ICAL from "ical.js";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import {
  type Action,
  type Agent,
  type EventOf,
  type GuildEvent,
  Permission,
  type Records,
  type ScheduledEvent,
  type Store,
  type Verb,
} from "#core";
import events from "../../agents/events/index.ts";
import { configSchema } from "../../agents/events/config.ts";
import levels from "../../agents/levels/index.ts";
import { configSchema as levelsSchema } from "../../agents/levels/config.ts";
import { manualClock } from "../../src/adapters/memory/clock.ts";
import { createMemoryStore } from "../../src/adapters/memory/store/index.ts";
import type { OpenHouse } from "../../src/main/house.ts";
import { type Control, startSimulator, type Simulator } from "../../src/simulator/index.ts";
import { BOT } from "../../src/simulator/world/presets.ts";
import { until } from "../discord/house.ts";
import { directory, GUILD, member, message, BOT as BOT_ID } from "../kit/guild.ts";
import { createWorld, startRoad, type TestRoad, type World } from "../kit/road.ts";
import { assembleOn, openOver } from "../kit/whole-house.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** A Monday, 14:13 in UTC. */
const START = 1_790_000_000_000;
/** The Friday after, 19:00 in Berlin. */
const FRIDAY = Date.parse("2026-09-25T17:00:00Z");
const MAY_PLAN = Permission.CREATE_EVENTS.toString();
/** A message earns one point, a minute in voice none. */
const LEVELS = levelsSchema.parse({ message: { least: 1, most: 1 }, voice: { minutesPerDay: 0 }, farming: false });
const guild = {
  ...directory,
  roles: { ...directory.roles, "13": { ...directory.roles["13"]!, permissions: Permission.ADMINISTRATOR.toString() } },
  channels: {
    ...directory.channels,
    "30": { id: "30", name: "stage one", type: 2, overwrites: [] },
  },
};

describe("on the road", () => {
  let house: TestRoad;
  let world: World;
  let clock = manualClock(START);
  let uses = 0;
  afterEach(() => house.stop());

  async function open(store: Store, config: object = {}, more: readonly Agent[] = []): Promise<void> {
    house = await startRoad({
      ...{ agents: [events, ...more], clock, world, store },
      config: { events: configSchema.parse(config), levels: LEVELS },
    });
    house.bring({ id: `g:${clock.now()}`, guildId: GUILD, at: clock.now(), kind: "guild.available", directory: guild });
  }
  async function openNew(config: object = {}, more: readonly Agent[] = []): Promise<Store> {
    clock = manualClock(START);
    world = createWorld();
    let made = 0;
    world.answer = ({ action }) => {
      made += 1;
      if (action.verb === "message.send") return { kind: "done", result: { messageId: `90${made}` } };
      return {
        kind: "done",
        result: action.verb === "scheduled-event.create" ? { scheduledEventId: `70${made}` } : {},
      };
    };
    const store = createMemoryStore();
    await open(store, config, more);
    return store;
  }
  const use = (userId: string, byPermissions = MAY_PLAN, locale = "en") => ({
    ...{ id: `i:${(uses += 1)}`, guildId: GUILD, at: clock.now(), by: member(userId), byPermissions, channelId: "20" },
    interaction: { id: String(uses), sealedToken: "sealed", locale },
  });
  async function happens<E extends GuildEvent>(event: E): Promise<E> {
    house.bring(event);
    await house.commitOf((entry) => entry.event.id === event.id);
    return event;
  }
  const command = (
    userId: string,
    name: string,
    options: EventOf<"command.used">["options"] = {},
    permissions = MAY_PLAN,
  ) => happens({ ...use(userId, permissions), kind: "command.used", command: `event ${name}`, options });
  const press = (userId: string, name: string, ...args: readonly (string | number)[]) =>
    happens({
      ...use(userId, "0"),
      ...{ kind: "button.pressed" as const, customId: ["v1:events", name, ...args].join(":"), messageId: "901" },
      byPermissions: name === "post" ? MAY_PLAN : "0",
    });
  const choose = (userId: string, zone: string) =>
    happens({
      ...use(userId),
      kind: "select.chosen" as const,
      customId: "v1:events:zone",
      messageId: "1",
      values: [zone],
    });
  const actions = <V extends Verb>(verb: V) =>
    world.performed.flatMap(({ action }) => (action.verb === verb ? [action as Extract<Action, { verb: V }>] : []));
  /** What somebody is told about this very use, once it has been said. */
  const replyTo = async (event: { readonly id: string; readonly interaction: { readonly id: string } }) => {
    await house.commitOf((one) => one.event.kind === "action.done" && one.event.orderId.startsWith(`${event.id}/`));
    await until("the answer", () =>
      actions("interaction.reply").some((one) => one.interaction.id === event.interaction.id),
    );
    return actions("interaction.reply").find((one) => one.interaction.id === event.interaction.id)!.words;
  };
  const record = async <N extends "gathering" | "rsvps" | "gatherings" | "attended" | "gatheringSeries" | "turnout">(
    name: N,
    key: string | number,
  ) => (await house.store.guild(GUILD).records([{ record: name, key: String(key) }]))[0] as Records[N] | undefined;
  async function struck(timer: string, at: number): Promise<void> {
    clock.set(at);
    await house.commitOf(({ event }) => event.kind === "clock.struck" && event.timer === timer);
  }
  const voice = (userId: string, at: number, channelId?: string): Promise<GuildEvent> => {
    clock.set(at);
    const common = { id: `v:${(uses += 1)}`, guildId: GUILD, at };
    return happens(
      channelId === undefined
        ? { ...common, kind: "voice.left", userId }
        : { ...common, kind: "voice.changed", state: { userId, channelId }, member: member(userId) },
    );
  };
  const channel = (channelId: string) => ({ channelId, name: "stage one", type: 2 });
  /** Announced by 50, whose clocks are Berlin's; its announcement and its twin are there. */
  async function announced(options: EventOf<"command.used">["options"] = {}): Promise<number> {
    await command("50", "timezone", { zone: "Europe/Berlin" });
    await command("50", "plan", { title: "Owl night", when: "friday at 7pm", channel: channel("30"), ...options });
    const post = await press("50", "post");
    await house.commitOf((one) => one.event.kind === "action.done" && one.event.orderId === `${post.id}/events/1#0`);
    await house.commitOf((one) => one.event.kind === "action.done" && one.event.orderId === `${post.id}/events/0#0`);
    return (await record("gatherings", "all"))!.open.at(-1)!;
  }

  test("from the form to the next date: zone, preview, answers, waiting list, reminder, attendance, and a restart between", async () => {
    const store = await openNew({ reminderMinutes: [60] });
    const form = {
      ...{ title: "Owl *night*", when: "friday at 7pm", channel: ["30"], location: "", about: "Bring a torch" },
    };
    const sent = await happens({
      ...{ ...use("50"), kind: "modal.submitted" as const, customId: "v1:events:create", fields: form },
    });
    expect((await replyTo(sent)).text).toMatch(/Which clocks do you go by/);
    const zone = await choose("50", "Europe/Berlin");
    const preview = await replyTo(zone);
    expect(preview.text).toContain("Owl \\*night\\*");
    expect(preview.text).toContain(`<t:${FRIDAY / 1_000}:F>`);
    expect(preview.text).toContain("Europe/Berlin");
    expect(actions("message.send")).toEqual([]);

    const more = await happens({
      ...{ ...use("50"), kind: "modal.submitted" as const, customId: "v1:events:more" },
      fields: { duration: "1:30", capacity: "2", repeat: ["weekly"], going: [], maybe: [] },
    });
    expect((await replyTo(more)).text).toMatch(/Room for 2\n\*\*Again\*\* every week/);
    const post = await press("50", "post");
    expect((await replyTo(post)).text).toMatch(/Event #1 is on its way/);
    await house.commitOf((one) => one.event.kind === "action.done" && one.event.orderId === `${post.id}/events/1#0`);
    await until("the announcement", () => actions("message.send").length === 1);
    expect(actions("scheduled-event.create")).toMatchObject([
      {
        name: "Owl *night*",
        startsAt: FRIDAY,
        endsAt: FRIDAY + 90 * MINUTE,
        place: { kind: "voice", channelId: "30" },
      },
    ]);
    const first = (await record("gathering", 1))!;
    expect(first).toMatchObject({ status: "planned", capacity: 2, rule: "FREQ=WEEKLY", hostId: "50" });

    await press("60", "going", 1);
    await press("61", "going", 1);
    expect((await replyTo(await press("62", "going", 1))).text).toMatch(/full. You are number 1 on the waiting list/);
    await press("63", "maybe", 1);
    await press("60", "no", 1);
    await until("62 to be told", () => actions("message.send").length === 2);
    expect(actions("message.send").at(-1)).toMatchObject({ channelId: "20", words: { pingUserIds: ["62"] } });
    expect(await record("rsvps", 1)).toMatchObject({ going: ["61", "62"], waiting: [], maybe: ["63"], no: ["60"] });
    await command("61", "remind", { number: 1, minutes: 30 });

    await house.stop();
    await open(store, { reminderMinutes: [60] });
    await struck("remind:1:60", FRIDAY - HOUR);
    await until("the reminder", () => actions("message.send").length === 3);
    expect(actions("message.send").at(-1)).toMatchObject({ words: { pingUserIds: ["61", "62"] } });
    await struck("personal:1:61", FRIDAY - 30 * MINUTE);
    await until("the direct message", () => actions("dm.open").some(({ userId }) => userId === "61"));

    await voice("61", FRIDAY - 10 * MINUTE, "30");
    await struck("start:1", FRIDAY);
    expect(await record("gathering", 1)).toMatchObject({ status: "running" });
    await voice("62", FRIDAY + 20 * MINUTE, "30");
    await voice("99", FRIDAY + 21 * MINUTE, "30");
    await voice("99", FRIDAY + 22 * MINUTE);
    await voice("61", FRIDAY + 50 * MINUTE);
    const asked = await command("50", "attendance", { number: 1 });
    expect((await replyTo(asked)).text).toMatch(/<@61>: 50 minutes\n<@62>: 30 minutes\n<@99>: 1 minute/);
    await struck("end:1", FRIDAY + 90 * MINUTE);
    expect(await record("gathering", 1)).toMatchObject({ status: "over" });
    expect(await record("turnout", 1)).toEqual({ seconds: { "61": 3_000, "62": 4_200, "99": 60 } });
    expect(await record("attended", "62")).toMatchObject({ times: 1, minutes: 70 });
    expect(await record("attended", "99")).toBeUndefined();

    expect(await record("gathering", 2)).toMatchObject({
      ...{ status: "planned", startsAt: FRIDAY + 7 * DAY, endsAt: FRIDAY + 7 * DAY + 90 * MINUTE, capacity: 2 },
      series: { number: 1, slot: FRIDAY + 7 * DAY },
    });
    expect(await record("gatherings", "all")).toEqual({ open: [2], past: [1] });
    await until("the next announcement", () => actions("scheduled-event.create").length === 2);
    const list = await command("60", "list", {}, "0");
    expect((await replyTo(list)).text).toMatch(/\*\*#2\*\* Owl \\\*night\\\*/);
    const exported = await replyTo(await command("50", "export", { number: 1 }));
    expect(exported.attached).toMatchObject([
      { attached: "table", rows: expect.arrayContaining([["62", "going", "70"]]) },
    ]);
  });

  test("a change is told to those who go, its twin follows, and the twin's own echo changes nothing", async () => {
    await openNew();
    const number = await announced();
    await press("60", "going", number);
    const twin = (await record("gathering", number))!.mirror!.id!;
    const edit = await command("50", "edit", { number, when: "saturday at 20:00", title: "Owl walk" });
    const later = FRIDAY + 25 * HOUR;
    expect((await replyTo(edit)).text).toContain(`<t:${later / 1_000}:F>`);
    await until("the twin's change", () => actions("scheduled-event.edit").length === 1);
    expect(actions("scheduled-event.edit")[0]).toMatchObject({
      scheduledEventId: twin,
      startsAt: later,
      name: "Owl walk",
    });
    await until("60 to be told", () => actions("message.send").length === 2);
    expect(actions("message.send")[1]).toMatchObject({ words: { pingUserIds: ["60"] } });

    const echo = {
      ...{ id: twin, name: "Owl walk", status: "scheduled" as const, startsAt: later, endsAt: later + 2 * HOUR },
      ...{ channelId: "30", creatorId: BOT_ID },
    };
    const heard = (scheduledEvent: object) =>
      happens({
        ...{ id: `s:${(uses += 1)}`, guildId: GUILD, at: clock.now(), kind: "scheduled-event.updated" as const },
        scheduledEvent: { ...echo, ...scheduledEvent },
      });
    await heard({});
    expect(await record("gathering", number)).toMatchObject({ sequence: 1, mirror: { sent: [] } });
    await heard({ name: "Owl walk, by hand", startsAt: later + HOUR, endsAt: later + 3 * HOUR });
    expect(await record("gathering", number)).toMatchObject({
      title: "Owl walk, by hand",
      startsAt: later + HOUR,
      sequence: 2,
    });
    await until("60 to be told again", () => actions("message.send").length === 3);
    expect(actions("scheduled-event.edit")).toHaveLength(1);

    await happens({
      ...{
        id: "j:1",
        guildId: GUILD,
        at: clock.now(),
        kind: "scheduled-event.joined",
        scheduledEventId: twin,
        userId: "64",
      },
    });
    expect((await record("rsvps", number))!.going).toEqual(["60", "64"]);
    await heard({ name: "Owl walk, by hand", status: "canceled" });
    expect(await record("gathering", number)).toMatchObject({ status: "cancelled" });
    await until("all to be told", () => actions("message.send").length === 4);
    expect(actions("message.send")[3]).toMatchObject({ words: { pingUserIds: ["60", "64"] } });
    expect(actions("scheduled-event.cancel")).toEqual([]);
  });

  test("one of a series is left out, the following are moved, and the calendar says so", async () => {
    await openNew();
    const number = await announced({ repeat: "weekly" });
    await replyTo(await command("50", "cancel", { number }));
    const next = (await record("gatherings", "all"))!.open[0]!;
    expect(await record("gathering", next)).toMatchObject({ startsAt: FRIDAY + 7 * DAY });
    expect(await record("gatheringSeries", number)).toMatchObject({ skipped: [FRIDAY], open: next });
    await replyTo(await command("50", "edit", { number: next, when: "2026-10-03 20:00" }));
    const shown = await replyTo(await command("50", "show", { number: next }));
    const [file] = shown.attached!;
    expect(file).toMatchObject({
      attached: "calendar",
      entries: [
        { startsAt: FRIDAY, rule: "FREQ=WEEKLY", skipped: [FRIDAY] },
        { startsAt: FRIDAY + 8 * DAY + HOUR, replaces: FRIDAY + 7 * DAY },
      ],
    });
    const following = await command("50", "edit", { number: next, when: "2026-10-02 21:00", following: true });
    await replyTo(following);
    expect(await record("gatheringSeries", number)).toMatchObject({
      firstAt: FRIDAY + 7 * DAY + 2 * HOUR,
      skipped: [],
    });
    await replyTo(await command("50", "cancel", { number: next, following: true }));
    expect(await record("gatherings", "all")).toMatchObject({ open: [] });
    expect(await record("gatheringSeries", number)).toBeUndefined();
  });

  test("reactions answer like the buttons, and roles go with answers", async () => {
    await openNew();
    const role = { roleId: "11", name: "regular" };
    await command("50", "timezone", { zone: "UTC" });
    const all = (Permission.CREATE_EVENTS | Permission.MANAGE_ROLES).toString();
    await command("50", "plan", { title: "Quiz", when: "friday at 7pm", role, capacity: 1 }, all);
    const post = await press("50", "post");
    await house.commitOf((one) => one.event.kind === "action.done" && one.event.orderId === `${post.id}/events/0#0`);
    const { messageId = "" } = (await record("gathering", 1))!;
    const react = (kind: "reaction.added" | "reaction.removed", userId: string) =>
      happens({
        id: `r:${(uses += 1)}`,
        guildId: GUILD,
        at: clock.now(),
        kind,
        channelId: "20",
        messageId,
        userId,
        emoji: "✅",
      });
    await react("reaction.added", "60");
    await react("reaction.added", "61");
    expect(await record("rsvps", 1)).toMatchObject({ going: ["60"], waiting: ["61"] });
    await react("reaction.removed", "60");
    expect(await record("rsvps", 1)).toMatchObject({ going: ["61"], waiting: [] });
    await until("the roles", () => actions("role.add").length === 2 && actions("role.remove").length === 1);
    await happens({ id: "l:1", guildId: GUILD, at: clock.now(), kind: "member.left", userId: "61", name: "61" });
    expect(await record("rsvps", 1)).toMatchObject({ going: [] });
  });

  test.each([
    ["an impossible date", { when: "31 feb 2027 at 7pm" }, /no calendar has/],
    ["no date at all", { when: "when we feel like it" }, /no time that can be read/],
    ["a day without a time", { when: "tomorrow" }, /names a day and no time/],
    ["the past", { when: "2020-01-01 10:00" }, /is over: <t:1577869200:F>/],
    ["room for nobody", { capacity: 0 }, /room for one/],
    ["a channel that was deleted", { channel: channel("999") }, /not there any more/],
    ["no channel to announce it in", { announce: channel("999") }, /cannot be announced there/],
    ["nonsense to repeat by", { repeat: "whenever" }, /no way to repeat/],
    ["more than once a day", { repeat: "FREQ=HOURLY" }, /once a day at most/],
    ["a first date that is none of the rule's", { repeat: "FREQ=WEEKLY;BYDAY=MO" }, /none of that rule's/],
    ["a rule without a second date", { repeat: "FREQ=WEEKLY;COUNT=1" }, /no second date/],
    ["no length", { duration: "a while" }, /five minutes to seven days/],
    ["a role for the taking", { role: { roleId: "12", name: "moderator" } }, /manage roles/],
    ["a title of spaces", { title: "   " }, /Give it a title/],
  ])("bad input is one line, and nothing is kept of it: %s", async (_what, options, expected) => {
    await openNew();
    await command("50", "timezone", { zone: "Europe/Berlin" });
    const asked = await command("50", "plan", { title: "Owl night", when: "friday at 7pm", ...options });
    const { text } = await replyTo(asked);
    expect(text).toMatch(expected);
    expect(text.split("\n")).toHaveLength(1);
    expect((await replyTo(await press("50", "post"))).text).toMatch(/nothing to announce any more/);
    expect(await record("gatherings", "all")).toBeUndefined();
  });

  test.each([
    ["that clocks jump over", "28 March 2027 at 2:30", Date.parse("2027-03-28T01:30:00Z"), /jump over that time/],
    ["that comes twice", "31 October 2027 at 2:30", Date.parse("2027-10-31T00:30:00Z"), /comes twice/],
  ])("a time %s is taken, and said", async (_what, when, at, note) => {
    await openNew();
    await command("50", "timezone", { zone: "Europe/Berlin" });
    const { text } = await replyTo(await command("50", "plan", { title: "Late", when }));
    expect(text).toMatch(note);
    expect(text).toContain(`<t:${at / 1_000}:F>`);
  });

  test("whoever may not plan is told, and so is whoever would change what is not theirs", async () => {
    await openNew();
    expect((await replyTo(await command("51", "plan", { title: "A", when: "friday at 7pm" }, "0"))).text).toMatch(
      /may not/,
    );
    const number = await announced();
    expect((await replyTo(await command("51", "cancel", { number }, "0"))).text).toMatch(/Only its hosts/);
    await replyTo(await command("50", "cohost", { number, member: member("51") }));
    expect((await replyTo(await command("51", "cancel", { number }, "0"))).text).toMatch(/is called off/);
  });

  test("what Discord repeats by itself is announced anew with each of its dates, whichever of both ends first", async () => {
    await openNew({ adopt: true, channelId: "20" });
    const twin = (number: number): ScheduledEvent => ({
      ...{ id: "777", name: "Choir", status: "scheduled", location: "the barn", creatorId: "60", rule: "FREQ=WEEKLY" },
      ...{ startsAt: FRIDAY + number * 7 * DAY, endsAt: FRIDAY + number * 7 * DAY + HOUR },
    });
    const heard = (kind: "scheduled-event.created" | "scheduled-event.updated", scheduledEvent: ScheduledEvent) =>
      happens({ id: `s:${(uses += 1)}`, guildId: GUILD, at: clock.now(), kind, scheduledEvent });
    await heard("scheduled-event.created", twin(0));
    await until("the first announcement", () => actions("message.send").length === 1);
    expect(JSON.stringify(actions("message.send")[0]!.words)).toMatch(/Choir.*every week/);
    await struck("start:1", FRIDAY);

    // Ended by hand in Discord, which says no more than that it comes again.
    clock.set(FRIDAY + 30 * MINUTE);
    await heard("scheduled-event.updated", twin(1));
    await until("the second announcement", () => actions("message.send").length === 2);
    expect([await record("gathering", 1), await record("gathering", 2)]).toMatchObject([
      { status: "over", startsAt: FRIDAY },
      { status: "planned", startsAt: FRIDAY + 7 * DAY, rule: "FREQ=WEEKLY", hostId: "60", mirror: { id: "777" } },
    ]);
    expect(await record("gatherings", "all")).toEqual({ open: [2], past: [1] });

    // Ended by the clock: Discord's word comes after ours.
    await struck("end:2", FRIDAY + 7 * DAY + HOUR);
    expect(await record("gatherings", "all")).toEqual({ open: [], past: [1, 2] });
    await heard("scheduled-event.updated", twin(2));
    await heard("scheduled-event.updated", twin(2));
    await until("the third announcement", () => actions("message.send").length === 3);
    expect(await record("gatherings", "all")).toEqual({ open: [3], past: [1, 2] });
    await happens({
      ...{ id: "j:7", guildId: GUILD, at: clock.now(), kind: "scheduled-event.joined", scheduledEventId: "777" },
      userId: "64",
    });
    expect((await record("rsvps", 3))!.going).toEqual(["64"]);
    expect(actions("scheduled-event.create")).toEqual([]);
  });

  test("whoever was there has points for it, once: when they leave the channel, or with their next message", async () => {
    await openNew({}, [levels]);
    const number = await announced();
    await voice("61", FRIDAY - 10 * MINUTE, "30");
    await voice("62", FRIDAY - 5 * MINUTE, "30");
    await struck(`start:${number}`, FRIDAY);
    await voice("62", FRIDAY + HOUR);
    await struck(`end:${number}`, FRIDAY + 2 * HOUR);
    expect([await record("attended", "61"), await record("attended", "62")]).toMatchObject([
      { times: 1 },
      { times: 1 },
    ]);
    const points = async () =>
      house.store.guild(GUILD).totals(["61", "62", "63"].map((key) => ({ owner: "levels", total: "points", key })));
    expect(await points()).toEqual([0, 0, 0]);
    const left = await voice("61", FRIDAY + 2 * HOUR + MINUTE);
    expect(await points()).toEqual([30, 0, 0]);
    const says = (userId: string, at: number) =>
      happens(message("what a good evening that was, thank you all", { at, author: member(userId) }));
    await says("62", FRIDAY + 3 * HOUR);
    await says("63", FRIDAY + 3 * HOUR);
    expect(await points()).toEqual([30, 31, 1]);
    house.bring(left);
    await voice("61", FRIDAY + 4 * HOUR, "30");
    await voice("61", FRIDAY + 5 * HOUR);
    await says("62", FRIDAY + 5 * HOUR);
    await says("61", FRIDAY + 6 * HOUR);
    expect(await points()).toEqual([31, 32, 1]);
  });

  test("a deleted channel is told to the host, and the event goes on", async () => {
    await openNew();
    const number = await announced();
    const change = { change: "channel.gone" as const, channelId: "30" };
    await happens({ id: "d:1", guildId: GUILD, at: clock.now(), kind: "directory.changed", change });
    await until("the host to be told", () => actions("dm.open").some(({ userId }) => userId === "50"));
    expect(await record("gathering", number)).toMatchObject({ status: "planned" });
  });
});

describe("on the simulator", () => {
  const folder = mkdtempSync(join(tmpdir(), "guildhall-events-"));
  const store = createMemoryStore();
  const PUBLIC = "https://hall.example.org";
  const channel: Record<string, string> = {};
  let simulator: Simulator;
  let control: Control;
  let house: OpenHouse;
  let guildId: string;
  let [owner, ada] = ["", ""];

  beforeAll(async () => {
    simulator = await startSimulator({ rateLimits: "off" });
    control = simulator.control;
    guildId = control.createGuild({
      ...{ name: "Owlery", botRole: { permissions: BOT } },
      ...{ channels: [{ name: "news" }, { name: "stage", type: 2 }], members: [{ name: "mia" }, { name: "ada" }] },
    }).id;
    const byName = (name: string) => control.members(guildId).find((one) => one.user.username === name)!.user.id;
    [owner, ada] = [byName("mia"), byName("ada")];
    for (const { id, name } of control.channels(guildId)) channel[name ?? ""] = id;
    const config = { channelId: channel["news"] };
    const shown = { mode: "live", config: { web: { enabled: true } } };
    const chosen = JSON.stringify({ agents: { events: { mode: "live", config }, levels: shown } });
    const assembled = await assembleOn(simulator, folder, chosen);
    house = await openOver(store, { ...assembled, settings: { ...assembled.settings, publicUrl: PUBLIC } }, folder);
  });
  afterAll(async () => {
    await house.close();
    await simulator.close();
    rmSync(folder, { recursive: true });
  });

  const answered = async (id: string, expected: RegExp): Promise<string> => {
    const text = () =>
      JSON.stringify(control.interaction(id).embeds) + JSON.stringify(control.interaction(id).followUps);
    await until(`${String(expected)} instead of ${text()}`, () => expected.test(text()));
    return text();
  };

  test("a member's event stands in the channel and in Discord's calendar, each follows the other, and a calendar outside reads it", async () => {
    const { news = "", stage = "" } = channel;
    const asked = control.useCommand(guildId, news, owner, "event create");
    await until("the form", () => control.interaction(asked).modal !== undefined);
    const form = {
      title: "Owl night",
      when: "tomorrow at 7pm",
      channel: [stage],
      location: "",
      about: "Bring a torch",
    };
    const sent = control.submitModal(asked, form);
    await answered(sent, /Which clocks do you go by/);
    const zone = control.pressButton(guildId, news, owner, control.interaction(sent).messageId!, "v1:events:zone", [
      "Asia/Tokyo",
    ]);
    await answered(zone, /Shall it be announced/);
    control.pressButton(guildId, news, owner, control.interaction(zone).messageId!, "v1:events:post");
    await until("the announcement", () => control.messages(news).length === 1);
    await until("its twin", () => control.scheduledEvents(guildId).length === 1);
    const [twin] = control.scheduledEvents(guildId);
    expect(twin).toMatchObject({ name: "Owl night", channel_id: stage, entity_type: 2 });
    const startsAt = Date.parse(twin!.scheduled_start_time);
    const [card] = control.messages(news);
    expect(JSON.stringify(card!.embeds)).toContain(`<t:${startsAt / 1_000}:F>`);

    const going = control.pressButton(guildId, news, ada, card!.id, "v1:events:going:1");
    await answered(going, /You are going to Owl night/);
    await until("her name", () => JSON.stringify(control.messages(news)[0]!.embeds).includes(`<@${ada}>`));
    control.wantEvent(guildId, twin!.id, owner, true);
    await until("both names", () => JSON.stringify(control.messages(news)[0]!.embeds).includes("Going (2)"));

    const filed = control.pressButton(guildId, news, ada, card!.id, "v1:events:file:1");
    await answered(filed, /Open it with your calendar/);

    const linked = control.useCommand(guildId, news, ada, "event calendar", { whose: "mine" });
    const [, path = ""] = /https:\/\/hall\.example\.org(\/calendar\/[^`"]+\.ics)/.exec(
      await answered(linked, /calendar\//),
    )!;
    const fetched = async (at: string) => fetch(new URL(at, house.url));
    const feed = await fetched(path);
    expect([feed.status, feed.headers.get("content-type")]).toEqual([200, "text/calendar; charset=utf-8"]);
    const calendar = new ICAL.Component(ICAL.parse(await feed.text()) as unknown[]);
    const [event] = calendar.getAllSubcomponents("vevent").map((one) => new ICAL.Event(one));
    expect([event!.summary, event!.location]).toEqual(["Owl night", "#stage"]);
    expect((await fetched(path.replace(/.{6}\.ics$/, "AAAAAA.ics"))).status).toBe(404);
    const list = await fetch(new URL(`/api/guilds/${guildId}/gatherings`, house.url));
    expect(list.status).toBe(401);

    const reset = control.useCommand(guildId, news, ada, "event calendar", { whose: "mine", reset: true });
    await answered(reset, /older links have stopped working/);
    expect((await fetched(path)).status).toBe(404);
  });

  test("the leaderboard's button leads to a page that needs no login", async () => {
    const { news = "" } = channel;
    control.say(guildId, news, ada, "the owls were out tonight and so were we");
    const asked = control.useCommand(guildId, news, ada, "leaderboard view");
    await answered(asked, /Leaderboard/);
    const [, path = ""] =
      /"https:\/\/hall\.example\.org(\/leaderboard\/[\w.-]+)"/.exec(
        JSON.stringify(control.interaction(asked).components),
      ) ?? [];
    const page = await fetch(new URL(path, house.url));
    const text = await page.text();
    expect([page.status, text.includes("<bdi>Owlery</bdi>"), text.includes("<bdi>ada</bdi>")]).toEqual([
      200,
      true,
      true,
    ]);
    expect(text).not.toContain(ada);
  });

  test("what somebody plans in Discord is announced, too", async () => {
    const { news = "" } = channel;
    const startsAt = Date.now() + DAY;
    control.planEvent(guildId, owner, { name: "Walk", startsAt, endsAt: startsAt + HOUR, location: "The wood" });
    const shown = () => control.messages(news).map((one) => JSON.stringify(one.embeds));
    await until("its announcement", () => shown().some((text) => text.includes("The wood")));
    expect(control.scheduledEvents(guildId)).toHaveLength(2);
  });
});
