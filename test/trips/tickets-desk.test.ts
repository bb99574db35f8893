import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PermissionFlagsBits } from "discord-api-types/v10";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Ticket } from "#core";
import { createMemoryStore } from "../../src/adapters/memory/store/index.ts";
import type { OpenHouse } from "../../src/main/house.ts";
import { type Control, startSimulator, type Simulator } from "../../src/simulator/index.ts";
import { BOT } from "../../src/simulator/world/presets.ts";
import { until } from "../discord/house.ts";
import { assembleOn, openOver } from "../kit/whole-house.ts";
import { fakeProvider, says } from "../llm/kit.ts";

const CATEGORY = 4;
const MODEL = "openai:gpt-5-mini";
const folder = mkdtempSync(join(tmpdir(), "guildhall-tickets-"));
const store = createMemoryStore();
const channel: Record<string, string> = {};
const id: Record<string, string> = {};
let simulator: Simulator;
let control: Control;
let house: OpenHouse;
let model: Awaited<ReturnType<typeof fakeProvider>>;
let guildId: string;
let team: string;

beforeAll(async () => {
  simulator = await startSimulator({ rateLimits: "off" });
  control = simulator.control;
  guildId = control.createGuild({
    name: "Owlery",
    roles: [{ name: "team", permissions: PermissionFlagsBits.ManageThreads }],
    botRole: { permissions: BOT },
    channels: [
      { name: "help" },
      { name: "staff" },
      { name: "attic" },
      { name: "crammed", type: CATEGORY },
      { name: "desk", type: CATEGORY },
      { name: "shelf", type: CATEGORY },
    ],
    members: [
      { name: "mia" },
      { name: "hugo", roles: ["team"] },
      { name: "ada" },
      { name: "bo" },
      { name: "cy" },
      { name: "dee" },
    ],
  }).id;
  for (const { user } of control.members(guildId)) id[user.username] = user.id;
  for (const one of control.channels(guildId)) channel[one.name ?? ""] = one.id;
  for (let index = 0; index < 50; index += 1)
    control.createChannel(guildId, { name: `crate-${index}`, parentId: channel["crammed"] });
  team = control.roles(guildId).find(({ name }) => name === "team")!.id;
  model = await fakeProvider((request) =>
    JSON.stringify(request.messages).includes("You draft a reply")
      ? says(request, { enough: true, reply: "Please look at the front desk." })
      : says(request, { wish: "Their badge back", done: "Nothing yet", next: "Look at the desk" }),
  );
  const types = [1, 2, 3, 4, 5, 6].map((index) => ({
    ...{ id: `t${index}`, label: `Kind ${index}`, staffRoleIds: [team] },
    ...(index === 6 && { place: "channel" }),
  }));
  const places = { categoryIds: [channel["crammed"], channel["desk"]], closedCategoryId: channel["shelf"] };
  const config = { types, staffChannelId: channel["staff"], timeZone: "Europe/Berlin", ...places };
  const chosen = JSON.stringify({
    ...{ agents: { tickets: { mode: "live", config } }, models: { small: [MODEL], large: [MODEL] } },
  });
  const models = { OPENAI_API_KEY: "sk-desk", OPENAI_BASE_URL: `${model.url}/v1` };
  await keptBefore(901, id["dee"]!);
  await keptBefore(902, id["bo"]!);
  house = await openOver(store, await assembleOn(simulator, folder, chosen, models), folder);
});
afterAll(async () => {
  await house.close();
  model.close();
  await simulator.close();
  rmSync(folder, { recursive: true });
});

const saidIn = (interaction: string): string => {
  const { embeds, followUps } = control.interaction(interaction);
  return JSON.stringify(embeds) + JSON.stringify(followUps);
};
async function answered(interaction: string, expected: RegExp): Promise<string> {
  await until(`${String(expected)} instead of ${saidIn(interaction)}`, () => expected.test(saidIn(interaction)));
  return interaction;
}
const messageIn = (channelId: string, messageId: string) =>
  control.messages(channelId).find((message) => message.id === messageId);
