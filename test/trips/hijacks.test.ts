import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { Store } from "#core";
import { createMemoryStore } from "../../src/adapters/memory/store/index.ts";
import type { OpenHouse } from "../../src/main/house.ts";
import { type Control, startSimulator, type Simulator } from "../../src/simulator/index.ts";
import { BOT as BOT_PERMISSIONS, MODERATOR } from "../../src/simulator/world/presets.ts";
import { until } from "../discord/house.ts";
import { assembleOn, openOver } from "../kit/whole-house.ts";

/** The house as it ships, and an account that somebody else has got hold of. */
const folder = mkdtempSync(join(tmpdir(), "guildhall-hijacks-"));
const store: Store = { ...createMemoryStore(), close: () => Promise.resolve() };
const DAY = 86_400_000;
let simulator: Simulator;
let control: Control;
let house: OpenHouse;
let guildId: string;
const channel: Record<string, string> = {};
const people: Record<string, string> = {};

beforeAll(async () => {
  simulator = await startSimulator({ rateLimits: "off" });
  control = simulator.control;
  const guild = control.createGuild({
    name: "Owlery",
    roles: [{ name: "helper", permissions: MODERATOR }],
    botRole: { permissions: BOT_PERMISSIONS },
    channels: ["general", "market", "art", "staff"].map((name) => ({ name })),
    members: [{ name: "mia" }, { name: "ada", memberForMs: 300 * DAY }, { name: "bo", memberForMs: 300 * DAY }],
  });
  guildId = guild.id;
  for (const { user } of control.members(guildId)) people[user.username] = user.id;
  for (const { id, name } of control.channels(guildId)) channel[name ?? ""] = id;
  const policy = `
agents:
  moderation: { mode: "off" }
  hijacks: { mode: live, config: { alertChannelId: "${channel["staff"]}" } }
`;
  house = await openOver(store, await assembleOn(simulator, folder, policy), folder);
});
afterAll(async () => {
  await house.close();
  await simulator.close();
  rmSync(folder, { recursive: true });
});

const textsIn = (name: string): string[] => control.messages(channel[name]!).map(({ content }) => content);
const isSilenced = (): boolean =>
  (control.member(guildId, people["ada"]!)?.communication_disabled_until ?? null) !== null;
const hijack = async () => (await store.guild(guildId).records([{ record: "hijack", key: people["ada"]! }]))[0];

it("is stopped without a ban, its last hour goes, others' words stay, and its owner comes back by reading letters", async () => {
  const ada = people["ada"]!;
  control.say(guildId, channel["general"]!, ada, "good morning, an hour before");
  control.say(guildId, channel["art"]!, people["bo"]!, "what a morning");
  control.say(guildId, channel["general"]!, ada, "50$ for everybody, claim now: steamcomnunity.com/gift");
  control.say(guildId, channel["market"]!, ada, "50$ for everybody, claim now: steamcomnunity.com/gift");
  await until("the time-out", isSilenced);
  await until("the messages to be gone", () => [...textsIn("general"), ...textsIn("market")].length === 0);
  expect(textsIn("art")).toEqual(["what a morning"]);
  expect(control.bans(guildId)).toEqual([]);
  await until("staff to be told", () => control.messages(channel["staff"]!).length === 1);
  expect(JSON.stringify(control.messages(channel["staff"]!)[0])).toContain(
    `<@${ada}> posts links to steamcomnunity.com`,
  );

  const back = `v1:hijacks:back:${guildId}`;
  await until("the message to its owner", () => JSON.stringify(control.dms(ada)).includes(back));
  const [told] = control.dms(ada);
  expect(JSON.stringify(told)).toContain("You are not banned");
  const pressed = control.pressInDirectMessage(ada, told!.id, back);
  await until("the letters", () => JSON.stringify(control.interaction(pressed).embeds).includes("letters.png"));
  const { code } = (await hijack()) as { readonly code: string };
  const asked = control.pressInDirectMessage(
    ada,
    control.interaction(pressed).messageId!,
    `v1:hijacks:type:${guildId}`,
  );
  await until("the form", () => control.interaction(asked).modal !== undefined);
  const sent = control.submitModal(asked, { given: code.toLowerCase() });
  await until("the answer", () => JSON.stringify(control.interaction(sent)).includes("Welcome back"));
  await until("the end of the time-out", () => !isSilenced());
  await vi.waitFor(async () =>
    expect((await store.guild(guildId).cases({ userId: ada, limit: 9 }))[0]).toMatchObject({
      ...{ rule: "hijacked-account", verb: "member.timeout", outcome: "done" },
      entries: [expect.objectContaining({ kind: "undone" })],
    }),
  );
}, 20_000);
