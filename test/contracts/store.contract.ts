import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { canonical, startOfDay, type Action, type GuildEvent, type HouseWrite, type Spending, type Store } from "#core";
import { caseHistoryPromises } from "./cases.contract.ts";
import { knowledgePromises } from "./knowledge.contract.ts";
import { vectorPromises } from "./vectors.contract.ts";
import {
  ALWAYS,
  NOW,
  all,
  approval,
  caseOpen,
  decision,
  directory,
  entry,
  message,
  openDesk,
  order,
  put,
  type Desk,
} from "./store.kit.ts";
import { rankingPromises } from "./ranking.promises.ts";
import { ticketPromises } from "./tickets.promises.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** What every twin of the Store port promises. `open` gives an empty store once; the suite closes it. */
export function storeContract(name: string, open: () => Promise<Store>): void {
  describe(`Store: ${name}`, () => {
    let store: Store;
    let desk: Desk;
    beforeAll(async () => {
      store = await open();
    }, 120_000);
    beforeEach(async () => {
      desk = await openDesk(store);
    });
    afterAll(() => store?.close());
    journalPromises(() => desk);
    decisionPromises(() => desk);
    spendingPromises(() => desk);
    recordPromises(() => desk);
    rankingPromises(() => desk);
    knowledgePromises(() => desk);
    ticketPromises(() => desk);
    vectorPromises(() => desk);
    casePromises(() => desk);
    caseHistoryPromises(() => desk);
    planPromises(() => desk);
    outboxPromises(() => desk);
    slowHalfPromises(() => desk);
    sharedPromises(() => desk);
    scopePromises(() => desk);
    oddTextPromises(() => desk);
    retentionPromises(() => desk);
  });
}

type Given = () => Desk;

function journalPromises(given: Given): void {
  it("gives an event back as it came, with what was counted and who was silent", async () => {
    const desk = given();
    const event = desk.message("Grüße aus dem Garten 🦊");
    const tallies = [{ owner: "warden", counter: "flood", key: "member-1", by: 2 }];
    await desk.committed(entry(event, { silent: ["warden", "greeter"], tallies }));
    const guild = desk.store.guild(desk.guildId);
    const row = { event, receivedAt: event.at + 5, silent: ["warden", "greeter"], tallies };
    expect(await all(guild.journal(ALWAYS))).toEqual([row]);
    expect(await guild.event(event.id)).toEqual(event);
    expect(await guild.story(event.id)).toEqual({ row, decisions: [], orders: [], approvals: [], cases: [] });
    expect(await guild.event(desk.id())).toBeUndefined();
  });

  it("puts a long text together again", async () => {
    const desk = given();
    const event = desk.message(`${"long words and 🦊 ".repeat(100)}end`);
    await desk.committed(entry(event), entry({ ...event, id: desk.id() }));
    expect(await desk.store.guild(desk.guildId).event(event.id)).toEqual(event);
  });

  it("keeps a sealed token through the journal", async () => {
    const desk = given();
    const event: GuildEvent = {
      ...{ id: desk.id(), guildId: desk.guildId, at: NOW, kind: "command.used", command: "warn", options: { n: 1 } },
      by: { userId: "m", name: "Mod", roleIds: [] },
      ...{ byPermissions: "8", channelId: "c", interaction: { id: "i", sealedToken: "g1.a.b" } },
    };
    await desk.committed(entry(event));
    expect(await desk.store.guild(desk.guildId).event(event.id)).toEqual(event);
  });

  it("refuses a known event with its id, and leaves nothing of the group behind", async () => {
    const desk = given();
    const [known, fresh] = [desk.message(), desk.message()];
    await desk.committed(entry(known));
    const writes = [{ owner: "warden", change: { write: "total.add", total: "t", key: "k", by: 1 } }] as const;
    const house = [caseOpen(fresh, desk.id()), { write: "directory.put", directory: directory(desk.guildId) }] as const;
    const result = await desk.commit(entry(fresh, { writes, house }), entry(known));
    expect(result).toEqual({ refusal: "duplicate", eventIds: [known.id] });
    const guild = desk.store.guild(desk.guildId);
    expect(await guild.event(fresh.id)).toBeUndefined();
    expect(await guild.allTotals()).toEqual([]);
    expect(await guild.directory()).toBeUndefined();
    expect(await desk.store.seen([known.id, fresh.id])).toEqual(new Set([known.id]));
    const { caseNumbers } = await desk.committed(entry(fresh, { house: [caseOpen(fresh, "p")] }));
    expect(caseNumbers).toEqual({ p: 1 });
  });

  it("stores an event once, whoever tries at once", async () => {
    const desk = given();
    const event = desk.message();
    const writes = [{ owner: "warden", change: { write: "total.add", total: "t", key: "k", by: 1 } }] as const;
    const tries = await Promise.all(Array.from({ length: 8 }, () => desk.commit(entry(event, { writes }))));
    expect(tries.filter((result) => result.refusal === undefined)).toHaveLength(1);
    expect(tries.filter((result) => result.refusal === "duplicate")).toHaveLength(7);
    expect(await desk.store.guild(desk.guildId).totals([{ owner: "warden", total: "t", key: "k" }])).toEqual([1]);
  });

  it("does not accept an event twice in one group", async () => {
    const desk = given();
    const event = desk.message();
    expect(await desk.commit(entry(event), entry(event))).toMatchObject({ refusal: "refused" });
    expect(await desk.store.seen([event.id])).toEqual(new Set());
  });

  it("hands rows over in the order of arrival, within the range, and newest first for a page", async () => {
    const desk = given();
    const at = [5, 3, 9, 3, 7].map((minutes) => NOW + minutes * 60_000);
    const events = at.map((moment) => desk.message("x", moment));
    await desk.committed(...events.slice(0, 2).map((event) => entry(event)));
    await desk.committed(...events.slice(2).map((event) => entry(event)));
    const guild = desk.store.guild(desk.guildId);
    const ids = async (from: number, to: number, limit?: number) =>
      (await all(guild.journal({ from, to }, limit === undefined ? {} : { limit }))).map((row) => row.event.id);
    const [a, b, c, d, e] = events.map((event) => event.id) as [string, string, string, string, string];
    expect(await ids(0, Infinity)).toEqual([a, b, c, d, e]);
    expect(await ids(at[1]!, at[2]!)).toEqual([a, b, d, e]);
    expect(await ids(0, Infinity, 2)).toEqual([a, b]);
    const page = await guild.latest({ limit: 3 });
    expect(page.map((row) => row.event.id)).toEqual([c, e, a]);
    const rest = await guild.latest({ limit: 9, before: { at: at[0]!, id: a } });
    expect(rest.map((row) => row.event.id)).toEqual([b, d].sort().reverse());
  });

  it("tells what one member wrote since a moment, newest first, and no more than asked", async () => {
    const desk = given();
    const said = ["one", "two", "three"].map((text, index) => desk.message(text, NOW + index * 1_000));
    const other = {
      ...desk.message("by another", NOW + 5_000),
      author: { userId: "member-2", name: "Bo", roleIds: [] },
    };
    const edited = { ...said[1]!, id: desk.id("event"), kind: "message.edited" as const };
    await desk.committed(...said.map((one) => entry(one)), entry(other), entry(edited));
    const wrote = async (since: number, limit: number) =>
      (await desk.store.guild(desk.guildId).memberMessages("member-1", since, limit)).map(({ id }) => id);
    expect(await wrote(NOW + 1_000, 9)).toEqual([said[2]!.id, said[1]!.id]);
    expect(await wrote(NOW, 2)).toEqual([said[2]!.id, said[1]!.id]);
  });

  it("streams more rows than a page holds, and lets others commit meanwhile", async () => {
    const desk = given();
    const entries = Array.from({ length: 1203 }, (_, index) => entry(desk.message(`${index}`, NOW + (index % 7))));
    await desk.committed(...entries);
    const texts: string[] = [];
    for await (const { event } of desk.store.guild(desk.guildId).journal(ALWAYS)) {
      if (texts.length % 400 === 0) await desk.committed(entry(desk.message("later")));
      texts.push(event.kind === "message.created" ? event.text : "");
    }
    expect(texts).toEqual(entries.map((_, index) => `${index}`));
  });

  it("journals events of several months", async () => {
    const desk = given();
    const events = [0, 40, 80].map((days) => desk.message("x", NOW - days * DAY));
    await desk.committed(...events.map((event) => entry(event)));
    for (const event of events) expect(await desk.store.guild(desk.guildId).event(event.id)).toEqual(event);
  });

  it("returns the tail of tallies in the order of arrival", async () => {
    const desk = given();
    const tally = (key: string) => [{ owner: "warden", counter: "flood", key, by: 1 }];
    await desk.committed(
      entry(desk.message("x", NOW - 1), { tallies: tally("old") }),
      entry(desk.message("x", NOW + 2), { tallies: tally("a") }),
      entry(desk.message("x", NOW + 3)),
    );
    await desk.committed(entry(desk.message("x", NOW), { tallies: tally("b") }));
    expect(await desk.store.guild(desk.guildId).tallies(NOW)).toEqual([
      { at: NOW + 2, tallies: tally("a") },
      { at: NOW, tallies: tally("b") },
    ]);
  });

  it("journals poison alone, with its code", async () => {
    const desk = given();
    const event = desk.message();
    await desk.committed(entry(event, { poison: "refused" }));
    expect((await desk.store.guild(desk.guildId).story(event.id))?.row.poison).toBe("refused");
  });

  it("changes nothing for who has lost the lease", async () => {
    const desk = given();
    const event = desk.message();
    const other = await desk.store.leases.take(desk.lease.name, "other", NOW + 60_000, 60_000);
    expect(other?.epoch).toBeGreaterThan(desk.lease.epoch);
    expect(await desk.commit(entry(event))).toEqual({ refusal: "lease-lost" });
    expect(await desk.store.commit({ ...desk.group(), checkpoints: [] })).toEqual({ refusal: "lease-lost" });
    const mine = (await desk.store.leases.take(desk.id("shard"), "me", NOW, 60_000))!;
    const both = { ...desk.group(entry(event)), leases: [mine, desk.lease] };
    expect(await desk.store.commit(both)).toEqual({ refusal: "lease-lost" });
    expect(await desk.store.leases.held(NOW + 60_001)).toContain(desk.lease.name);
    expect(await desk.store.leases.held(NOW + 60_001)).not.toContain(mine.name);
    expect(await desk.store.seen([event.id])).toEqual(new Set());
    expect(await desk.store.commit({ ...desk.group(entry(event)), leases: [other!] })).toMatchObject({ ready: [] });
  });
}

