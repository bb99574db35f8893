import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PermissionFlagsBits } from "discord-api-types/v10";
import { createMemoryStore } from "../../src/adapters/memory/store/index.ts";
import type { OpenHouse } from "../../src/main/house.ts";
import { type Control, startSimulator, type Simulator } from "../../src/simulator/index.ts";
import { BOT } from "../../src/simulator/world/presets.ts";
import { until } from "../discord/house.ts";
import { assembleOn, openOver } from "../kit/whole-house.ts";

const folder = mkdtempSync(join(tmpdir(), "guildhall-levels-"));
const store = createMemoryStore();
let simulator: Simulator;
let control: Control;
let house: OpenHouse;
let [guildId, channelId, owner, ada] = ["", "", "", ""];

beforeAll(async () => {
  simulator = await startSimulator({ rateLimits: "off" });
  control = simulator.control;
  guildId = control.createGuild({
    name: "Owlery",
    botRole: { permissions: BOT | PermissionFlagsBits.ManageRoles },
    channels: [{ name: "hall" }],
    members: [{ name: "mia" }, { name: "ada" }],
  }).id;
  const idOf = (name: string) => control.members(guildId).find(({ user }) => user.username === name)!.user.id;
  [owner, ada] = [idOf("mia"), idOf("ada")];
  channelId = control.channels(guildId).find(({ name }) => name === "hall")!.id;
  const chosen = JSON.stringify({ agents: { levels: { mode: "live" } } });
  house = await openOver(store, await assembleOn(simulator, folder, chosen), folder);
});
afterAll(async () => {
  await house.close();
  await simulator.close();
  rmSync(folder, { recursive: true });
});

async function answered(id: string, expected: RegExp): Promise<string> {
  const text = () => JSON.stringify(control.interaction(id).embeds);
  await until(`${String(expected)} instead of ${text()}`, () => expected.test(text()));
  return id;
}
const points = async (userId: string) =>
  (await store.guild(guildId).totals([{ owner: "levels", total: "points", key: userId }]))[0];

test("a file of another bot is read, shown, confirmed and counted, and shows on the card", async () => {
  const gone = "123456789012345678";
  const file = control.upload(
    "levels.json",
    "application/json",
    `[{"id":${ada},"xp":640},{"id":"${gone}","xp":7},{"id":1}]`,
  );
  const given = control.useCommand(guildId, channelId, owner, "xp import", { file, mode: "set" });
  await answered(given, /points for 2 members.*row 3: the id or the points are missing/);
  expect(await points(ada)).toBe(0);

  const { messageId = "", components } = control.interaction(given);
  const [, take = ""] = /"(v1:levels:import-go:[^"]+)"/.exec(JSON.stringify(components))!;
  control.pressButton(guildId, channelId, owner, messageId, take);
  // The button's answer stands in the message it is on.
  await answered(given, /Done: 2 members were counted/);
  expect([await points(ada), await points(gone)]).toEqual([640, 7]);

  const asked = control.useCommand(guildId, channelId, ada, "rank");
  await answered(asked, /is level 7, with 640 points/);
  const shown = control.messages(channelId).find(({ id }) => id === control.interaction(asked).messageId)!;
  expect(shown.attachments).toMatchObject([
    { filename: "rank.png", description: "ada is level 7, with 640 points. 40 / 100 Place 1 of 2." },
  ]);
});
