import { expect, it } from "vitest";
import { configSchema } from "../../../agents/levels/config.ts";
import { GUILD, policy } from "../../../test/kit/guild.ts";
import { boardFindings } from "./boards.ts";

const store = { guilds: async () => [{ guildId: GUILD }] } as never;
const chosen = (config: object, mode: "live" | "shadow" = "live") =>
  policy({ agents: { levels: { mode, config: configSchema.parse(config), hash: "test" } } });
const shown = chosen({ web: { enabled: true } });

it.each([
  ["a page that nobody is led to", {}, shown, [{ state: "weaker", about: "leaderboard", guildId: GUILD }]],
  ["a page with an address", { publicUrl: "https://hall.example.org" }, shown, []],
  ["no page", {}, chosen({}), []],
  ["levels in shadow", {}, chosen({ web: { enabled: true } }, "shadow"), []],
])("%s", async (_what, settings, own, expected) => {
  expect(await boardFindings(settings, store, async () => own)).toMatchObject(expected);
});