function decisionPromises(given: Given): void {
  it("gives decisions back byte for byte", async () => {
    const desk = given();
    const event = desk.message();
    const made = decision(event, {
      effects: [{ tally: { key: "k", counter: "c" } }, { consider: { z: 1, a: [1.5, null, "\u2028", "\ud83d"] } }],
      reads: [{ method: "count", args: ["flood", "member-1"], value: 7 }],
      ...{ about: { b: 1, a: 2 }, error: "agent.threw", shed: true, exhausted: "budget" },
    });
    const bare = decision(event, { agent: "greeter" });
    await desk.committed(entry(event, { decisions: [made, bare] }));
    const guild = desk.store.guild(desk.guildId);
    const found = await all(guild.decisions(ALWAYS));
    expect(found.map(canonical)).toEqual([canonical(made), canonical(bare)]);
    expect((await guild.story(event.id))?.decisions.map(canonical)).toEqual(found.map(canonical));
  });

  it("tells the whole story of an event", async () => {
    const desk = given();
    const event = desk.message();
    const [proposal, asked] = [desk.id("proposal"), desk.id("approval")];
    const house = [caseOpen(event, proposal), put(order(event, proposal)), approval(event, asked)];
    await desk.committed(entry(event, { decisions: [decision(event)], house }));
    const story = await desk.store.guild(desk.guildId).story(event.id);
    expect(story?.orders).toMatchObject([{ id: `${proposal}#0`, status: "waiting", caseNumber: 1, attempt: 0 }]);
    expect(story?.approvals).toMatchObject([{ id: asked, status: "pending" }]);
    expect(story?.cases).toMatchObject([{ number: 1, outcome: "open", proposalId: proposal }]);
    expect(story?.decisions).toHaveLength(1);
  });
}

function spendingPromises(given: Given): void {
  const spent = (rest: Partial<Spending> = {}): Spending => ({
    ...{ model: "openai:small", prompt: "warden/judge", at: NOW, tokensIn: 300, tokensOut: 20, microdollars: 105 },
    ...rest,
  });
  const book = (one: Spending, agent = "warden"): HouseWrite => ({ write: "spending.book", agent, spent: one });

  it("books spending by day, agent, prompt and model, in the commit or not at all", async () => {
    const desk = given();
    const event = desk.message();
    await desk.committed(entry(event, { house: [book(spent()), book(spent({ tokensOut: 5, microdollars: 2 }))] }));
    await desk.committed(entry(desk.message(), { house: [book(spent()), book(spent(), "scholar")] }));
    await desk.committed(entry(desk.message(), { house: [book(spent({ at: NOW + 86_400_000 }))] }));
    expect(await desk.commit(entry(event, { house: [book(spent())] }))).toMatchObject({ refusal: "duplicate" });
    const day = startOfDay(NOW);
    const key = { guildId: desk.guildId, day, agent: "warden", prompt: "warden/judge", model: "openai:small" };
    const once = { calls: 1, tokensIn: 300, tokensOut: 20, microdollars: 105 };
    const rows = await desk.store.guild(desk.guildId).spending({ from: day, to: day + 86_400_000 });
    expect(rows).toEqual([
      { ...key, agent: "scholar", ...once },
      { ...key, calls: 3, tokensIn: 900, tokensOut: 45, microdollars: 212 },
    ]);
    expect(await desk.store.guild(desk.guildId).spending(ALWAYS)).toHaveLength(3);
    expect(await desk.store.guild("another").spending(ALWAYS)).toEqual([]);
  });

  it("refuses an amount that is no whole number", async () => {
    const desk = given();
    const refused = await desk.commit(entry(desk.message(), { house: [book(spent({ microdollars: Number.NaN }))] }));
    expect(refused).toMatchObject({ refusal: "refused" });
    expect(await desk.store.guild(desk.guildId).spending(ALWAYS)).toEqual([]);
  });
}

