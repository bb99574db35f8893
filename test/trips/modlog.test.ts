import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, test, vi } from "vitest";
import type { Store } from "#core";
import { createMemoryStore } from "../../src/adapters/memory/store/index.ts";
import type { OpenHouse } from "../../src/main/house.ts";
import { type Control, startSimulator, type Simulator } from "../../src/simulator/index.ts";
import { BOT as BOT_PERMISSIONS, MODERATOR } from "../../src/simulator/world/presets.ts";
import { until } from "../discord/house.ts";
import { assembleOn, openOver } from "../kit/whole-house.ts";

/** The house as it ships, with a log for each category, on a guild in the simulator in which things happen. */
const folder = mkdtempSync(join(tmpdir(), "guildhall-modlog-"));
const store: Store = { ...createMemoryStore(), close: () => Promise.resolve() };
const LOGS = ["messages", "members", "profiles", "voice", "invites", "cases"] as const;
let simulator: Simulator;
let control: Control;
let house: OpenHouse;
let guildId: string;
const channel: Record<string, string> = {};
const role: Record<string, string> = {};
const people: Record<string, string> = {};

const policy = (): string => `
approval: { verbs: [] }
agents:
  casework: { mode: live }
  moderation:
    mode: live
    config:
      rules: { word: { when: { words: { list: [grumblewort] } } } }
  modlog:
    mode: live
    config:
      collectSeconds: 1
      channels: { ${LOGS.map((name) => `${name}: "${channel[name]}"`).join(", ")} }
`;

beforeAll(async () => {
  simulator = await startSimulator({ rateLimits: "off" });
  control = simulator.control;
  const guild = control.createGuild({
    name: "Owlery",
    roles: [{ name: "regular" }, { name: "helper", permissions: MODERATOR }],
    botRole: { permissions: BOT_PERMISSIONS },
    channels: [
      ...["general", ...LOGS].map((name) => ({ name })),
      { name: "lounge", type: 2 },
      { name: "loft", type: 2 },
    ],
    members: [{ name: "mia" }, { name: "hugo", roles: ["helper"] }, { name: "ludo" }, { name: "tam" }],
  });
  guildId = guild.id;
  for (const { user } of control.members(guildId)) people[user.username] = user.id;
  for (const { id, name } of control.channels(guildId)) channel[name ?? ""] = id;
  for (const { id, name } of control.roles(guildId)) role[name] = id;
  house = await openOver(store, await assembleOn(simulator, folder, policy()), folder);
});
afterAll(async () => {
  await house.close();
  await simulator.close();
  rmSync(folder, { recursive: true });
});

const postsIn = (log: string) =>
  control.messages(channel[log]!).map(({ embeds, content }) => ({
    text: (embeds as readonly { readonly description?: string }[]).map(({ description = "" }) => description).join(),
    content,
  }));
const linesIn = (log: string): string[] =>
  postsIn(log)
    .flatMap(({ text }) => text.split("\n"))
    .map((line) => line.replace(/^<t:\d+:T> /, ""));
const untilLogged = (log: string, part: string) =>
  until(`${part} in ${log}`, () => linesIn(log).some((line) => line.includes(part)));
const say = (text: string, by = "mia") => control.say(guildId, channel["general"]!, people[by]!, text);
const who = (name: string) => `<@${people[name]}>`;

test("everything that happens at once is told in one message of its log, by whom, and nobody is called", async () => {
  const [first, second, third] = [say("the owls are awake"), say("and so am I"), say("@everyone good night")];
  control.editMessage(channel["general"]!, first, "the owls are asleep");
  control.deleteMessage(channel["general"]!, second);
  control.deleteMessage(channel["general"]!, third, people["hugo"]);
  const guest = control.join(guildId, { name: "guest" });
  control.leave(guildId, guest);
  control.setRoles(guildId, people["tam"]!, [role["regular"]!]);
  control.setNick(guildId, people["tam"]!, "Tam the Owl");
  control.connectToVoice(guildId, people["mia"]!, channel["lounge"]!);
  control.connectToVoice(guildId, people["mia"]!, null);
  const code = control.createInvite(guildId, channel["general"]!);
  control.deleteInvite(code);

  const general = `<#${channel["general"]}>`;
  const mia = `${who("mia")} (mia)`;
  await untilLogged("invites", "gone");
  await untilLogged("messages", "night");
  expect(linesIn("messages")).toEqual([
    `**Edited** by ${mia} in ${general}: the owls are awake → the owls are asleep`,
    `**Deleted** in ${general}, written by ${mia}: and so am I`,
    `**Deleted** in ${general}, written by ${mia}: \\@everyone good night · by ${who("hugo")}`,
  ]);
  expect(linesIn("members")).toEqual([
    expect.stringMatching(`^\\*\\*Joined\\*\\*: <@${guest}> \\(guest\\), account made <t:\\d+:R>$`),
    `**Left**: <@${guest}> (guest)`,
  ]);
  expect(linesIn("profiles")).toEqual([
    `**Roles given** to ${who("tam")} (tam): regular · by ${who("mia")}`,
    expect.stringMatching(`^\\*\\*Nickname\\*\\* of ${who("tam")}.*: — → Tam the Owl$`),
  ]);
  expect(linesIn("voice")).toEqual([
    `**Voice**: ${who("mia")} joined <#${channel["lounge"]}>`,
    `**Voice**: ${who("mia")} left <#${channel["lounge"]}>`,
  ]);
  expect(linesIn("invites")).toEqual([
    `**Invite** made: ${code} to ${general} · by ${who("mia")}`,
    `**Invite** gone: ${code} to ${general} · by ${who("mia")}`,
  ]);
  for (const log of LOGS.slice(0, 5)) expect(postsIn(log).map(({ content }) => content)).toEqual([""]);
});

