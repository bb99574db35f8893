import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type EventOf, Permission, snowflakeAt, type Store } from "#core";
import { configSchema } from "../../agents/starboard/config.ts";
import starboard from "../../agents/starboard/index.ts";
import { manualClock } from "../../src/adapters/memory/clock.ts";
import { createMemoryStore } from "../../src/adapters/memory/store/index.ts";
import { BOT } from "../../src/simulator/world/presets.ts";
import { until } from "../discord/house.ts";
import { directory, GUILD, message } from "../kit/guild.ts";
import { createWorld, startRoad, type TestRoad, type World } from "../kit/road.ts";
import { openSimulated, type SimulatedHouse } from "../kit/simulated-house.ts";

describe("on the simulator", () => {
  let place: SimulatedHouse;
  beforeAll(async () => {
    place = await openSimulated(
      {
        name: "Owlery",
        botRole: { permissions: BOT },
        channels: [{ name: "general" }, { name: "board" }],
        members: [{ name: "ada" }, { name: "bo" }, { name: "cy" }],
      },
      ({ channel }) => ({ starboard: { mode: "live", config: { channelId: channel("board"), threshold: 2 } } }),
    );
  });
  afterAll(() => place.close());

  test("a message with stars gets one post, whatever house looks after it, and takes the post with it", async () => {
    const { control, guildId, channel, who, said } = place;
    const [general, board] = [channel("general"), channel("board")];
    const attachments = [{ name: "owl.png", contentType: "image/png", bytes: Buffer.from("owl") }];
    const source = control.say(guildId, general, who("ada"), "**look** @everyone", { attachments });
    control.react(general, source, who("ada"), "⭐");
    control.react(general, source, who("bo"), "⭐");
    const stars = async () => (await place.store.guild(guildId).records([{ record: "starred", key: source }]))[0];
    await expect.poll(stars).toMatchObject({ userIds: [who("bo")] });
    expect(said(board)).toEqual([]);

    await place.restart();
    control.react(general, source, who("cy"), "⭐");
    await until("the post", () => said(board).length === 1);
    expect(said(board)[0]!.text).toBe(`⭐ **2** · <#${general}> · <@${who("ada")}>\n\n\\*\\*look\\*\\* \\@everyone`);
    expect(control.messages(board)[0]).toMatchObject({
      ...{ mentions: [], mention_everyone: false },
      embeds: [{ image: { url: expect.stringContaining("owl.png") as string } }],
    });
    expect(JSON.stringify(control.messages(board)[0]!.components)).toContain(
      `/channels/${guildId}/${general}/${source}`,
    );

    const posts = async () => (await place.store.guild(guildId).records([{ record: "starPlaces", key: "all" }]))[0];
    await expect.poll(posts).toMatchObject({ places: [{ messageId: source, postId: said(board)[0]!.id }] });
    await place.restart();
    control.deleteMessage(general, source);
    await until("the post to go", () => said(board).length === 0);
  });
});

const START = 1_790_000_000_000;
const GATHER = 5_000;
const source = snowflakeAt(START);
const guild = {
  ...directory,
  roles: { ...directory.roles, "13": { ...directory.roles["13"]!, permissions: Permission.ADMINISTRATOR.toString() } },
  channels: { ...directory.channels, "90": { id: "90", name: "board", type: 0, overwrites: [] } },
};

describe("on the road", () => {
  let road: TestRoad;
  let world: World;
  const clock = manualClock(START);
  afterEach(() => road.stop());

  async function open(store: Store): Promise<void> {
    const config = { starboard: configSchema.parse({ channelId: "90", threshold: 2 }) };
    road = await startRoad({ agents: [starboard], clock, world, store, config });
    road.bring({ id: `g:${clock.now()}`, guildId: GUILD, at: clock.now(), kind: "guild.available", directory: guild });
  }
  const star = (userId: string): EventOf<"reaction.added"> => ({
    ...{ id: `s:${userId}`, guildId: GUILD, at: clock.now(), kind: "reaction.added", emoji: "⭐" },
    ...{ channelId: "20", messageId: source, userId, authorId: "50" },
  });
  const performed = () => world.performed.map(({ action }) => action.verb);

  test("stars that nobody heard of twice bring one post; it is edited by a house that was not there before", async () => {
    const store = createMemoryStore();
    world = createWorld();
    world.answer = () => ({ kind: "done", result: { messageId: "900" } });
    await open(store);
    const said = message("owls", { id: `m:${source}`, messageId: source, at: START });
    road.bring(said, star("61"), star("62"), star("61"), star("62"));
    await road.commitOf(({ event }) => event.kind === "action.done" && event.orderId.startsWith("s:62/"));
    road.bring(star("63"));
    await road.commitOf(({ event }) => event.id === "s:63");
    expect(performed()).toEqual(["message.send"]);
    await road.stop();

    clock.set(START + GATHER);
    await open(store);
    await road.commitOf(({ event }) => event.kind === "action.done" && event.at >= START + GATHER);
    expect(performed()).toEqual(["message.send", "message.edit"]);
    expect(world.performed[1]!.action).toMatchObject({
      messageId: "900",
      words: { text: expect.stringContaining("**3**") as string },
    });
  });
});