function recordPromises(given: Given): void {
  it("keeps records: the last write of a key wins, absent ones are undefined", async () => {
    const desk = given();
    const note = (key: string, text: string) =>
      ({ owner: "warden", change: { write: "record.put", record: "note", key, value: { text, at: NOW } } }) as const;
    const gone = { owner: "warden", change: { write: "record.delete", record: "note", key: "b" } } as const;
    await desk.committed(entry(desk.message(), { writes: [note("a", "1"), note("a", "2"), note("b", "3")] }));
    const guild = desk.store.guild(desk.guildId);
    const read = () => guild.records(["b", "none", "a"].map((key) => ({ record: "note", key })));
    expect(await read()).toEqual([{ text: "3", at: NOW }, undefined, { text: "2", at: NOW }]);
    await desk.committed(
      entry(desk.message(), { writes: [gone] }),
      entry(desk.message(), { writes: [note("c", "4")] }),
    );
    expect(await read()).toEqual([undefined, undefined, { text: "2", at: NOW }]);
    const few = await guild.fewRecords(2);
    if (few === "too-many") throw new Error("two records are no more than two");
    expect([...few].sort((a, b) => (a.key < b.key ? -1 : 1))).toEqual([
      { record: "note", key: "a", value: { text: "2", at: NOW } },
      { record: "note", key: "c", value: { text: "4", at: NOW } },
    ]);
    expect(await guild.fewRecords(1)).toBe("too-many");
    expect(await desk.store.guild(desk.id("guild")).fewRecords(0)).toEqual([]);
  });

  it("erases a member: names, ids and words go, counts and others stay", async () => {
    const desk = given();
    const [ada, bea] = ["930000000000000001", "930000000000000002"];
    const long = "a very private sentence ".repeat(30);
    const by = (userId: string, name: string, text: string) => ({
      ...desk.message(text),
      author: { userId, name, roleIds: ["role-1"] },
    });
    const theirs = by(ada, "Ada Secret", long);
    const others = { ...by(bea, "Bea", `hello <@${ada}>`), mentionedUserIds: [ada] };
    const proposal = desk.id("proposal");
    const decided = decision(theirs, {
      effects: [{ consider: { text: long } }],
      reads: [{ method: "record", args: ["conduct", ada], value: "private" }],
    });
    const put1 = { ...order(theirs, proposal, { reason: "flood: a private reason" }) };
    const action: Action = { verb: "message.send", channelId: "c", words: { text: `You wrote ${long}` } };
    await desk.committed(
      entry(theirs, {
        decisions: [decided],
        tallies: [{ owner: "warden", counter: "said", key: ada, by: 1 }],
        house: [caseOpen(theirs, proposal), put({ ...put1, action })],
        writes: [
          { owner: "warden", change: { write: "total.add", total: "xp", key: ada, by: 5 } },
          { owner: "warden", change: { write: "total.add", total: "xp", key: bea, by: 7 } },
          {
            owner: "warden",
            change: { write: "record.put", record: "note", key: `warden:${ada}`, value: { text: "x", at: NOW } },
          },
        ],
        rollups: [{ metric: "messages", key: "c", hour: 0, by: 1 }],
      }),
      entry(others),
    );
    const settle: HouseWrite = { write: "order.settle", orderId: `${proposal}#0`, status: "done", result: { id: 1 } };
    await desk.committed(entry(desk.message("done"), { house: [settle] }));

    const guild = desk.store.guild(desk.guildId);
    expect(await guild.erase(ada)).toMatchObject({ decisions: 1, orders: 1, records: 1, totals: 1, underWay: 0 });
    const rest = [
      await all(guild.journal(ALWAYS)),
      await all(guild.decisions(ALWAYS)),
      await guild.tallies(0),
      await guild.story(theirs.id),
      await guild.orders("any", 9),
      await guild.cases({ limit: 9 }),
      await guild.allTotals(),
      await guild.fewRecords(9),
    ];
    for (const word of [ada, "Ada Secret", "private"]) expect(JSON.stringify(rest)).not.toContain(word);
    expect(await guild.event(theirs.id)).toMatchObject({
      author: { userId: "erased", name: "erased" },
      text: "erased",
    });
    expect(await guild.event(others.id)).toMatchObject({ author: { name: "Bea" }, text: "hello <@erased>" });
    expect((await all(guild.decisions(ALWAYS)))[0]).toMatchObject({ readsExpired: true, reads: [] });
    expect(await guild.allTotals()).toMatchObject([{ key: bea, value: 7 }]);
    expect(await guild.rollups({ from: 0, to: 1 })).toMatchObject([{ by: 1 }]);
    expect(await guild.erase(ada)).toMatchObject({ events: 0, decisions: 0, orders: 0, cases: 0, records: 0 });
  });

  it("changes what waits only from the revision it was seen at, several times in one group too", async () => {
    const desk = given();
    const [event, asked] = [desk.message(), desk.id("approval")];
    await desk.committed(entry(event, { house: [approval(event, asked)] }));
    const change = (revision: number): HouseWrite => {
      const progress = { revision, quorum: 2, votes: [], shown: [] };
      return { write: "approval.progress", approvalId: asked, progress };
    };
    const stale = { refusal: "stale", keys: [`approval:${asked}`] };
    await desk.committed(entry(desk.message(), { house: [change(1)] }), entry(desk.message(), { house: [change(2)] }));
    expect(await desk.commit(entry(desk.message(), { house: [change(2)] }))).toEqual(stale);
    await desk.committed(entry(desk.message(), { house: [change(3)] }));
    const guild = desk.store.guild(desk.guildId);
    expect((await guild.approval(asked))?.progress).toMatchObject({ revision: 3, quorum: 2 });
    expect(await guild.approvalCount("pending")).toBe(1);
  });

  it("lets a step join a plan that has gone on: waiting after what is done, blocked after what is not", async () => {
    const desk = given();
    const [event, plan] = [desk.message(), desk.id("proposal")];
    const orders = () => desk.store.guild(desk.guildId).orders("any", 9);
    await desk.committed(entry(event, { house: [put(order(event, plan))] }));
    await desk.committed(entry(desk.message(), { house: [put(order(event, plan, { step: 1 }))] }));
    expect((await orders()).map(({ status }) => status).sort()).toEqual(["blocked", "waiting"]);
    const settle: HouseWrite = { write: "order.settle", orderId: `${plan}#0`, status: "done", result: {} };
    await desk.committed(entry(desk.message(), { house: [settle] }));
    const second: HouseWrite = { write: "order.settle", orderId: `${plan}#1`, status: "done", result: {} };
    await desk.committed(entry(desk.message(), { house: [second] }));
    await desk.committed(entry(desk.message(), { house: [put(order(event, plan, { step: 2 }))] }));
    expect((await orders()).find(({ step }) => step === 2)?.status).toBe("waiting");
  });

  it("keeps every version of a guild's own choices, and no version twice", async () => {
    const desk = given();
    const choice = (version: number, document: string, by = "dashboard:owner"): HouseWrite => ({
      write: "policy.put",
      policy: { version, document, by, at: NOW + version },
    });
    const guild = desk.store.guild(desk.guildId);
    expect(await guild.policies(1)).toEqual([]);
    await desk.committed(entry(desk.message(), { house: [choice(1, "locale: de\n")] }));
    await desk.committed(entry(desk.message(), { house: [choice(2, "locale: fr\n")] }));
    const late = desk.message();
    expect(await desk.commit(entry(late, { house: [choice(2, "locale: es\n")] }))).toMatchObject({ refusal: "stale" });
    expect(await desk.store.seen([late.id])).toEqual(new Set());
    expect(await guild.policies(9)).toEqual([
      { version: 2, document: "locale: fr\n", by: "dashboard:owner", at: NOW + 2 },
      { version: 1, document: "locale: de\n", by: "dashboard:owner", at: NOW + 1 },
    ]);
    expect(await guild.policies(1)).toHaveLength(1);
    expect(await desk.store.guild(desk.id("guild")).policies(9)).toEqual([]);
  });

  it("adds totals up exactly under concurrent commits", async () => {
    const desk = given();
    const add = (total: string, by: number) =>
      ({ owner: "levels", change: { write: "total.add", total, key: "m", by } }) as const;
    const groups = Array.from({ length: 12 }, () =>
      desk.commit(entry(desk.message(), { writes: [add("xp", 3), add("xp", -1), add("y", 0.5)] })),
    );
    for (const result of await Promise.all(groups)) expect(result.refusal).toBeUndefined();
    const guild = desk.store.guild(desk.guildId);
    expect(
      await guild.totals([
        { owner: "levels", total: "xp", key: "m" },
        { owner: "x", total: "xp", key: "m" },
      ]),
    ).toEqual([24, 0]);
    expect(await guild.allTotals()).toEqual([
      { owner: "levels", total: "xp", key: "m", value: 24 },
      { owner: "levels", total: "y", key: "m", value: 6 },
    ]);
    expect(await desk.commit(entry(desk.message(), { writes: [add("xp", Number.NaN)] }))).toMatchObject({
      refusal: "refused",
    });
  });

  it("sums rollups by hour, metric and key", async () => {
    const desk = given();
    const hour = NOW - (NOW % HOUR);
    const count = (metric: string, key: string, at: number, by: number) => ({ metric, key, hour: at, by });
    await desk.committed(
      entry(desk.message(), { rollups: [count("messages", "b", hour, 1), count("messages", "a", hour, 1)] }),
      entry(desk.message(), { rollups: [count("messages", "b", hour, 2), count("joins", "a", hour + HOUR, 5)] }),
    );
    await desk.committed(entry(desk.message(), { rollups: [count("messages", "b", hour, 1)] }));
    const guildId = desk.guildId;
    expect(await desk.store.guild(guildId).rollups({ from: hour, to: hour + HOUR })).toEqual([
      { guildId, ...count("messages", "a", hour, 1) },
      { guildId, ...count("messages", "b", hour, 4) },
    ]);
    expect(await desk.store.guild(guildId).rollups(ALWAYS)).toHaveLength(3);
  });

  it("keeps the directory of the newest event, and lists guilds by name", async () => {
    const desk = given();
    const named = (name: string) => [{ write: "directory.put", directory: directory(desk.guildId, name) }] as const;
    await desk.committed(
      entry(desk.message(), { house: named("First") }),
      entry(desk.message(), { house: named("Second") }),
    );
    expect(await desk.store.guild(desk.guildId).directory()).toEqual(directory(desk.guildId, "Second"));
    expect(await desk.store.guilds()).toContainEqual({ guildId: desk.guildId, name: "Second" });
  });
}

