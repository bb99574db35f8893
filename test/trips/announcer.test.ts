import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Directory, type EventOf, Permission, type Store, type Verb } from "#core";
import { configSchema } from "../../agents/announcer/config.ts";
import announcer from "../../agents/announcer/index.ts";
import { manualClock } from "../../src/adapters/memory/clock.ts";
import { createMemoryStore } from "../../src/adapters/memory/store/index.ts";
import { BOT } from "../../src/simulator/world/presets.ts";
import { until } from "../discord/house.ts";
import { directory, GUILD, member, OWNER } from "../kit/guild.ts";
import { createWorld, startRoad, type TestRoad, type World } from "../kit/road.ts";
import { openSimulated, type SimulatedHouse } from "../kit/simulated-house.ts";

describe("on the simulator", () => {
  let place: SimulatedHouse;
  beforeAll(async () => {
    place = await openSimulated(
      {
        name: "Owlery",
        botRole: { permissions: BOT },
        channels: [{ name: "general" }, { name: "news", type: 5 }, { name: "desk" }],
        members: [{ name: "mia" }, { name: "hugo", roles: [] }],
      },
      ({ channel }) => ({
        announcer: { mode: "live", config: { approval: "second", approvalChannelId: channel("desk") } },
      }),
    );
  });
  afterAll(() => place.close());

  test("an announcement is written, looked at, approved by somebody else, posted to two channels and cross-posted", async () => {
    const { control, guildId, channel, who, said, buttons, answered } = place;
    const [general, news, desk] = [channel("general"), channel("news"), channel("desk")];
    const { id: keepers } = control.createRole(guildId, { name: "keepers", permissions: Permission.MANAGE_MESSAGES });
    control.setRoles(guildId, who("hugo"), [keepers]);
    await until("the role to be known", () => control.member(guildId, who("hugo"))!.roles.includes(keepers));

    const opened = control.useCommand(guildId, general, who("hugo"), "announce new", { crosspost: true });
    await until("the form", () => control.interaction(opened).modal !== undefined);
    const sent = control.submitModal(opened, { title: "Owls", text: "**They** are back", channels: [general, news] });
    await answered(sent, /They\*\* are back.*Cross-posted to the servers/);
    expect([said(general), said(news)]).toEqual([[], []]);

    const { messageId: preview = "" } = control.interaction(sent);
    control.pressButton(guildId, general, who("hugo"), preview, "v1:announcer:send:1");
    await until("the card", () => said(desk).length === 1);
    const card = said(desk)[0]!.id;
    await place.restart();
    const own = control.pressButton(guildId, desk, who("hugo"), card, "v1:announcer:approve:1");
    await answered(own, /somebody else has to approve it/);
    control.pressButton(guildId, desk, who("mia"), card, "v1:announcer:approve:1");
    await until("both posts", () => said(general).length + said(news).length === 2);
    expect(said(general)[0]!.text).toBe("Owls\n**They** are back");
    await until("the cross-post", () => ((control.messages(news)[0]?.flags ?? 0) & 1) === 1);
    expect((control.messages(general)[0]!.flags ?? 0) & 1).toBe(0);
    await until("the card without buttons", () => buttons(desk, card).length === 0);
    expect(said(desk)[0]!.text).toContain("Announcement #1 is on its way");

    const wrong = control.useCommand(guildId, general, who("hugo"), "announce correct", { number: 1 });
    await answered(wrong, /Takes the place of #1/);
    const { messageId: draft = "" } = control.interaction(wrong);
    const reword = control.pressButton(guildId, general, who("hugo"), draft, "v1:announcer:reword:2");
    await until("the form", () => control.interaction(reword).modal !== undefined);
    const picture = "https://pictures.example/owl.png";
    control.submitModal(reword, { title: "", text: "They are *gone*", picture });
    await answered(wrong, /They are \*gone/);
    control.pressButton(guildId, general, who("hugo"), draft, "v1:announcer:send:2");
    await until("the second card", () => said(desk).length === 2);
    expect(said(general)[0]!.text).toBe("Owls\n**They** are back");
    control.pressButton(guildId, desk, who("mia"), said(desk)[1]!.id, "v1:announcer:approve:2");
    const both = () => [said(general), said(news)].map(([one]) => one!.text);
    await until("other words in both", () => both().every((text) => text === "Owls\nThey are *gone*"));
    expect([said(general).length, said(news).length]).toEqual([1, 1]);
    expect(control.messages(news)[0]!.embeds[0]).toMatchObject({ image: { url: picture } });
  });
});

const START = Date.UTC(2026, 10, 23, 12);
const DAY = 86_400_000;
const guild = {
  ...directory,
  roles: { ...directory.roles, "13": { ...directory.roles["13"]!, permissions: Permission.ADMINISTRATOR.toString() } },
  channels: { ...directory.channels, "22": { id: "22", name: "news", type: 5, overwrites: [] } },
};

describe("on the road", () => {
  let road: TestRoad;
  let world: World;
  const clock = manualClock(START);
  afterEach(() => road.stop());

  const withoutGeneral = { ...guild, channels: { "22": guild.channels["22"] } };

  async function open(store: Store, known: Directory = guild): Promise<void> {
    const config = { announcer: configSchema.parse({ latestHours: 72 }) };
    road = await startRoad({ agents: [announcer], clock, world, store, config });
    road.bring({ id: `g:${clock.now()}`, guildId: GUILD, at: clock.now(), kind: "guild.available", directory: known });
  }
  const use = (id: string) => ({
    ...{ id, guildId: GUILD, at: clock.now(), by: member(OWNER), byPermissions: "8", channelId: "20" },
    interaction: { id, sealedToken: "sealed", locale: "en" },
  });
  const form = (): EventOf<"modal.submitted"> => ({
    ...{ ...use("i:1"), kind: "modal.submitted", customId: "v1:announcer:compose::true" },
    fields: { title: "", text: "Owls!", channels: ["20", "22"], when: "tomorrow at 12:00", repeat: ["daily"] },
  });
  const send = (): EventOf<"button.pressed"> => ({
    ...{ ...use("i:2"), kind: "button.pressed", customId: "v1:announcer:send:1", messageId: "5" },
  });
  const performed = () => world.performed.filter(({ action }) => action.verb !== "interaction.reply");
  const posts = () => performed().flatMap(({ action }) => (action.verb === "message.send" ? [action.channelId] : []));

  test("what is planned is posted by houses that were not there before, however many times were missed, and a channel that is gone is said", async () => {
    const store = createMemoryStore();
    world = createWorld();
    const results: Partial<Record<Verb, object>> = {
      "message.send": { messageId: "900" },
      "dm.open": { channelId: "77" },
    };
    world.answer = ({ action }) => ({ kind: "done", result: results[action.verb] ?? {} });
    await open(store);
    road.bring(form(), send());
    await road.commitOf(({ event }) => event.id === "i:2");
    expect(posts()).toEqual([]);
    await road.stop();

    clock.set(START + DAY);
    await open(store);
    await road.commitOf(({ event }) => event.kind === "action.done" && event.orderId.endsWith("/announcer/1#0"));
    await road.commitOf(() => performed().some(({ action }) => action.verb === "message.crosspost"));
    expect(posts()).toEqual(["20", "22"]);
    const gone = { change: "channel.gone", channelId: "20" } as const;
    road.bring({ id: "c:1", guildId: GUILD, at: clock.now(), kind: "directory.changed", change: gone });
    await road.commitOf(({ event }) => event.id === "c:1");
    await road.stop();

    // Three of its times pass without a house.
    const late = START + 4 * DAY + 3_600_000;
    clock.set(late);
    await open(store, withoutGeneral);
    const { event: posted } = await road.commitOf(
      ({ event }) => event.kind === "action.done" && event.orderId.endsWith("/announcer/0#0") && event.at === late,
    );
    await road.commitOf(({ event }) => event.kind === "action.done" && event.orderId === `${posted.id}/announcer/0#0`);
    expect(posts()).toEqual(["20", "22", "22"]);
    const [known] = await store.guild(GUILD).records([{ record: "announcement", key: "1" }]);
    expect(known).toMatchObject({ status: "scheduled", at: START + 5 * DAY });

    clock.set(late + 90_000);
    await road.commitOf(({ event }) => event.kind === "clock.struck" && event.timer === `settle:${posted.id}`);
    await road.commitOf(() => performed().some(({ action }) => action.verb === "dm.open" && action.userId === OWNER));
    await road.commitOf(() =>
      world.performed.some(({ action }) => JSON.stringify(action).includes("the channel is gone")),
    );
    expect(posts()).toEqual(["20", "22", "22", "77"]);
  });
});
