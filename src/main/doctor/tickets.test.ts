import { expect, it } from "vitest";
import type { CommitEntry, GuildEvent, TicketPanel } from "#core";
import { directory, GUILD, policy } from "../../../test/kit/guild.ts";
import { createMemoryStore } from "../../adapters/memory/store/index.ts";
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
