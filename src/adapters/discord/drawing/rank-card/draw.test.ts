import { describe, expect, it } from "vitest";
import type { RankCard } from "#core";
import { avatarUrl } from "./avatar.ts";
import { canvasLibrary } from "./canvas.ts";
import { contrast, legible, PAPER } from "./colours.ts";
import { drawRankCard } from "./draw.ts";
import { canWrite, loadFontsFor } from "./fonts.ts";

const card = (changes: Partial<RankCard> = {}): RankCard => ({
  ...{ userId: "4711", name: "Ada", level: "Level 7", points: "640 points", share: 0.5 },
  ...{ accent: 0xff0000, caption: "", alt: "", ...changes },
});

async function pixelsOf(png: Buffer) {
  const { createCanvas, loadImage } = await canvasLibrary();
  const image = await loadImage(png);
  const context = createCanvas(image.width, image.height).getContext("2d");
  context.drawImage(image, 0, 0);
  const at = (x: number, y: number) => [...context.getImageData(x, y, 1, 1).data.slice(0, 3)];
  return { width: image.width, height: image.height, at };
}

async function plain(colour: string): Promise<Buffer> {
  const { createCanvas } = await canvasLibrary();
  const canvas = createCanvas(8, 8);
  const context = canvas.getContext("2d");
  context.fillStyle = colour;
  context.fillRect(0, 0, 8, 8);
  return canvas.encode("png");
}

const GROOVE = [0x38, 0x3b, 0x48];

describe("a rank card", () => {
  it("has the picture in its circle and the bar as full as the level", async () => {
    const { width, height, at } = await pixelsOf(
      await drawRankCard(card({ accent: 0xffffff }), await plain("#00ff00")),
    );
    expect([width, height]).toEqual([840, 230]);
    expect(at(115, 115)).toEqual([0, 255, 0]);
    expect([at(300, 141), at(700, 141)]).toEqual([[255, 255, 255], GROOVE]);
  });

  it("has initials where the picture is none", async () => {
    const broken = await drawRankCard(card(), Buffer.from("<html>"));
    expect(broken.equals(await drawRankCard(card()))).toBe(true);
    expect((await pixelsOf(broken)).at(60, 115)).toEqual(GROOVE);
  });

  it("is another one for every name that can be written, and the account's for one that cannot", async () => {
    const names = ["Ada", "محمد", "שלום", "Владимир", "Νίκος", "अनुष्का", "Ada 🦊", "Nguyễn"];
    const drawn = await Promise.all(names.map((name) => drawRankCard(card({ name, username: "other" }))));
    const unwritable = await drawRankCard(card({ name: "\u{1E900}\u{10FFFD}", username: "other" }));
    expect(new Set([...drawn, unwritable].map((png) => png.toString("base64"))).size).toBe(names.length + 1);
  });

  it("knows which signs there are letters for", async () => {
    const library = await canvasLibrary();
    await loadFontsFor("Aمשяν🦊", library);
    expect([..."Aمשяν🦊"].filter((sign) => !canWrite(sign, library))).toEqual([]);
    expect(canWrite("\u{10fffd}", library)).toBe(false);
  });
});

describe("the address of a picture", () => {
  it.each<readonly [string, Parameters<typeof avatarUrl>[0], string | undefined, string | undefined]>([
    ["Discord's", { userId: "1", hash: "ab" }, undefined, "https://cdn.discordapp.com/avatars/1/ab.png?size=256"],
    [
      "of a guild",
      { userId: "1", hash: "a_9f", guildId: "2" },
      undefined,
      "https://cdn.discordapp.com/guilds/2/users/1/avatars/a_9f.png?size=256",
    ],
    [
      "beside another API",
      { userId: "1", hash: "ab" },
      "http://localhost:9/api",
      "http://localhost:9/avatars/1/ab.png?size=256",
    ],
    ["no way out of its folder", { userId: "1", hash: "../../x" }, undefined, undefined],
    ["nor of its host", { userId: "1@evil.example", hash: "ab" }, undefined, undefined],
    ["nor by the guild", { userId: "1", hash: "ab", guildId: "2/.." }, undefined, undefined],
  ])("%s", (_what, avatar, apiUrl, expected) => expect(avatarUrl(avatar, apiUrl)).toBe(expected));
});

it.each([0x000000, 0x5865f2, 0x1d1f27, 0xffffff, 0x8b0000])("%i can be read on the card", (colour) => {
  expect(contrast(legible(colour), PAPER)).toBeGreaterThanOrEqual(4.5);
});
