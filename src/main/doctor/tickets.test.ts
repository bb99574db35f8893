import { expect, it } from "vitest";
import { type Channel, type CommitEntry, type GuildEvent, Permission, type TicketPanel } from "#core";
import { botRole, directory, GUILD, policy } from "../../../test/kit/guild.ts";
import { createMemoryStore } from "../../adapters/memory/store/index.ts";
import { placeFindings } from "./ticket-places.ts";
import { ticketFindings } from "./tickets.ts";

const panel: TicketPanel = { channelId: "20", messageId: "900", typeIds: ["help", "other"] };
const chosen = (mode: "live" | "shadow", ...ids: string[]) =>
  policy({ agents: { tickets: { mode, config: { types: ids.map((id) => ({ id })) }, hash: "test" } } });

async function storeWith(panels: readonly TicketPanel[]) {
  const store = createMemoryStore();
  const event: GuildEvent = { id: "g", guildId: GUILD, at: 1, kind: "guild.available", directory };
  const entry: CommitEntry = {
    ...{ event, receivedAt: 1, silent: [], decisions: [], tallies: [], rollups: [] },
    writes: [
      { owner: "tickets", change: { write: "record.put", record: "ticketPanels", key: "all", value: { panels } } },
    ],
    house: [{ write: "directory.put", directory }],
  };
  await store.commit({ leases: [], entries: [entry], checkpoints: [] });
  return store;
}

it.each<readonly [string, TicketPanel, ReturnType<typeof chosen>, readonly RegExp[]]>([
  ["all is well", panel, chosen("live", "help", "other"), []],
  ["the panel was deleted", { ...panel, goneAt: 9 }, chosen("live", "help", "other"), [/in #general was deleted/]],
  ["its channel is gone", { ...panel, channelId: "99" }, chosen("live", "help", "other"), [/went with its channel/]],
  ["a kind is gone", panel, chosen("live", "help"), [/in #general offers what is gone: other/]],
])("%s", async (_name, one, own, expected) => {
  const findings = await ticketFindings({ publicUrl: "https://x.example" }, await storeWith([one]), async () => own);
  expect(findings[0]).toMatchObject({ about: "links", state: "ok" });
  expect(findings.slice(1).map(({ what }) => what)).toEqual(
    expected.map((text) => expect.stringMatching(text) as string),
  );
  for (const finding of findings.slice(1)) expect(finding).toMatchObject({ state: "weaker", guildId: GUILD });
});

it("says where links lead only where there are any", async () => {
  const store = await storeWith([panel]);
  const live = async () => chosen("live", "help", "other");
  expect(await ticketFindings({}, store, live)).toMatchObject(
    [{ state: "weaker", what: /PUBLIC_URL is not set/ }].map((one) => ({
      ...one,
      what: expect.stringMatching(one.what) as string,
    })),
  );
  expect(await ticketFindings({}, store, async () => chosen("shadow", "help"))).toEqual([]);
  expect(await ticketFindings({}, undefined, live)).toEqual([]);
});

const CATEGORY = "40";
const ALLOWED = { id: botRole.id, type: "role", allow: Permission.MANAGE_CHANNELS.toString(), deny: "0" } as const;
const category = (changes: Partial<Channel> = {}): Channel => ({
  ...{ id: CATEGORY, name: "Desk", type: 4, overwrites: [ALLOWED], ...changes },
});
const filled = (count: number): readonly Channel[] =>
  Array.from({ length: count }, (_, index) => ({
    ...{ id: `5${index}`, name: `c${index}`, type: 0, parentId: CATEGORY, overwrites: [] },
  }));
const found = (channels: readonly Channel[], changes: object = {}) =>
  placeFindings(
    { ...directory, channels: Object.fromEntries(channels.map((one) => [one.id, one])) },
    { place: "channel", categoryIds: [CATEGORY], types: [{ id: "help", staffRoleIds: ["11"] }], ...changes },
  ).map(({ what }) => what);

it.each<readonly [string, readonly Channel[], object, readonly RegExp[]]>([
  ["has room, and the bot may", [category(), ...filled(44)], {}, []],
  ["is nearly full", [category(), ...filled(45)], {}, [/Desk for tickets is nearly full: 45 of 50/]],
  ["is full", [category(), ...filled(50)], {}, [/Desk for tickets is full: 50 channels/]],
  ["is none", [category({ type: 0 })], {}, [/#Desk is no category/]],
  ["is closed to the bot", [category({ overwrites: [] })], {}, [/Desk: the bot lacks "Manage Channels" there/]],
  ["is gone, which is found elsewhere", [], {}, []],
  ["is for what nobody answers", [category()], { types: [{ id: "help" }] }, [/called help are seen by administrators/]],
  ["of closed ones is full", filled(50).concat(category()), { closedCategoryId: CATEGORY }, [/is full/]],
  ["is not used by threads", [category({ type: 0 })], { place: "thread" }, []],
])("a category that %s", (_name, channels, changes, expected) => {
  expect(found(channels, changes)).toEqual(expected.map((text) => expect.stringMatching(text) as string));
});
