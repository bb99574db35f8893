import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PermissionFlagsBits } from "discord-api-types/v10";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createMemoryStore } from "../../src/adapters/memory/store/index.ts";
import type { OpenHouse } from "../../src/main/house.ts";
import { type Control, startSimulator, type Simulator } from "../../src/simulator/index.ts";
import { BOT } from "../../src/simulator/world/presets.ts";
import { until } from "../discord/house.ts";
import { assembleOn, openOver } from "../kit/whole-house.ts";

const folder = mkdtempSync(join(tmpdir(), "guildhall-transcripts-"));
const store = createMemoryStore();
let simulator: Simulator;
let control: Control;
let house: OpenHouse;
let guildId: string;
let help: string;
const id: Record<string, string> = {};

beforeAll(async () => {
  simulator = await startSimulator({ rateLimits: "off" });
  control = simulator.control;
  guildId = control.createGuild({
    name: "Owlery",
    roles: [
      { name: "team", permissions: PermissionFlagsBits.ManageThreads },
      { name: "office", permissions: PermissionFlagsBits.ManageGuild },
    ],
    botRole: { permissions: BOT },
    channels: [{ name: "help" }],
    members: [{ name: "mia" }, { name: "hugo", roles: ["team"] }, { name: "ada" }, { name: "bo" }],
  }).id;
  for (const { user } of control.members(guildId)) id[user.username] = user.id;
  help = control.channels(guildId).find(({ name }) => name === "help")!.id;
  const team = control.roles(guildId).find(({ name }) => name === "team")!.id;
  const config = {
    types: [{ id: "help", label: "Help", staffRoleIds: [team] }],
    transcripts: { tellMember: true, mostMegabytes: 1 },
    replies: [{ name: "Found", text: "We have found it, {member}" }],
  };
  const chosen = JSON.stringify({ agents: { tickets: { mode: "live", config } } });
  house = await openOver(store, await assembleOn(simulator, folder, chosen), folder);
});
afterAll(async () => {
  await house.close();
  await simulator.close();
  rmSync(folder, { recursive: true });
});

const said = (interaction: string) =>
  JSON.stringify(control.interaction(interaction).embeds) + JSON.stringify(control.interaction(interaction).followUps);
async function linkIn(text: () => string): Promise<string> {
  await until(`a link in ${text()}`, () => text().includes("/transcripts/"));
  return /\]\((http[^)]*\/transcripts\/[^)]*)\)/.exec(text())![1]!;
}

test("what was said in a ticket is read by whoever opened it and by staff, and by nobody else", async () => {
  control.useCommand(guildId, help, id["mia"]!, "ticket panel");
  await until("the panel", () => control.messages(help).length === 1);
  const panel = control.messages(help)[0]!.id;
  const asked = control.pressButton(guildId, help, id["ada"]!, panel, "v1:tickets:open:help");
  await until("the form", () => control.interaction(asked).modal !== undefined);
  control.submitModal(asked, { subject: "Lost <badge>", details: "Since Monday" });
  const thread = () => control.channels(guildId).find(({ name }) => name?.startsWith("#1") === true);
  await until("the thread", () => thread() !== undefined && control.threadMembers(thread()!.id).includes(id["ada"]!));
  const threadId = thread()!.id;
  const attachments = [
    { name: "badge.png", contentType: "image/png", bytes: Buffer.from([1, 2, 3]) },
    { name: "film.mp4", contentType: "video/mp4", bytes: Buffer.alloc(1_100_000) },
  ];
  control.say(guildId, threadId, id["ada"]!, "It looked <b>like this</b>", { attachments });
  control.useCommand(guildId, threadId, id["hugo"]!, "ticket reply", { reply: "found" });
  await until("the reply", () => JSON.stringify(control.messages(threadId)).includes("We have found it"));

  const opening = control.useCommand(guildId, threadId, id["hugo"]!, "ticket transcript");
  const staffLink = await linkIn(() => said(opening));
  expect(await (await fetch(staffLink)).text()).toContain("We have found it");
  const before = control.members(guildId).find(({ user }) => user.id === id["hugo"])!.roles;
  control.setRoles(guildId, id["hugo"]!, []);
  const later = await fetch(staffLink);
  expect([later.status, await later.text()]).toEqual([403, expect.stringContaining("may not read this any more")]);
  control.setRoles(guildId, id["hugo"]!, before);
  expect((await fetch(`${staffLink}/json`)).status).toBe(200);

  control.useCommand(guildId, threadId, id["hugo"]!, "ticket close");
  const letters = () => JSON.stringify(control.dms(id["ada"]!));
  const link = await linkIn(letters);
  const html = await (await fetch(link)).text();
  expect(html).toContain("It looked &lt;b&gt;like this&lt;/b&gt;");
  expect(html).toContain(`src="data:image/png;base64,AQID"`);
  expect(html).toMatch(/film\.mp4.*not copied: it would have gone beyond 1\.0 MiB/);
  expect(html).toContain("Lost &lt;badge&gt;");

  const markdown = await fetch(`${link}/markdown`);
  expect(await markdown.text()).toContain("> We have found it");
  const nobody = control.useCommand(guildId, help, id["bo"]!, "ticket transcript", { number: 1 });
  await until("the refusal", () => said(nobody).includes("Only the team"));

  const counted = control.useCommand(guildId, help, id["mia"]!, "ticket stats");
  await until("the figures", () => said(counted).includes("Opened: **1** · closed of them: **1**"));
  const drafted = control.useCommand(guildId, threadId, id["hugo"]!, "ticket summary");
  await until("a line that there is no model", () => said(drafted).includes("No model answers"));

  const orders = JSON.stringify(await store.guild(guildId).orders("any", 100));
  expect(orders).toContain("{link}");
  expect(orders).not.toContain("/transcripts/");
});
