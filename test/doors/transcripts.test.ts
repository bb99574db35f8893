import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Directory, Permission, type Ticket, type TranscriptPass } from "#core";
import type { Transcript } from "../../src/archive/transcripts/index.ts";
import { type Api, createApi } from "../../src/doors/api/index.ts";
import { createPasses } from "../../src/doors/api/passes.ts";
import { createTestHouse, TOKEN } from "./kit/house.ts";
import { directory, GUILD, STAFF_ROLE } from "./kit/road.ts";

const ADA = "900000000000000050";
const HUGO = "900000000000000060";
const OFFICE = "900000000000000022";
const HOUR = 3_600_000;
const transcript: Transcript = {
  ...{ version: 1, guild: "Owlery", number: 1, about: "Help", title: "Badge", opener: { userId: ADA, name: "Ada" } },
  ...{ openedAt: 1, madeAt: 2, locale: "en", source: "thread", mostBytes: 10, messages: [] },
};
const ticket = (number: number): Ticket => ({
  ...{ number, status: "closed", typeId: "help", userId: ADA, name: "Ada", said: { title: "Badge", text: "" } },
  ...{ parentId: "20", at: 1, priority: "normal", waitsFor: "staff", lastAt: 1, reminders: 0 },
});

let api: Api;
let url: string;
let now: number;
const passes = createPasses(TOKEN);
const opener = (changes: Partial<TranscriptPass> = {}): TranscriptPass => ({
  ...{ number: 1, userId: ADA, as: "opener", until: now + HOUR, ...changes },
});

/** Which roles somebody has at the moment, by their id; undefined: Discord does not answer. */
let rolesNow: Readonly<Record<string, readonly string[]>> | undefined;
const office = { id: OFFICE, name: "Office", position: 4, permissions: Permission.MANAGE_GUILD.toString() };
const known: Directory = { ...directory, roles: { ...directory.roles, [OFFICE]: office } };

beforeAll(async () => {
  const shipped = await createTestHouse();
  const config = { types: [{ id: "help", staffRoleIds: [STAFF_ROLE] }] };
  const agents = { tickets: { mode: "live", config, hash: "kit" } } as const;
  const house = await createTestHouse({
    transcript: async (guildId, number) => (guildId === GUILD && number === 1 ? transcript : undefined),
    policies: { ...shipped.policies, policyFor: (guildId) => ({ ...shipped.policies.policyFor(guildId), agents }) },
    rolesOf: async (_guildId, userId) => {
      if (rolesNow === undefined) throw new Error("Discord does not answer");
      return rolesNow[userId];
    },
  });
  now = house.clock.now();
  const writes = [1, 2].map((number) => ({
    ...{ owner: "tickets" },
    change: { write: "record.put", record: "ticket", key: String(number), value: ticket(number) } as const,
  }));
  const event = { id: "t", guildId: GUILD, at: now, kind: "clock.struck", timer: "", owner: "", payload: 0 } as const;
  const nothing = { silent: [], decisions: [], tallies: [], rollups: [] };
  const seen = { house: [{ write: "directory.put", directory: known } as const] };
  await house.store.commit({
    leases: [],
    checkpoints: [],
    entries: [{ event, receivedAt: now, writes, ...nothing, ...seen }],
  });
  api = createApi(house);
  ({ url } = await api.listen("127.0.0.1", 0));
});
afterAll(() => api.close());

const get = (path: string, headers: Record<string, string> = {}) => fetch(url + path, { headers, redirect: "manual" });