it("tells by which invite somebody came, here by its last use", async () => {
  const known = () => store.guild(guildId).records([{ record: "ownInvites", key: "listed" }]);
  await vi.waitFor(async () => expect(await known()).not.toEqual([undefined]));
  const code = control.createInvite(guildId, channel["general"]!, 1);
  const guest = control.join(guildId, { name: "second" }, code);
  await untilLogged("invites", "second");
  const came = `**Came** by the invite ${code}: <@${guest}> (second) · by ${who("mia")}`;
  expect(linesIn("invites").filter((line) => line.includes("Came"))).toEqual([came]);
});

it("tells cases: those of a rule and those made by hand, each once, with their numbers", async () => {
  say("what a grumblewort", "ludo");
  await untilLogged("cases", "#1");
  control.banByHand(guildId, people["hugo"]!, people["ludo"]!, "sold the *varnish*");
  await untilLogged("cases", "#2");
  expect(linesIn("cases")).toEqual([
    expect.stringMatching(/^\*\*Case #1\*\* Warning, <@\d+> \(ludo\): .* · by agent\\:moderation$/),
    `**Case #2** Ban, ${who("ludo")} (ludo): sold the \\*varnish\\* · by ${who("hugo")}`,
  ]);
  await untilLogged("messages", "grumblewort");
  expect(linesIn("messages").at(-1)).toMatch(/written by .*: what a grumblewort/);
});

it("tells what is added to a case, and who muted, moved and disconnected whom in voice", async () => {
  const [first] = (await store.guild(guildId).cases({ limit: 9 })).slice(-1);
  const [{ number }, before] = [first!, linesIn("voice").length];
  const [tam, hugo] = [who("tam"), who("hugo")];
  const uses = (command: string, options: Record<string, string | number>) =>
    control.useCommand(guildId, channel["general"]!, people["hugo"]!, command, { case: number, ...options });
  uses("case note", { text: "has been kind" });
  control.connectToVoice(guildId, people["tam"]!, channel["lounge"]!);
  control.silenceByHand(guildId, people["hugo"]!, people["tam"]!, { mute: true });
  control.moveByHand(guildId, people["hugo"]!, people["tam"]!, channel["loft"]!);
  control.moveByHand(guildId, people["hugo"]!, people["tam"]!, null);
  await vi.waitFor(async () => expect((await store.guild(guildId).case(number))?.entries).toHaveLength(1));
  uses("case undo", { reason: "a plant" });
  await untilLogged("cases", "a plant");
  expect(linesIn("cases").slice(2)).toEqual([
    `**Case #${number}** noted: has been kind · by ${hugo}`,
    `**Case #${number}** taken back: a plant · by ${hugo}`,
  ]);
  await untilLogged("voice", "was disconnected");
  expect(linesIn("voice").slice(before)).toEqual([
    `**Voice**: ${tam} joined <#${channel["lounge"]}>`,
    expect.stringMatching(`^\\*\\*Voice\\*\\*: ${tam}.* was muted · by ${hugo}$`),
    `**Voice**: ${tam} was moved from <#${channel["lounge"]}> to <#${channel["loft"]}> · by ${hugo}`,
    `**Voice**: ${tam} was disconnected from <#${channel["loft"]}> · by ${hugo}`,
  ]);
});

it("says nothing of what happens to the logs themselves", async () => {
  const posts = control.messages(channel["messages"]!);
  control.deleteMessage(channel["messages"]!, posts[0]!.id, people["hugo"]);
  const marker = say("this one is told");
  control.deleteMessage(channel["general"]!, marker);
  await untilLogged("messages", "this one is told");
  expect(linesIn("messages").filter((line) => line.includes(channel["messages"]!))).toEqual([]);
  expect(linesIn("messages").at(-1)).toBe(
    `**Deleted** in <#${channel["general"]}>, written by ${who("mia")} (mia): this one is told`,
  );
});