function casePromises(given: Given): void {
  it("counts members beside the directory, in the order of the events", async () => {
    const desk = given();
    const count = (memberCount: number) =>
      entry(desk.message(), { house: [{ write: "directory.count", memberCount }] });
    const whole = directory(desk.guildId);
    const put = () =>
      entry(desk.message(), {
        house: [{ write: "directory.put", directory: { ...whole, memberCount: 50 } }],
      });
    const known = async () => (await desk.store.guild(desk.guildId).directory())?.memberCount;
    await desk.committed(count(1), put(), count(51), count(52));
    expect(await desk.store.guild(desk.guildId).directory()).toEqual({ ...whole, memberCount: 52 });
    await desk.committed(count(53), put());
    expect(await known()).toBe(50);
    await desk.committed(count(49));
    expect(await known()).toBe(49);
  });

  it("opens a case that is settled already as what it is", async () => {
    const desk = given();
    const event = desk.message();
    const { draft } = caseOpen(event, "by-hand");
    await desk.committed(entry(event, { house: [{ write: "case.open", draft: { ...draft, outcome: "done" } }] }));
    expect(await desk.store.guild(desk.guildId).cases({ limit: 1 })).toMatchObject([{ outcome: "done" }]);
  });

  it("numbers cases per guild, without holes, in the order of the events", async () => {
    const [desk, other] = [given(), await openDesk(given().store)];
    const open = (on: Desk, proposal: string) => {
      const event = on.message();
      return entry(event, { house: [caseOpen(event, proposal)] });
    };
    expect((await desk.committed(open(desk, "p1"), open(desk, "p2"))).caseNumbers).toEqual({ p1: 1, p2: 2 });
    const known = desk.message();
    await desk.committed(entry(known));
    expect((await desk.commit(open(desk, "lost"), entry(known))).refusal).toBe("duplicate");
    const both = await Promise.all([desk.committed(open(desk, "p3")), other.committed(open(other, "q1"))]);
    expect(both.map((one) => one.caseNumbers)).toEqual([{ p3: 3 }, { q1: 1 }]);
    const files = await desk.store.guild(desk.guildId).cases({ limit: 2 });
    expect(files.map((file) => file.proposalId)).toEqual(["p3", "p2"]);
    expect(await desk.store.guild(desk.guildId).case(1)).toMatchObject({
      proposalId: "p1",
      guildId: desk.guildId,
      rule: "flood",
    });
    expect(await desk.store.guild(desk.guildId).cases({ userId: "nobody", limit: 9 })).toEqual([]);
  });

  it("lets one answer to an approval win, and the other leave nothing", async () => {
    const desk = given();
    const asked = desk.id("approval");
    const event = desk.message();
    await desk.committed(entry(event, { house: [approval(event, asked)] }));
    const resolve = (by: string): HouseWrite => ({
      write: "approval.resolve",
      approvalId: asked,
      to: "approved",
      by,
      at: NOW + 1,
      note: "ok",
    });
    const [one, two] = [desk.message(), desk.message()];
    const results = await Promise.all([
      desk.commit(entry(one, { house: [resolve("a")] })),
      desk.commit(entry(two, { house: [resolve("b")] })),
    ]);
    expect(results.filter((result) => result.refusal === undefined)).toHaveLength(1);
    expect(results).toContainEqual({ refusal: "stale", keys: [`approval:${asked}`] });
    expect((await desk.store.seen([one.id, two.id])).size).toBe(1);
    const guild = desk.store.guild(desk.guildId);
    expect(await guild.approval(asked)).toMatchObject({ status: "approved", answeredAt: NOW + 1, note: "ok" });
    expect(await guild.approvals("pending", 9)).toEqual([]);
    expect(await guild.approvals("any", 9)).toHaveLength(1);
  });

  it("is stale where an approval is answered twice in one group, or unknown", async () => {
    const desk = given();
    const asked = desk.id("approval");
    const event = desk.message();
    await desk.committed(entry(event, { house: [approval(event, asked)] }));
    const resolve = (approvalId: string): HouseWrite => ({
      write: "approval.resolve",
      approvalId,
      to: "rejected",
      by: "a",
      at: NOW,
    });
    const answer = (approvalId: string) => entry(desk.message(), { house: [resolve(approvalId)] });
    expect(await desk.commit(answer(asked), answer(asked))).toEqual({ refusal: "stale", keys: [`approval:${asked}`] });
    expect(await desk.commit(answer("none"))).toEqual({ refusal: "stale", keys: ["approval:none"] });
    expect(await desk.store.guild(desk.guildId).approval(asked)).toMatchObject({ status: "pending" });
  });
}