describe("a link to a transcript", () => {
  it("opens without a login, under any name, and the page may do nothing", async () => {
    const answer = await get(passes.pathFor(GUILD, opener()), { host: "hall.example.org" });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toMatch(/^text\/html/);
    expect(answer.headers.get("content-security-policy")).toMatch(/default-src 'none'.*sandbox allow-downloads/);
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(await answer.text()).toContain("Ticket #1: Badge");
  });

  it.each([
    ["markdown", /^text\/markdown/, /# Ticket #1: Badge/],
    ["json", /^application\/json/, /"title": "Badge"/],
  ])("has the same as %s", async (form, type, text) => {
    const answer = await get(`${passes.pathFor(GUILD, opener())}/${form}`);
    expect(answer.headers.get("content-type")).toMatch(type);
    expect(answer.headers.get("content-disposition")).toMatch(/^attachment; filename="ticket-1\./);
    expect(await answer.text()).toMatch(text);
  });

  it.each<readonly [string, () => string, number, RegExp]>([
    ["expired", () => passes.pathFor(GUILD, opener({ until: now - 1 })), 410, /has expired/],
    ["forged", () => createPasses("another").pathFor(GUILD, opener()), 403, /not one of ours/],
    ["no link at all", () => "/transcripts/x", 403, /not one of ours/],
    ["the opener's, and it was somebody else's", () => passes.pathFor(GUILD, opener({ userId: "1" })), 403, /not one/],
    ["to what is kept no more", () => passes.pathFor(GUILD, opener({ number: 2 })), 404, /kept for its time/],
    ["to a ticket there never was", () => passes.pathFor(GUILD, opener({ number: 3 })), 404, /kept for its time/],
    ["to the same number elsewhere", () => passes.pathFor("900000000000000009", opener()), 404, /kept for its time/],
  ])("%s says so, and shows nothing", async (_name, path, status, text) => {
    const answer = await get(path());
    expect(answer.status).toBe(status);
    const page = await answer.text();
    expect(page).toMatch(text);
    expect(page).not.toContain("Badge");
  });

  it.each<readonly [string, TranscriptPass["as"], typeof rolesNow, number, RegExp]>([
    ["staff's who still are", "staff", { [HUGO]: [STAFF_ROLE] }, 200, /Badge/],
    ["staff's who lost the role", "staff", { [HUGO]: [] }, 403, /may not read this any more/],
    ["staff's who left the server", "staff", {}, 403, /may not read this any more/],
    ["staff's who manage the server instead", "staff", { [HUGO]: [OFFICE] }, 200, /Badge/],
    ["a manager's", "manager", { [HUGO]: [OFFICE] }, 200, /Badge/],
    ["a manager's whose role is gone altogether", "manager", { [HUGO]: ["900000000000000029"] }, 403, /any more/],
    ["staff's, and Discord does not answer", "staff", undefined, 503, /cannot be looked up/],
    ["staff's in words, who never had the role", "staff", { [ADA]: [STAFF_ROLE] }, 403, /may not read/],
  ])("is looked up again whenever it is opened: %s", async (_name, as, roles, status, text) => {
    rolesNow = roles;
    const answer = await get(passes.pathFor(GUILD, { number: 1, userId: HUGO, as, until: now + HOUR }));
    expect(answer.status).toBe(status);
    const page = await answer.text();
    expect(page).toMatch(text);
    expect(page.includes("Badge")).toBe(status === 200);
  });

  it("of whoever opened the ticket asks nobody", async () => {
    rolesNow = undefined;
    expect((await get(passes.pathFor(GUILD, opener()))).status).toBe(200);
  });

  it("speaks the reader's language where there is nothing to show", async () => {
    const answer = await get("/transcripts/x", { "accept-language": "fr-FR,fr;q=0.9" });
    expect(await answer.text()).toContain("Ce lien n’est pas de nous");
  });
});

describe("the owner", () => {
  const owner = { authorization: `Bearer ${TOKEN}` };
  it.each([
    ["with the token", `/api/guilds/${GUILD}/tickets/1/transcript?form=html`, owner, 200],
    ["without it", `/api/guilds/${GUILD}/tickets/1/transcript`, {}, 401],
    ["of what is not kept", `/api/guilds/${GUILD}/tickets/2/transcript`, owner, 404],
    ["of a guild that is not ours", "/api/guilds/900000000000000009/tickets/1/transcript", owner, 404],
    ["of no number", `/api/guilds/${GUILD}/tickets/x/transcript`, owner, 400],
  ])("reads %s", async (_name, path, headers, status) => {
    expect((await get(path, headers)).status).toBe(status);
  });
});
