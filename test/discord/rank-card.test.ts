import { afterAll, beforeAll, expect, it } from "vitest";
import type { RankCard, Words } from "#core";
import { drawRankCard } from "../../src/adapters/discord/drawing/rank-card/draw.ts";
import type { DiscordConnection } from "../../src/adapters/discord/index.ts";
import { type House, openHouse, until, untilReady } from "./house.ts";
import { orderOf } from "./orders.ts";

let house: House;
let connection: DiscordConnection;
let place: { guildId: string; channelId: string; userId: string };

beforeAll(async () => {
  house = await openHouse({ rateLimits: "off" });
  const { control } = house.simulator;
  const { id: guildId } = control.createGuild({ name: "Owlery", members: [{ name: "ada" }] });
  const userId = control.members(guildId).find(({ user }) => user.username === "ada")!.user.id;
  place = { guildId, channelId: control.channels(guildId).find(({ type }) => type === 0)!.id, userId };
  const commands = [{ name: "rank", description: "Shows it", reply: "public", options: [] }] as const;
  connection = await house.connect({ agents: [{ name: "levels", commands }] });
  await untilReady(connection);
  await connection.registerCommands(guildId);
});
afterAll(() => house.close());

/** Uses the command and answers it with a card; what then stands in the channel. */
async function answered(changes: Partial<RankCard>) {
  const { control } = house.simulator;
  const id = control.useCommand(place.guildId, place.channelId, place.userId, "rank", {});
  const find = () => house.road.of("command.used").find((event) => event.id === `i:${id}`);
  await until("the command", () => find() !== undefined);
  const { interaction, by } = find()!;
  const rankCard: RankCard = {
    ...{ userId: place.userId, name: by.name, level: "Level 7", points: "640 points", share: 0.4 },
    ...{ caption: "Ada is level 7.", alt: "Ada is level 7, with 640 points.", ...changes },
  };
  const words: Words = { text: "All of it in words.", rankCard };
  const action = { verb: "interaction.reply", interaction, words, ephemeral: false } as const;
  const order = orderOf(place.guildId, action, { id: `${id}/levels/0#0` });
  const outcome = await connection.executor.perform(order, AbortSignal.timeout(10_000));
  expect(outcome.kind).toBe("done");
  const message = control.messages(place.channelId).at(-1)!;
  return { by, message, rankCard };
}

it("goes along with a caption, and is described for whoever does not see it", async () => {
  const { message } = await answered({});
  expect(message.attachments).toMatchObject([
    { filename: "rank.png", content_type: "image/png", description: "Ada is level 7, with 640 points." },
  ]);
  expect(message.embeds[0]).toMatchObject({ description: "Ada is level 7.", image: { url: "attachment://rank.png" } });
});

it("shows the picture whose hash the command told, and initials where it cannot be had", async () => {
  const { control } = house.simulator;
  const picture = await drawRankCard({
    ...{ userId: "1", name: "Z", level: "", points: "", share: 1, caption: "", alt: "" },
  });
  control.setAvatar(place.userId, "abc123", picture);
  const { by } = await answered({});
  expect(by.avatar).toBe("abc123");
  const seen = async (hash: string) => {
    const { message, rankCard } = await answered({ avatar: { userId: place.userId, hash } });
    const response = await fetch(message.attachments[0]!.url);
    return { png: Buffer.from(await response.arrayBuffer()), rankCard };
  };
  const { png, rankCard } = await seen("abc123");
  expect(png.equals(await drawRankCard(rankCard, picture))).toBe(true);
  const gone = await seen("ffff");
  expect(gone.png.equals(await drawRankCard(gone.rankCard))).toBe(true);
  expect(gone.png.equals(png)).toBe(false);
});