function planPromises(given: Given): void {
  const settle = (orderId: string, status: "done" | "failed" | "unknown", result: unknown = {}): HouseWrite => ({
    ...{ write: "order.settle", orderId, status, result },
  });

  /** A plan of three steps, the first of which may fail, with a case. */
  async function plan(desk: Desk): Promise<{
    proposal: string;
    id: (step: number) => string;
    statuses: () => Promise<string[]>;
    outcome: () => Promise<unknown>;
  }> {
    const event = desk.message();
    const proposal = desk.id("proposal");
    const steps = [0, 1, 2].map((step) =>
      order(event, proposal, { step, onFailure: step === 0 ? "continue" : "stop" }),
    );
    const { ready } = await desk.committed(entry(event, { house: [caseOpen(event, proposal), ...steps.map(put)] }));
    expect(ready).toEqual([{ orderId: `${proposal}#0`, guildId: desk.guildId, priority: "high" }]);
    const guild = desk.store.guild(desk.guildId);
    return {
      proposal,
      id: (step) => `${proposal}#${step}`,
      statuses: async () =>
        (await Promise.all([0, 1, 2].map((step) => guild.order(`${proposal}#${step}`)))).map((one) => one!.status),
      outcome: async () => (await guild.cases({ limit: 1 }))[0]?.outcome,
    };
  }

  it.each([
    ["every step done", ["done", "done", "done"], ["done", "done", "done"], "done"],
    ["a failure that may be", ["failed", "done", "done"], ["failed", "done", "done"], "done"],
    ["a failure that stops", ["done", "failed"], ["done", "failed", "cancelled"], "failed"],
    ["nobody knows", ["unknown"], ["unknown", "cancelled", "cancelled"], "unknown"],
    ["the last step fails", ["done", "done", "failed"], ["done", "done", "failed"], "failed"],
    ["half of it", ["done"], ["done", "waiting", "blocked"], "open"],
  ] as const)("moves a plan on: %s", async (_name, outcomes, statuses, outcome) => {
    const desk = given();
    const made = await plan(desk);
    for (const [step, status] of outcomes.entries()) {
      const { ready } = await desk.committed(entry(desk.message(), { house: [settle(made.id(step), status)] }));
      const goesOn = status === "done" || (status === "failed" && step === 0);
      expect(ready.map((one) => one.orderId)).toEqual(goesOn && step < 2 ? [made.id(step + 1)] : []);
    }
    expect(await made.statuses()).toEqual(statuses);
    expect(await made.outcome()).toBe(outcome);
  });

  it("moves a plan on by two steps of one group", async () => {
    const desk = given();
    const made = await plan(desk);
    await desk.committed(
      entry(desk.message(), { house: [settle(made.id(0), "done")] }),
      entry(desk.message(), { house: [settle(made.id(1), "failed")] }),
    );
    expect(await made.statuses()).toEqual(["done", "failed", "cancelled"]);
  });

  it("does nothing to an order that has ended", async () => {
    const desk = given();
    const made = await plan(desk);
    await desk.committed(entry(desk.message(), { house: [settle(made.id(0), "done", { channelId: "c" })] }));
    const again = await desk.committed(
      entry(desk.message("x", NOW + 9), { house: [settle(made.id(0), "failed", { channelId: "d" })] }),
    );
    expect(again.ready).toEqual([]);
    expect(await made.statuses()).toEqual(["done", "waiting", "blocked"]);
    const first = await desk.store.guild(desk.guildId).order(made.id(0));
    expect(first).toMatchObject({ result: { channelId: "c" }, settledAt: NOW });
  });

  it("never takes one order's id for two acts", async () => {
    const desk = given();
    const made = await plan(desk);
    const event = desk.message();
    expect(await desk.commit(entry(event, { house: [put(order(event, made.proposal))] }))).toMatchObject({
      refusal: "refused",
    });
    expect(await desk.store.seen([event.id])).toEqual(new Set());
  });

  it("keeps evidence and the case of an order that is put after its case", async () => {
    const desk = given();
    const [first, later] = [desk.message(), desk.message()];
    const proposal = desk.id("proposal");
    await desk.committed(entry(first, { house: [caseOpen(first, proposal)] }));
    await desk.committed(entry(later, { house: [put(order(later, proposal, { previous: 0 }))] }));
    await desk.committed(
      entry(desk.message(), {
        house: [{ write: "order.evidence", orderId: `${proposal}#0`, evidence: { messageId: "m" } }],
      }),
    );
    const found = await desk.store.guild(desk.guildId).order(`${proposal}#0`);
    expect(found).toMatchObject({ caseNumber: 1, evidence: { messageId: "m" }, previous: 0, status: "waiting" });
    const listed = await desk.store.guild(desk.guildId).orders("waiting", 9);
    expect(listed).toEqual([found]);
  });

  it("puts the number of a proposal's case on what is said about it", async () => {
    const desk = given();
    const event = desk.message();
    const proposal = desk.id("proposal");
    const reply = order(event, `${proposal}/reply`, { caseOf: proposal });
    await desk.committed(entry(event, { house: [caseOpen(event, proposal), put(reply)] }));
    expect(await desk.store.guild(desk.guildId).order(reply.id)).toMatchObject({ caseNumber: 1 });
  });
}

