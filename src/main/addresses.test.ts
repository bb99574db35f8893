import { expect, it } from "vitest";
import type { Order, Words } from "#core";
import { createPasses } from "../doors/api/passes.ts";
import { withAddresses } from "./addresses.ts";

const passes = createPasses("a house's secret");
const base = "http://127.0.0.1:3000";
const orderOf = (words: Words) =>
  ({ guildId: "100", action: { verb: "message.send", channelId: "20", words } }) as unknown as Order;
const wordsIn = (words: Words, publicUrl?: string) =>
  (withAddresses(orderOf(words), passes, { base: publicUrl ?? base, publicUrl }).action as { words: Words }).words;

const board = { edition: "1", until: 1_800_000_000_000, label: "On the web" };
const tabs = [[{ component: "button", customId: "v1:levels:tab", label: "Today" }]] as const;

it("puts the button to a leaderboard below what is there, where members reach the house", () => {
  const words = wordsIn({ text: "1. Ada", components: tabs, board }, "https://hall.example.org");
  const [, [link] = []] = words.components!;
  expect(words).toMatchObject({ text: "1. Ada", components: [tabs[0], [{ component: "link", label: "On the web" }]] });
  expect(words).not.toHaveProperty("board");
  const { url } = link as { url: string };
  expect(passes.readBoard(url.replace("https://hall.example.org/leaderboard/", ""), 0)).toEqual({
    ...{ guildId: "100", edition: "1" },
  });
});

it("leaves it out where they do not", () => {
  expect(wordsIn({ text: "1. Ada", components: tabs, board })).toEqual({ text: "1. Ada", components: tabs });
});

it("puts addresses of a transcript in, and leaves an order without either as it is", () => {
  const transcript = { number: 3, userId: "7", as: "opener", until: 1_800_000_000_000 } as const;
  expect(wordsIn({ text: "{link}", transcript }).text).toMatch(/^http:\/\/127\.0\.0\.1:3000\/transcripts\/[\w.-]+$/);
  const plain = orderOf({ text: "{link}" });
  expect(withAddresses(plain, passes, { base, publicUrl: undefined })).toBe(plain);
});