const buttonsOf = (channelId: string, messageId: string): readonly string[] =>
  [...JSON.stringify(messageIn(channelId, messageId)?.components).matchAll(/"custom_id":"([^"]+)"/g)].map(
    ([, button]) => button!,
  );
const withButton = (channelId: string, name: string) =>
  control
    .messages(channelId)
    .find((message) => buttonsOf(channelId, message.id).some((one) => one.startsWith(`v1:tickets:${name}`)));
const shown = (channelId: string): string => JSON.stringify(control.messages(channelId));
async function shows(channelId: string, expected: RegExp): Promise<void> {
  await until(`${String(expected)} in ${shown(channelId)}`, () => expected.test(shown(channelId)));
}
interface Place {
  readonly name?: string;
  readonly parent_id?: string;
  readonly thread_metadata?: { readonly locked?: boolean };
  readonly permission_overwrites?: readonly { readonly id: string; readonly allow: string }[];
}
const placeOf = (channelId: string) => control.channels(guildId).find((one) => one.id === channelId) as Place;
const ticket = async (number: number) =>
  (await store.guild(guildId).records([{ record: "ticket", key: String(number) }]))[0];

/** From the panel and its form to the card in the thread or channel, whose id it gives. */
async function opened(member: string, type: string, subject: string, begins: RegExp): Promise<string> {
  const { help = "" } = channel;
  if (withButton(help, "open") === undefined) {
    control.useCommand(guildId, help, id["mia"]!, "ticket panel");
    await until("the panel", () => withButton(help, "open") !== undefined);
  }
  const panel = withButton(help, "open")!.id;
  const asked = control.pressButton(guildId, help, id[member]!, panel, "v1:tickets:open", [type]);
  await until("the form", () => control.interaction(asked).modal !== undefined);
  await answered(control.submitModal(asked, { subject, details: "Since *Monday*" }), /Your ticket #\d+ is here/);
  const found = control.channels(guildId).find(({ name }) => begins.test(name ?? ""))!.id;
  await until("the card", () => withButton(found, "claim") !== undefined);
  return found;
}

test("a member gets a thread of their own from the panel, staff work in it, and it is closed, rated and opened again", async () => {
  const threadId = await opened("ada", "t4", "Lost my badge", /^#1 · Lost/);
  const [ada, helper] = [id["ada"]!, id["hugo"]!];
  expect(placeOf(threadId)).toMatchObject({ type: 12, parent_id: channel["help"] });
  await until("the member in the thread", () => control.threadMembers(threadId).includes(ada));
  const card = withButton(threadId, "claim")!;
  expect(card).toMatchObject({ mention_roles: [team], embeds: [{ title: "#1 · Kind 4 · Lost my badge" }] });
  expect(card.mentions.map((one) => one.id)).toEqual([ada]);
  await until("staff to be told", () => control.messages(channel["staff"]!).length === 1);

  control.pressButton(guildId, threadId, helper, card.id, "v1:tickets:claim:1");
  const claimed = ["v1:tickets:unclaim:1", "v1:tickets:close:1"];
  await until("the claim", () => buttonsOf(threadId, card.id).join() === claimed.join());
  await answered(control.pressButton(guildId, threadId, ada, card.id, "v1:tickets:unclaim:1"), /Only the team/);

  const closing = control.pressButton(guildId, threadId, ada, card.id, "v1:tickets:close:1");
  await answered(closing, /Close ticket #1\?/);
  const { messageId: sure = "" } = control.interaction(closing);
  control.pressButton(guildId, threadId, ada, sure, "v1:tickets:confirm:1");
  const isLocked = () => placeOf(threadId).thread_metadata?.locked;
  await until("the lock", () => isLocked() === true);
  await until("the stars", () => withButton(threadId, "rate") !== undefined);
  await until("the card without buttons", () => buttonsOf(threadId, card.id).length === 0);

  const end = withButton(threadId, "rate")!.id;
  const rating = control.pressButton(guildId, threadId, ada, end, "v1:tickets:rate:1:5");
  await until("the form", () => control.interaction(rating).modal !== undefined);
  await answered(control.submitModal(rating, { comment: "Quick!" }), /Thank you/);
  expect(await ticket(1)).toMatchObject({
    ...{ status: "closed", closed: { how: "asked", byUserId: ada }, feedback: { stars: 5, text: "Quick!" } },
  });

  await answered(control.pressButton(guildId, threadId, ada, end, "v1:tickets:reopen:1"), /open again/);
  await until("the lock to be off", () => isLocked() === false);
  await answered(control.useCommand(guildId, threadId, helper, "ticket list"), /Lost my badge/);
});

const allows = (channelId: string, whom: string, bit: bigint): boolean => {
  const overwrites = placeOf(channelId).permission_overwrites;
  return (BigInt(overwrites?.find((one) => one.id === whom)?.allow ?? "0") & bit) !== 0n;
};

test("a ticket as a channel is made where there is room, is seen by whom it concerns, shut and shelved when it is closed, and back when it is opened again", async () => {
  const [cy, hugo] = [id["cy"]!, id["hugo"]!];
  const place = await opened("cy", "t6", "No way in", /^\d+-no-way-in$/);
  expect(placeOf(place)).toMatchObject({ type: 0, parent_id: channel["desk"] });
  const { ViewChannel: SEE, SendMessages: WRITE } = PermissionFlagsBits;
  for (const whom of [cy, team]) expect(allows(place, whom, SEE) && allows(place, whom, WRITE)).toBe(true);
  control.say(guildId, place, cy, "I am at the door");
  expect(() => control.say(guildId, place, id["bo"]!, "let me see")).toThrow();

  control.useCommand(guildId, place, hugo, "ticket add", { member: id["bo"]! });
  await until("bo to be let in", () => allows(place, id["bo"]!, SEE));
  control.useCommand(guildId, place, hugo, "ticket remove", { member: id["bo"]! });
  await until("bo to be out", () => !allows(place, id["bo"]!, SEE));

  await answered(control.useCommand(guildId, place, cy, "ticket close"), /is closed/);
  await until(
    "it to be shut and shelved",
    () => placeOf(place).parent_id === channel["shelf"] && !allows(place, cy, WRITE),
  );
  expect(() => control.say(guildId, place, cy, "still here?")).toThrow();
  const end = withButton(place, "rate")!.id;
  const read = control.pressButton(
    guildId,
    place,
    cy,
    end,
    buttonsOf(place, end).find((one) => one.includes("transcript"))!,
  );
  await answered(read, /\/transcripts\//);
  const link = /\]\((http[^)]*\/transcripts\/[^)]*)\)/.exec(saidIn(read))![1]!;
  expect(await (await fetch(link)).text()).toContain("I am at the door");

  const number = buttonsOf(place, end).find((one) => one.includes(":reopen:"))!;
  await answered(control.pressButton(guildId, place, cy, end, number), /open again/);
  await until("it to be back", () => placeOf(place).parent_id === channel["desk"] && allows(place, cy, WRITE));
  control.deleteChannelByHand(id["mia"]!, place);
  await shows(channel["staff"]!, /thread or channel of ticket #\d+ .* is gone/);
});

test.each([
  ["thread", "dee", "t3", /^#\d+ · Cold/, "hugo", 901],
  ["channel", "bo", "t6", /^\d+-cold-tea$/, "mia", 902],
])(
  "in a %s staff put off, remind, tag, note, answer with words they keep or a model drafts, and merge",
  async (place, member, type, begins, helper, into) => {
    const [opener, staff, mia] = [id[member]!, id[helper]!, id["mia"]!];
    const here = await opened(member, type, "Cold tea", begins);
    const number = Number(/\d+/.exec(placeOf(here).name ?? "")![0]);
    const card = withButton(here, "claim")!.id;
    const cardText = () => JSON.stringify(messageIn(here, card)?.embeds);
    const use = (name: string, options: Record<string, string | number> = {}, by = staff) =>
      control.useCommand(guildId, here, by, `ticket ${name}`, options);
    const choices = async (name: string, option: string, typed: string) => {
      const typing = control.autocomplete(guildId, here, staff, `ticket ${name}`, option, { [option]: typed });
      await until("choices", () => control.interaction(typing).choices !== undefined);
      return JSON.stringify(control.interaction(typing).choices);
    };

    expect(await choices("snooze", "when", "")).toContain("tomorrow at 9:00");
    await answered(use("snooze", { when: "soon" }), /no time I can read/);
    await answered(use("snooze", { when: "tomorrow at nine" }), /put off until/);
    await until("the card to say so", () => cardText().includes("put off"));
    const { snoozedUntil } = (await ticket(number)) as { snoozedUntil: number };
    expect(new Date(snoozedUntil).toLocaleTimeString("en-GB", { timeZone: "Europe/Berlin" })).toBe("09:00:00");
    control.say(guildId, here, opener, "It got colder");
    await shows(channel["staff"]!, new RegExp(`<@${opener}> has written in ticket #${number}`));
    await until("the card to say so", () => !cardText().includes("put off"));

    await answered(use("remind", { when: "2h", text: "warm it" }), /You are reminded of ticket/);
    await answered(use("tag", { tag: "Kitchen" }), /is tagged kitchen now/);
    await until("the card to say so", () => cardText().includes("#kitchen"));
    await answered(use("note", { text: "comes often" }), /The note is kept/);
    await answered(use("notes"), /comes often/);
    await answered(use("notes", {}, opener), /Only the team/);
    expect(shown(here)).not.toContain("comes often");

    const keeping = control.useCommand(guildId, here, mia, "ticket-replies add");
    await until("the form", () => control.interaction(keeping).modal !== undefined);
    const reply = `Kettle ${place}`;
    await answered(control.submitModal(keeping, { name: reply, text: "It is on, {name}" }), /is kept/);
    await expect.poll(() => choices("reply", "reply", reply), { interval: 25 }).toContain(reply);
    await answered(use("reply", { reply }), /Said in ticket/);
    await shows(here, new RegExp(`It is on, ${member}`));

    await answered(use("summary"), /Their badge back/);
    const drafted = await answered(use("draft"), /look at the front desk/);
    expect(shown(here)).not.toContain("front desk");
    const { messageId: draft = "" } = control.interaction(drafted);
    const send = buttonsOfHidden(drafted).find((one) => one.startsWith("v1:tickets:send"))!;
    control.pressButton(guildId, here, staff, draft, send);
    await shows(here, /front desk.*Drafted by a model/);
    await answered(use("away", { when: "2h" }), /You are away until/);
    await answered(use("team"), new RegExp(`<@${staff}> · \\d open tickets? · away until`));
    await answered(use("away"), /You are back/);
    await answered(use("stats"), /Opened: \*\*\d/);
    await answered(use("transcript"), /\/transcripts\//);

    await answered(use("merge", { into }), /goes on in/);
    await shows(channel["attic"]!, new RegExp(`Ticket #${number} goes on here.*<#${here}>`));
    await shows(here, new RegExp(`goes on in <#${channel["attic"]}>`));
    expect(await ticket(number)).toMatchObject({ status: "closed", closed: { how: "merged", into } });
    expect(await ticket(into)).toMatchObject({ status: "open", tags: ["kitchen"] });
  },
);

/** A ticket from before the house was opened: nobody sends the form twice within seconds. */
async function keptBefore(number: number, userId: string): Promise<void> {
  const at = Date.now();
  const value: Ticket = {
    ...{ number, status: "open", typeId: "t3", userId, name: "before", said: { title: "Soup", text: "" }, at },
    ...{ parentId: channel["help"]!, threadId: channel["attic"]!, priority: "normal", waitsFor: "member", lastAt: at },
    reminders: 0,
  };
  const event = { id: `b:${number}`, guildId, at, kind: "clock.struck", timer: "", owner: "", payload: 0 } as const;
  const change = { write: "record.put", record: "ticket", key: String(number), value } as const;
  const nothing = { silent: [], decisions: [], tallies: [], house: [], rollups: [] };
  const entry = { event, receivedAt: at, writes: [{ owner: "tickets", change }], ...nothing };
  await store.commit({ leases: [], checkpoints: [], entries: [entry] });
}

const buttonsOfHidden = (interaction: string): readonly string[] =>
  [...JSON.stringify(control.interaction(interaction).components).matchAll(/"custom_id":"([^"]+)"/g)].map(
    ([, one]) => one!,
  );