function outboxPromises(given: Given): void {
  async function orders(desk: Desk, ...drafts: readonly Partial<Parameters<typeof order>[2]>[]): Promise<string[]> {
    const event = desk.message();
    const made = drafts.map((draft) => order(event, desk.id("proposal"), draft));
    await desk.committed(entry(event, { house: made.map(put) }));
    return made.map((one) => one.id);
  }

  it("leases an order to one holder, once it is due", async () => {
    const desk = given();
    const [id] = (await orders(desk, { notBefore: NOW + 10 })) as [string];
    const { outbox } = desk.store;
    expect(await outbox.lease(id, "w1", NOW + 9, 1000)).toBeUndefined();
    const tries = await Promise.all(["w1", "w2", "w3"].map((holder) => outbox.lease(id, holder, NOW + 10, 1000)));
    const won = tries.filter((leased) => leased !== undefined);
    expect(won).toHaveLength(1);
    expect(won[0]).toMatchObject({ order: { id, status: "leased", attempt: 1, attemptedAt: NOW + 10 }, results: [] });
    await outbox.release(id, NOW + 50);
    expect(await outbox.lease(id, "w2", NOW + 49, 1000)).toBeUndefined();
    expect(await outbox.lease(id, "w2", NOW + 50, 1000)).toMatchObject({ order: { attempt: 2 } });
    expect(await outbox.lease("none", "w2", NOW, 1000)).toBeUndefined();
  });

  it("leases with the commit what a hand is free for, and nothing else of the group", async () => {
    const desk = given();
    const event = desk.message();
    const [taken, left, later] = [desk.id("proposal"), desk.id("proposal"), `${desk.id("proposal")}`];
    const drafts = [order(event, taken), order(event, left), order(event, later, { step: 1, status: "blocked" })];
    const [living, holder] = [desk.id("living"), desk.id("holder")];
    const orderIds = new Set([`${taken}#0`, `${later}#1`]);
    const group = desk.group(entry(event, { house: [caseOpen(event, taken), ...drafts.map(put)] }));
    const result = await desk.store.commit({ ...group, taking: { orderIds, holder, at: NOW, leaseMs: 1_000 } });
    expect(result).toMatchObject({ ready: [{ orderId: `${left}#0` }] });

    const { outbox } = desk.store;
    expect(await outbox.lease(`${taken}#0`, living, NOW, 1_000)).toBeUndefined();
    expect(await outbox.lease(`${later}#1`, living, NOW, 1_000)).toBeUndefined();
    const strandedFor = async (now: number, ...holders: string[]) =>
      (await outbox.stranded(now, NOW + 1, holders, 100)).filter((one) => one.order.guildId === desk.guildId);
    expect(await strandedFor(NOW + 999, living, holder)).toEqual([]);
    const [stranded] = await strandedFor(NOW + 999, living);
    expect(stranded).toMatchObject({ order: { id: `${taken}#0`, status: "leased", attempt: 1, attemptedAt: NOW } });
    expect(stranded!.order.caseNumber).toBeTypeOf("number");
    expect(await strandedFor(NOW + 1_000, living, holder)).toHaveLength(1);

    await outbox.release(`${taken}#0`, NOW);
    expect(await outbox.lease(`${taken}#0`, living, NOW, 1_000)).toMatchObject({ order: { attempt: 2 } });
    expect(await outbox.lease(`${left}#0`, living, NOW, 1_000)).toMatchObject({ order: { attempt: 1 } });
  });

  it("hands earlier results to a later step", async () => {
    const desk = given();
    const event = desk.message();
    const proposal = desk.id("proposal");
    const steps = [0, 1, 2].map((step) => put(order(event, proposal, { step, onFailure: "continue" })));
    await desk.committed(entry(event, { house: steps }));
    const settle = (step: number, result: unknown): HouseWrite => ({
      write: "order.settle",
      orderId: `${proposal}#${step}`,
      status: "done",
      result,
    });
    await desk.committed(entry(desk.message(), { house: [settle(0, { channelId: "c" }), settle(1, undefined)] }));
    const leased = await desk.store.outbox.lease(`${proposal}#2`, "w1", NOW, 1000);
    expect(leased?.results).toEqual([{ channelId: "c" }, null]);
  });

  it("says what is due, the urgent first, and when the next one will be", async () => {
    const desk = given();
    const long = NOW - 400 * DAY;
    const ids = await orders(
      desk,
      { priority: "low", notBefore: long },
      { priority: "high", notBefore: long + 5 },
      { priority: "high", notBefore: long + 2 },
      { priority: "medium", notBefore: long + 900 },
    );
    const due = await desk.store.outbox.due(long + 5, 9);
    expect(due.map((one) => one.orderId)).toEqual([ids[2], ids[1], ids[0]]);
    expect(due[0]).toEqual({ orderId: ids[2], guildId: desk.guildId, priority: "high" });
    expect(await desk.store.outbox.due(long + 5, 1)).toHaveLength(1);
    expect(await desk.store.outbox.nextDue()).toBe(long);
  });

  it("finds what was left in a hand: its lease ran out, or its holder is no more", async () => {
    const desk = given();
    const ids = await orders(desk, {}, {}, {});
    const { outbox } = desk.store;
    const [living, dead] = [desk.id("living"), desk.id("dead")];
    await outbox.lease(ids[0]!, living, NOW, 60_000);
    await outbox.lease(ids[1]!, dead, NOW, 60_000);
    await outbox.lease(ids[2]!, dead, NOW + 500, 60_000);
    const stranded = async (now: number, before: number) => {
      const found = await outbox.stranded(now, before, [living], 99);
      return found.map((one) => one.order.id).filter((id) => ids.includes(id));
    };
    expect(await stranded(NOW + 1000, NOW + 500)).toEqual([ids[1]]);
    expect(await stranded(NOW + 1000, NOW + 501)).toEqual([ids[1], ids[2]]);
    expect(await stranded(NOW + 60_000, NOW + 501)).toEqual(ids);
  });
}

function slowHalfPromises(given: Given): void {
  async function consider(desk: Desk, agent = "scholar"): Promise<GuildEvent> {
    const event = desk.message();
    const pending = {
      eventId: event.id,
      guildId: desk.guildId,
      agent,
      about: { why: "unsure" },
      priority: "low",
      at: event.at,
    } as const;
    await desk.committed(entry(event, { house: [{ write: "pending.put", pending }] }));
    return event;
  }
  const mine = (event: GuildEvent) => (draft: { readonly eventId: string }) => draft.eventId === event.id;

  it("shows to a share what waits in its own guilds, and frees nothing of the others", async () => {
    const desk = given();
    const { store } = desk;
    const share = (id: number) => store.waitingIn({ count: 2, ids: [id] });
    // Ids of two guilds that Discord gives to different shards, and that no other test of this store has.
    const low = Number(desk.id("").replace(/\D/g, "")) * 2;
    const guildIds = [BigInt(low) << 22n, BigInt(low + 1) << 22n].map(String);
    const far = NOW - 900 * DAY;
    for (const [index, guildId] of guildIds.entries()) {
      const event = message(guildId, desk.id("event"), "hello", far);
      const proposal = desk.id("proposal");
      await desk.committed(
        entry(event, {
          house: [
            put(order(event, proposal, { notBefore: far })),
            put(order(event, `${proposal}b`, { notBefore: far })),
            {
              write: "pending.put",
              pending: { eventId: event.id, guildId, agent: "scholar", about: {}, priority: "medium", at: far },
            },
          ],
          writes: [{ owner: "warden", change: { write: "timer.set", timer: "t", at: far, payload: index } }],
        }),
      );
      await store.outbox.lease(`${proposal}b#0`, "gone", far, 1);
      await store.pending.lease(event.id, "scholar", `gone-${index}`, far, 60 * DAY);
      await store.inbox.put({ ...event, id: desk.id("inbox") });
    }
    for (const [index, guildId] of guildIds.entries()) {
      const { outbox, pending: work, timers, inbox } = share(index);
      const own = <T extends { readonly guildId: string }>(rows: readonly T[]) =>
        rows.map((row) => row.guildId).filter((id) => guildIds.includes(id));
      expect(own(await outbox.due(far, 900))).toEqual([guildId]);
      const stranded = await outbox.stranded(far + 10, far + 10, ["me"], 900);
      expect(own(stranded.map((one) => one.order))).toEqual([guildId]);
      expect(own(await timers.due(far, 900))).toEqual([guildId]);
      expect(await timers.next()).toBeLessThanOrEqual(far);
      expect(own(await inbox.waiting(900))).toEqual([guildId]);
      expect(own(await work.due(far + 1, ["gone-0", "gone-1"], 900))).toEqual([]);
    }
    const freed = await share(0).pending.due(far + 1, ["me"], 900);
    expect(freed.filter(({ guildId }) => guildIds.includes(guildId))).toMatchObject([{ guildId: guildIds[0] }]);
    const still = await share(1).pending.due(far + 1, ["me", "gone-1"], 900);
    expect(still.filter(({ guildId }) => guildIds.includes(guildId))).toEqual([]);
  });

  it("leases a slow half once, until its lease has run out or its holder is no more", async () => {
    const desk = given();
    const event = await consider(desk);
    const { pending } = desk.store;
    const tries = await Promise.all(
      ["w1", "w1"].map((holder) => pending.lease(event.id, "scholar", holder, NOW, 1000)),
    );
    expect(tries.filter((work) => work !== undefined)).toEqual([
      {
        eventId: event.id,
        guildId: desk.guildId,
        agent: "scholar",
        about: { why: "unsure" },
        priority: "low",
        at: NOW,
        attempt: 1,
      },
    ]);
    expect((await pending.due(NOW + 999, ["w1"], 999)).some(mine(event))).toBe(false);
    expect((await pending.due(NOW + 1000, ["w1"], 999)).some(mine(event))).toBe(true);
    expect((await pending.due(NOW + 999, ["w2"], 999)).some(mine(event))).toBe(true);
    expect(await pending.lease(event.id, "scholar", "w2", NOW + 999, 1000)).toMatchObject({ attempt: 2 });
    expect((await pending.backlog()).low).toBeGreaterThan(0);
  });

  it("commits what a slow half decided exactly once", async () => {
    const desk = given();
    const event = await consider(desk);
    const slow = () =>
      entry(event, {
        considered: { agent: "scholar" },
        decisions: [decision(event, { agent: "scholar", phase: "slow", about: { why: "unsure" } })],
        tallies: [{ owner: "scholar", counter: "asked", key: "k", by: 1 }],
        writes: [{ owner: "scholar", change: { write: "total.add", total: "t", key: "k", by: 1 } }],
      });
    const results = await Promise.all([desk.commit(slow()), desk.commit(slow())]);
    expect(results.filter((result) => result.refusal === undefined)).toHaveLength(1);
    expect(results).toContainEqual({ refusal: "duplicate", eventIds: [event.id] });
    const guild = desk.store.guild(desk.guildId);
    expect(await guild.totals([{ owner: "scholar", total: "t", key: "k" }])).toEqual([1]);
    expect((await guild.story(event.id))?.decisions.map((one) => one.phase)).toEqual(["slow"]);
    expect(await guild.tallies(NOW)).toEqual([
      { at: NOW, tallies: [{ owner: "scholar", counter: "asked", key: "k", by: 1 }] },
    ]);
    expect((await desk.store.pending.due(NOW + DAY, [], 999)).some(mine(event))).toBe(false);
  });
}

function sharedPromises(given: Given): void {
  it("gives a lease to one, a new epoch to the next, and nothing to who lost it", async () => {
    const { store, id } = given();
    const name = id("lease");
    const takes = await Promise.all(["a", "b", "c"].map((holder) => store.leases.take(name, holder, NOW, 100)));
    const [first] = takes.filter((lease) => lease !== undefined);
    expect(takes.filter((lease) => lease !== undefined)).toHaveLength(1);
    expect(await store.leases.take(name, first!.holder, NOW + 50, 100)).toEqual(first);
    expect(await store.leases.take(name, "z", NOW + 149, 100)).toBeUndefined();
    expect(await store.leases.renew(first!, NOW + 149, 100)).toBe(true);
    const second = await store.leases.take(name, "z", NOW + 249, 100);
    expect(second).toEqual({ name, holder: "z", epoch: first!.epoch + 1 });
    expect(await store.leases.renew(first!, NOW + 250, 100)).toBe(false);
    await store.leases.giveBack(first!);
    expect(await store.leases.take(name, "y", NOW + 250, 100)).toBeUndefined();
    await store.leases.giveBack(second!);
    expect(await store.leases.take(name, "y", NOW + 250, 100)).toEqual({ name, holder: "y", epoch: second!.epoch + 1 });
  });

  it("wakes for timers, soonest first, and clears the one that struck unless it was set anew", async () => {
    const desk = given();
    const { guildId } = desk;
    const early = 1000;
    const set = (timer: string, at: number) =>
      ({ owner: "clerk", change: { write: "timer.set", timer, at, payload: { n: at } } }) as const;
    const struck = (timer: string, at: number): GuildEvent => ({
      ...{
        id: `timer:${guildId}:clerk:${timer}:${at}`,
        guildId,
        at,
        kind: "clock.struck",
        timer,
        owner: "clerk",
        payload: { n: at },
      },
    });
    await desk.committed(
      entry(desk.message(), {
        writes: [set("b", early + 2), set("a", early + 1), set("c", early + 9), set("a", early + 3)],
      }),
    );
    expect(await desk.store.timers.due(early + 3, 9)).toEqual([
      { guildId, owner: "clerk", timer: "b", at: early + 2, payload: { n: early + 2 } },
      { guildId, owner: "clerk", timer: "a", at: early + 3, payload: { n: early + 3 } },
    ]);
    expect(await desk.store.timers.next()).toBe(early + 2);
    await desk.committed(
      entry(struck("b", early + 2)),
      entry(struck("a", early + 1)),
      entry(struck("c", early + 9), { writes: [set("c", early + 20)] }),
    );
    expect((await desk.store.timers.due(early + 99, 9)).map((one) => [one.timer, one.at])).toEqual([
      ["a", early + 3],
      ["c", early + 20],
    ]);
    const clear = (timer: string) => ({ owner: "clerk", change: { write: "timer.clear", timer } }) as const;
    await desk.committed(
      entry(desk.message(), { writes: [clear("a"), clear("c"), set("d", early + 30)] }),
      entry(struck("d", early + 30)),
    );
    expect(await desk.store.timers.due(early + 99, 9)).toEqual([]);
  });

  it("lets an event wait in the inbox until it is committed", async () => {
    const desk = given();
    const [one, two] = [desk.message("one"), desk.message("two")];
    await desk.store.inbox.put(one);
    await desk.store.inbox.put(two);
    await desk.store.inbox.put(one);
    const waiting = async () => (await desk.store.inbox.waiting(99)).filter((event) => event.guildId === desk.guildId);
    expect(await waiting()).toEqual([one, two]);
    await desk.committed(entry(one));
    expect(await waiting()).toEqual([two]);
    await desk.store.inbox.put(one);
    expect(await waiting()).toEqual([two]);
    await desk.committed(entry(two));
    expect(await waiting()).toEqual([]);
  });

  it("keeps a session's checkpoint, which never goes back", async () => {
    const desk = given();
    const shardId = Number(desk.id().slice(3));
    const at = (sessionId: string, sequence: number) => ({
      shardId,
      shardCount: 4,
      intents: 513,
      sessionId,
      resumeUrl: "wss://gateway.example",
      sequence,
    });
    const commit = async (...checkpoints: ReturnType<typeof at>[]) => {
      const result = await desk.store.commit({ ...desk.group(), checkpoints });
      expect(result.refusal).toBeUndefined();
      return desk.store.checkpoint(shardId);
    };
    expect(await desk.store.checkpoint(shardId)).toBeUndefined();
    expect(await commit(at("s1", 7))).toEqual(at("s1", 7));
    expect(await commit(at("s1", 5))).toEqual(at("s1", 7));
    expect(await commit(at("s1", 9), at("s1", 8))).toEqual(at("s1", 9));
    expect(await commit(at("s2", 1))).toEqual(at("s2", 1));
  });

  it("answers across guilds only for those of the organisation that opted in", async () => {
    const store = given().store;
    const desks = await Promise.all([0, 1, 2].map(() => openDesk(store)));
    const organisationId = given().id("organisation");
    for (const desk of desks) {
      const house = [{ write: "directory.put", directory: directory(desk.guildId) }] as const;
      await desk.committed(
        entry(desk.message(), { house, rollups: [{ metric: "messages", key: "", hour: NOW - (NOW % HOUR), by: 1 }] }),
      );
    }
    await store.organisation(organisationId).adopt(desks[0]!.guildId, true);
    await store.organisation(organisationId).adopt(desks[1]!.guildId, false);
    const expected = [{ guildId: desks[0]!.guildId, name: "The Orchard", memberCount: 12 }];
    expect(await store.organisation(organisationId).guilds()).toEqual(expected);
    expect((await store.organisation(organisationId).rollups(ALWAYS)).map((row) => row.guildId)).toEqual([
      desks[0]!.guildId,
    ]);
    expect(await store.organisation("another").guilds()).toEqual([]);
    expect(await store.guilds()).toContainEqual({ guildId: desks[1]!.guildId, name: "The Orchard", organisationId });
  });
}

/** What each look of a guild's handle finds, of anybody's rows. */
async function everything(
  store: Store,
  guildId: string,
  ids: readonly string[],
  approvals: readonly string[],
): Promise<unknown[]> {
  const guild = store.guild(guildId);
  const found: unknown[] = [
    await guild.directory(),
    await all(guild.journal(ALWAYS)),
    await guild.latest({ limit: 999 }),
    await all(guild.decisions(ALWAYS)),
    await guild.tallies(0),
    await guild.allTotals(),
    await guild.approvals("any", 999),
    await guild.orders("any", 999),
    await guild.cases({ limit: 999 }),
    await guild.cases({ userId: "member-1", limit: 999 }),
    await guild.rollups(ALWAYS),
    await guild.records([{ record: "note", key: "shared" }]),
    await guild.totals([{ owner: "warden", total: "t", key: "shared" }]),
  ];
  for (const id of ids) found.push(await guild.event(id), await guild.story(id));
  for (const id of approvals) found.push(await guild.approval(id), await guild.order(`${id}#0`));
  for (const number of [1, 2, 3]) found.push(await guild.case(number));
  return found;
}

function scopePromises(given: Given): void {
  it("never lets one guild's handle read another guild's rows, nor its events change them", async () => {
    const { store } = given();
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 2, maxLength: 8 }), async (owners) => {
        const desks = await Promise.all([0, 1, 2].map(() => openDesk(store)));
        const [ids, proposals]: [string[], string[]] = [[], []];
        for (const owner of owners) {
          const desk = desks[owner]!;
          const [event, proposal] = [desk.message(`mark-${desk.guildId}-end`), desk.id("proposal")];
          ids.push(event.id);
          proposals.push(proposal);
          await desk.committed(marked(event, proposal, desk.guildId));
        }
        for (const desk of desks) {
          const text = JSON.stringify(await everything(store, desk.guildId, ids, proposals));
          for (const other of desks) if (other !== desk) expect(text).not.toContain(`${other.guildId}"`);
          for (const other of desks) if (other !== desk) expect(text).not.toContain(`mark-${other.guildId}-end`);
        }
        const [mine, theirs] = [desks[owners[0]!]!, desks[(owners[0]! + 1) % 3]!];
        const foreign: HouseWrite[] = [
          { write: "order.settle", orderId: `${proposals[0]}#0`, status: "done", result: {} },
          { write: "order.evidence", orderId: `${proposals[0]}#0`, evidence: {} },
        ];
        await theirs.committed(entry(theirs.message(), { house: foreign }));
        const untouched = await store.guild(mine.guildId).order(`${proposals[0]}#0`);
        expect(untouched).toMatchObject({ status: "waiting" });
        expect(untouched).not.toHaveProperty("evidence");
      }),
      { numRuns: 8 },
    );
  });

  it("does not let an event put anything into another guild", async () => {
    const [desk, other] = [given(), await openDesk(given().store)];
    const event = other.message();
    const foreign: readonly HouseWrite[] = [
      approval(event, desk.id()),
      put(order(event, desk.id())),
      { write: "directory.put", directory: directory(other.guildId) },
    ];
    for (const change of foreign) {
      expect(await desk.commit(entry(desk.message(), { house: [change] }))).toMatchObject({ refusal: "refused" });
    }
    expect(await desk.commit(entry(desk.message(), { decisions: [decision(event)] }))).toMatchObject({
      refusal: "refused",
    });
  });
}

function marked(event: GuildEvent, proposal: string, guildId: string) {
  const text = `mark-${guildId}-end`;
  return entry(event, {
    decisions: [
      decision(event, { effects: [{ consider: text }], reads: [{ method: "record", args: [], value: text }] }),
    ],
    tallies: [{ owner: "warden", counter: "c", key: text, by: 1 }],
    writes: [
      { owner: "warden", change: { write: "record.put", record: "note", key: "shared", value: { text, at: 1 } } },
      { owner: "warden", change: { write: "total.add", total: text, key: "shared", by: 1 } },
    ],
    house: [
      { write: "directory.put", directory: directory(guildId, text) },
      caseOpen(event, proposal),
      approval(event, proposal),
      put(order(event, proposal, { reason: text })),
    ],
    rollups: [{ metric: "messages", key: text, hour: 0, by: 1 }],
  });
}

const ODD = [
  "\u0000",
  "\ud83d",
  "\udc00x",
  "a\nb\tc\r",
  "\u0001\u001f",
  '{"a":"b"}',
  "a,b{}\\\"'",
  "NULL",
  "null",
  "",
  "\u2028 🦊 e\u0301",
  "\\N",
];

function oddTextPromises(given: Given): void {
  it.each(ODD)("stores odd text well-formed or refuses it cleanly: %j", async (odd) => {
    const desk = given();
    const event = desk.message(`${odd} and ${odd}`);
    await desk.committed(entry(event));
    const back = await desk.store.guild(desk.guildId).event(event.id);
    expect(back).toMatchObject({ id: event.id, text: event.text });
    const spread = entry(desk.message(), {
      tallies: [{ owner: "warden", counter: "c", key: odd, by: 1 }],
      decisions: [
        decision(
          { ...event },
          { eventId: event.id, effects: [{ consider: odd }], reads: [{ method: "m", args: [odd], value: odd }] },
        ),
      ],
      writes: [
        { owner: "warden", change: { write: "record.put", record: "note", key: odd, value: { text: odd, at: 1 } } },
      ],
      house: [{ write: "case.open", draft: { ...draftOf(event, desk.id()), userName: odd, reason: odd } }],
    });
    const result = await desk.commit(spread);
    expect(["refused", undefined]).toContain(result.refusal);
    const stored = (await desk.store.seen([spread.event.id])).size === 1;
    expect(stored).toBe(result.refusal === undefined);
    expect((await desk.store.guild(desk.guildId).cases({ limit: 9 })).length).toBe(stored ? 1 : 0);
    await desk.committed(entry(desk.message("still alive")));
  });

  it("refuses a moment that is none", async () => {
    const desk = given();
    for (const at of [Number.NaN, 1.5, Infinity]) {
      expect(await desk.commit(entry(desk.message("x", at)))).toMatchObject({ refusal: "refused" });
    }
  });
}

function draftOf(event: GuildEvent, proposalId: string) {
  const change = caseOpen(event, proposalId);
  if (change.write !== "case.open") throw new Error("no case");
  return change.draft;
}

/** Last, because time passes for all tests' rows. */
function retentionPromises(given: Given): void {
  it("forgets ids, then texts and reads, then rows; rollups stay", async () => {
    const desk = given();
    const event = desk.message("long ".repeat(100));
    const made = decision(event, { reads: [{ method: "count", args: ["a"], value: 1 }] });
    const rollups = [{ metric: "messages", key: "", hour: NOW - (NOW % HOUR), by: 1 }];
    await desk.committed(entry(event, { decisions: [made], rollups }));
    const guild = desk.store.guild(desk.guildId);
    await desk.store.maintain(NOW + 6 * DAY);
    expect(await desk.store.seen([event.id])).toEqual(new Set([event.id]));
    await desk.store.maintain(NOW + 8 * DAY);
    expect(await desk.store.seen([event.id])).toEqual(new Set());
    expect(await desk.commit(entry(event))).toEqual({ refusal: "duplicate", eventIds: [event.id] });
    expect(await guild.event(event.id)).toEqual(event);
    await desk.store.maintain(NOW + 31 * DAY);
    const story = await guild.story(event.id);
    expect(story?.row.textExpired).toBe(true);
    expect(story?.row.event).toMatchObject({ text: expect.stringMatching(/^long long .{240,270}…$/) as string });
    expect(story?.decisions).toMatchObject([{ reads: [], readsExpired: true }]);
    const { dropped } = await desk.store.maintain(NOW + 150 * DAY);
    expect(dropped.length).toBeGreaterThan(0);
    expect(await guild.story(event.id)).toBeUndefined();
    expect(await guild.rollups(ALWAYS)).toHaveLength(1);
    await desk.committed(entry(desk.message("a new month, dropped before", NOW)));
  });
}
