import {
  defineAgent,
  propose,
  tally,
  type Agent,
  type EventOf,
  type GuildEvent,
  type PolicyFor,
  type Store,
  write,
  consider,
} from "#core";
import { afterEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { createMemoryStore } from "../../src/adapters/memory/store/index.ts";
import { manualClock } from "../../src/adapters/memory/clock.ts";
import { rehearse, replay } from "../../src/flow/index.ts";
import { GUILD, member, message, policy } from "../kit/guild.ts";
import { createWorld, startRoad, type TestRoad, type TestRoadOptions } from "../kit/road.ts";

/** Deletes "bad", warns for it, bans for "worse", counts everything, thinks about "hm", throws on "broken". */
const keeper = defineAgent({
  name: "keeper",
  description: "A small agent with one of everything",
  listens: ["message.created"],
  config: z.unknown(),
  counters: { said: { windowSeconds: 600 } },
  priority: (event) => (event.text.includes("idle") ? "low" : "medium"),
  decide(event, look) {
    if (event.text === "broken") throw new TypeError("a text of a member");
    const effects = [
      tally("said", event.author.userId),
      write({ write: "total.add", total: "messages", key: "all", by: 1 }),
    ];
    const reasons = { rule: "bad-word", why: "says a bad word", confidence: 1 };
    if (event.text.includes("bad")) effects.push(propose(deletion(event), reasons));
    if (event.text.includes("warn"))
      effects.push(propose({ verb: "member.warn", member: event.author, notice: "Mind your words" }, reasons));
    if (event.text.includes("worse"))
      effects.push(
        propose({ verb: "member.ban", member: event.author, deleteSeconds: 0, notice: "Farewell" }, reasons),
      );
    if (event.text.includes("hm")) effects.push(consider({ seen: look.count("said", event.author.userId) }));
    return effects;
  },
  async consider(event, look, _config, about) {
    const answer = await look.ask({ prompt: "keeper/hm", variables: {}, schema: z.string() });
    const text = `${answer.ok ? answer.value : answer.code} ${(about as { seen: number }).seen}`;
    return [
      propose(
        { verb: "message.send", channelId: event.channelId, words: { text } },
        { rule: "thought", why: "asked", confidence: 1 },
      ),
    ];
  },
});

const deletion = (event: EventOf<"message.created">) =>
  ({ verb: "message.delete", channelId: event.channelId, messageId: event.messageId, author: event.author }) as const;

const bystander = defineAgent({
  name: "bystander",
  description: "Says nothing",
  listens: ["message.created"],
  config: z.unknown(),
  decide: () => [],
});

let house: TestRoad;
const open = async (
  options: Partial<TestRoadOptions> = {},
  agents: readonly Agent[] = [keeper, bystander],
): Promise<TestRoad> =>
  (house = await startRoad({
    agents,
    policy: { approval: { verbs: ["member.ban"], expireAfterSeconds: 60 } },
    ...options,
  }));
afterEach(() => house.stop());

const done = (verb: string) => (entry: { event: { kind: string } }) =>
  entry.event.kind === "action.done" &&
  house.world.performed.some(
    (order) => order.action.verb === verb && (entry.event as EventOf<"action.done">).orderId === order.id,
  );

describe("the trip of an event", () => {
  test("a violating message is deleted once, and its story can be told", async () => {
    await open();
    const event = message("bad");
    house.bring(event, event);
    house.bring(event);
    await house.commitOf(done("message.delete"));
    expect(house.world.performed.map(({ action }) => action.verb)).toEqual(["message.delete"]);
    const story = await house.store.guild(GUILD).story(event.id);
    expect(
      story?.decisions.map(({ agent, verdicts }) => [agent, verdicts[0]?.ruling, verdicts[0]?.proposal.rule]),
    ).toEqual([["keeper", "run", "bad-word"]]);
    expect(story?.orders.map(({ status }) => status)).toEqual(["done"]);
    expect(story?.row.silent).toEqual(["bystander"]);
  });

  test("a redelivered event is counted once, its neighbours too", async () => {
    await open();
    const events = Array.from({ length: 30 }, (_, index) => message(`line ${index}`));
    house.bring(...events);
    house.bring(...events.slice(10), message("hello"));
    await house.commitOf(({ event }) => event.kind === "message.created" && event.text === "hello");
    expect(await house.store.guild(GUILD).allTotals()).toEqual([
      { owner: "keeper", total: "messages", key: "all", value: 31 },
    ]);
  });

  test("a redelivered event is not counted in memory either", async () => {
    await open();
    const first = message("line");
    house.bring(first);
    await house.commitOf(({ event }) => event.id === first.id);
    house.bring(first);
    await house.known(first.id);
    house.bring(message("hm"));
    await house.commitOf(done("message.send"));
    expect(house.world.performed[0]?.action).toMatchObject({ words: { text: "llm.exhausted 1" } });
  });

  test("an agent that throws is one decision with a code; the others and the next event never notice", async () => {
    await open();
    const event = message("broken");
    house.bring(event, message("bad"));
    await house.commitOf(done("message.delete"));
    const story = await house.store.guild(GUILD).story(event.id);
    expect(story?.decisions).toMatchObject([{ agent: "keeper", error: "TypeError", effects: [] }]);
    expect(JSON.stringify(story?.decisions)).not.toContain("a text of a member");
    expect(story?.row.silent).toEqual(["bystander"]);
  });

  test("a warning is a plan: the DM's channel is known only once the first step is done", async () => {
    const world = createWorld();
    world.answer = ({ action }) => ({ kind: "done", result: action.verb === "dm.open" ? { channelId: "777" } : {} });
    await open({ world });
    house.bring(message("warn"));
    await house.commitOf(done("message.send"));
    expect(world.performed.map(({ action }) => action)).toEqual([
      { verb: "dm.open", userId: "50" },
      { verb: "message.send", channelId: "777", words: { text: "Mind your words" } },
    ]);
    const [record] = await house.store.guild(GUILD).cases({ limit: 5 });
    expect(record).toMatchObject({
      number: 1,
      verb: "member.warn",
      userId: "50",
      decidedBy: "agent:keeper",
      outcome: "done",
    });
    expect(world.performed[0]?.reason).toBe("Case #1 · bad-word: says a bad word");
  });

  test("a member whose DMs are closed is banned all the same", async () => {
    const world = createWorld();
    world.answer = ({ action }) =>
      action.verb === "dm.open" ? { kind: "failed", code: "50007", why: "closed" } : { kind: "done", result: {} };
    await open({ world, policy: { approval: { verbs: [], expireAfterSeconds: 60 } } });
    house.bring(message("worse"));
    await house.commitOf(done("member.ban"));
    expect(world.performed.map(({ action }) => action.verb)).toEqual(["dm.open", "member.ban"]);
  });

  test("an order proved not to have happened is tried again; a lost answer is looked for before anything is repeated", async () => {
    const world = createWorld();
    let tries = 0;
    world.answer = () =>
      [
        { kind: "later" as const, afterMs: 1, why: "429" },
        { kind: "unknown" as const, why: "cut" },
      ][tries++] ?? { kind: "done", result: {} };
    world.find = () => ({ found: "done", result: { seen: true } });
    await open({ world });
    const event = message("bad");
    house.bring(event);
    await house.commitOf(({ event: { kind } }) => kind === "action.done");
    expect(world.performed.map(({ attempt }) => attempt)).toEqual([1, 2]);
    expect((await house.store.guild(GUILD).story(event.id))?.orders).toMatchObject([
      { status: "done", result: { seen: true } },
    ]);
  });

  test("a look that fails proves nothing and is taken again", async () => {
    const world = createWorld();
    let looks = 0;
    world.answer = () => ({ kind: "unknown", why: "cut" });
    world.find = () => (looks++ === 0 ? { found: "later", why: "503" } : { found: "done", result: {} });
    await open({ world });
    const event = message("bad");
    house.bring(event);
    await house.commitOf(done("message.delete"));
    expect([looks, world.performed.length]).toEqual([2, 1]);
  });

  test("what nobody can tell is shown as unknown, never repeated", async () => {
    const world = createWorld();
    world.answer = () => ({ kind: "unknown", why: "cut" });
    world.find = () => ({ found: "unknown", why: "no trace" });
    await open({ world });
    const event = message("bad");
    house.bring(event);
    await house.commitOf(({ event: { kind } }) => kind === "action.failed");
    expect(world.performed).toHaveLength(1);
    expect((await house.store.guild(GUILD).story(event.id))?.orders).toMatchObject([{ status: "unknown" }]);
  });
});

test("a command that nobody can answer any more is journaled and runs nothing", async () => {
  const obedient = defineAgent({
    name: "keeper",
    description: "Does what it is told",
    listens: ["command.used"],
    config: z.unknown(),
    decide: ({ by }) => [
      propose({ verb: "member.warn", member: by, notice: "…" }, { rule: "told", why: "told", confidence: 1 }),
    ],
  });
  await open({}, [obedient]);
  const used = (id: string, expired: object) =>
    ({
      ...{
        id,
        guildId: GUILD,
        at: 5,
        kind: "command.used",
        command: "warn",
        options: {},
        channelId: "20",
        byPermissions: "0",
      },
      by: member("50"),
      interaction: { id, sealedToken: "sealed", ...expired },
    }) as EventOf<"command.used">;
  house.bring(used("i:1", { expired: true }), used("i:2", {}));
  await house.commitOf(done("dm.open"));
  expect(await house.store.guild(GUILD).story("i:1")).toMatchObject({ decisions: [], orders: [] });
  expect((await house.store.guild(GUILD).story("i:2"))?.orders).not.toEqual([]);
});

describe("asking a human", () => {
  const answer = (approvalId: string, id: string, reply: "approve" | "reject" = "approve") =>
    ({
      id,
      guildId: GUILD,
      at: 1_760_000_030_000,
      kind: "approval.answered",
      approvalId,
      answer: reply,
      by: "dashboard:owner",
    }) as const;

  async function asked(): Promise<string> {
    const event = message("worse");
    house.bring(event);
    await house.commitOf((entry) => entry.event.id === event.id);
    return (await house.store.guild(GUILD).approvals("pending", 10))[0]!.id;
  }

  test("nothing is done before the answer, and one answer counts", async () => {
    await open();
    const id = await asked();
    expect(house.world.performed).toEqual([]);
    await Promise.all([
      house.road.submit(answer(id, "a1")),
      house.road.submit(answer(id, "a2")),
      house.road.submit(answer(id, "a3", "reject")),
    ]);
    await house.commitOf(done("member.ban"));
    for (const event of ["a1", "a2", "a3"]) await house.commitOf((entry) => entry.event.id === event);
    expect(house.world.performed.filter(({ action }) => action.verb === "member.ban")).toHaveLength(1);
    expect(await house.store.guild(GUILD).approval(id)).toMatchObject({
      status: "approved",
      answeredBy: "dashboard:owner",
    });
    expect(await house.store.guild(GUILD).cases({ limit: 5 })).toMatchObject([
      { verb: "member.ban", decidedBy: "agent:keeper, approved by dashboard:owner" },
    ]);
  });

  test("a rejected ban is never carried out", async () => {
    await open();
    const id = await asked();
    await house.road.submit(answer(id, "a1", "reject"));
    await house.commitOf((entry) => entry.event.id === "a1");
    await house.road.submit(answer(id, "a2"));
    await house.commitOf((entry) => entry.event.id === "a2");
    expect(house.world.performed).toEqual([]);
    expect(await house.store.guild(GUILD).approval(id)).toMatchObject({ status: "rejected" });
  });

  test("unanswered, it expires by a timer and a later answer does nothing", async () => {
    const clock = manualClock(1_760_000_000_000);
    await open({ clock });
    const id = await asked();
    clock.advance(86_400_000);
    await house.commitOf(({ event }) => event.kind === "clock.struck");
    expect(await house.store.guild(GUILD).approval(id)).toMatchObject({ status: "expired" });
    await house.road.submit(answer(id, "a1"));
    await house.commitOf((entry) => entry.event.id === "a1");
    expect(house.world.performed).toEqual([]);
  });
});

describe("the slow half", () => {
  test("runs after the commit, falls back without a model, and is committed once", async () => {
    await open();
    const event = message("hm");
    house.bring(message("first"), event);
    await house.commitOf(done("message.send"));
    expect(house.world.performed[0]?.action).toMatchObject({ words: { text: "llm.exhausted 1" } });
    const story = await house.store.guild(GUILD).story(event.id);
    expect(story?.decisions.map(({ phase }) => phase).sort()).toEqual(["fast", "slow"]);
  });

  test("under overload only low pairs are shed, and the decision says so", async () => {
    await open({ shedAbove: 0 });
    const low = message("hm idle");
    const medium = message("hm");
    house.bring(low, medium);
    await house.commitOf(done("message.send"));
    const shed = await house.store.guild(GUILD).story(low.id);
    expect(shed?.decisions).toMatchObject([{ phase: "fast", shed: true }]);
    expect((await house.store.guild(GUILD).story(medium.id))?.decisions).toHaveLength(2);
    expect(house.world.performed).toHaveLength(1);
  });
});

describe("a commit that fails", () => {
  /** Stands before a real twin and fails its commits in the ways a database does. */
  function unreliable(
    fail: (group: Parameters<Store["commit"]>[0], count: number) => "refuse" | "drop" | "lose-answer" | undefined,
  ): Store {
    const store = createMemoryStore();
    let count = 0;
    return {
      ...store,
      async commit(group) {
        const how = fail(group, count++);
        if (how === "refuse") return { refusal: "refused", cause: Object.assign(new Error("no"), { code: "22P05" }) };
        if (how === "lose-answer") await store.commit(group);
        if (how !== undefined) return { refusal: "unreachable", cause: new Error("gone") };
        return store.commit(group);
      },
    };
  }

  test("one poisonous event is journaled as such, its neighbours keep their effects", async () => {
    const isPoisonous = (group: Parameters<Store["commit"]>[0]) =>
      group.entries.some(
        ({ event, poison }) => poison === undefined && event.kind === "message.created" && event.text === "poison",
      );
    await open({ store: unreliable((group) => (isPoisonous(group) ? "refuse" : undefined)) });
    const offender = message("poison");
    house.bring(
      ...Array.from({ length: 20 }, () => message("fine")),
      offender,
      ...Array.from({ length: 20 }, () => message("fine")),
      message("bad"),
    );
    await house.commitOf(done("message.delete"));
    expect((await house.store.guild(GUILD).story(offender.id))?.row.poison).toBe("22P05");
    expect(await house.store.guild(GUILD).allTotals()).toMatchObject([{ value: 41 }]);
  });

  test("a slow half whose answer cannot be stored is over, with the code of what stopped it", async () => {
    const isAnswer = (group: Parameters<Store["commit"]>[0]) =>
      group.entries.some(({ considered, decisions }) => considered !== undefined && decisions[0]!.effects.length > 0);
    await open({ store: unreliable((group) => (isAnswer(group) ? "refuse" : undefined)) });
    const event = message("hm");
    house.bring(event);
    await house.commitOf(({ considered }) => considered !== undefined);
    const slow = (await house.store.guild(GUILD).story(event.id))?.decisions.find(({ phase }) => phase === "slow");
    expect(slow).toMatchObject({ agent: "keeper", error: "22P05", effects: [] });
    expect(await house.store.pending.backlog()).toEqual({ high: 0, medium: 0, low: 0 });
  });

  test.each(["drop", "lose-answer"] as const)("an unreachable database (%s) neither loses nor doubles", async (how) => {
    await open({ store: unreliable((_group, count) => (count > 0 && count % 3 === 1 ? how : undefined)) });
    for (let index = 0; index < 12; index++) {
      const event = message(index === 11 ? "bad" : "line");
      house.bring(event);
      await house.commitOf((entry) => entry.event.id === event.id || index < 11);
    }
    await house.commitOf(({ event }) => event.kind === "action.done");
    expect(await house.store.guild(GUILD).allTotals()).toMatchObject([{ value: 12 }]);
    expect(house.world.performed).toHaveLength(1);
  });
});

describe("an order for which a hand is free", () => {
  const putsDelete = (group: Parameters<Store["commit"]>[0]) =>
    group.entries.some(({ house }) =>
      house.some((change) => change.write === "order.put" && change.order.action.verb === "message.delete"),
    );

  test("goes from its commit into the hand, without a write of its own between", async () => {
    const store = createMemoryStore();
    const leased: string[] = [];
    const lease: Store["outbox"]["lease"] = (orderId, ...rest) => {
      leased.push(orderId);
      return store.outbox.lease(orderId, ...rest);
    };
    await open({ store: { ...store, outbox: { ...store.outbox, lease } } });
    house.bring(message("bad"));
    const { event } = await house.commitOf(done("message.delete"));
    expect(event).toMatchObject({ attempt: 1 });
    expect(leased.filter((id) => id === (event as { orderId?: string }).orderId)).toEqual([]);
  });

  test("waits like any other where all hands are full", async () => {
    await open({ handsAtOnce: 1 });
    house.bring(...Array.from({ length: 5 }, () => message("bad")));
    await house.commitOf(() => house.committed.filter(done("message.delete")).length === 5);
    expect(house.world.performed.filter(({ action }) => action.verb === "message.delete")).toHaveLength(5);
  });

  test("is given back where the answer to its commit was lost, and done once, long before its lease runs out", async () => {
    const store = createMemoryStore();
    let isLost = false;
    const commit: Store["commit"] = async (group) => {
      const result = await store.commit(group);
      if (isLost || !putsDelete(group)) return result;
      isLost = true;
      return { refusal: "unreachable", cause: new Error("gone") };
    };
    const times = { deadlineMs: 1_000, leaseMs: 3_600_000, reconcileAfterMs: 20, inboxMs: 5, sweepMs: 5 };
    await open({ store: { ...store, commit }, times });
    house.bring(message("bad"));
    const { event } = await house.commitOf(done("message.delete"));
    expect(event).toMatchObject({ attempt: 2 });
    expect(house.world.performed).toHaveLength(1);
  });
});

describe("a guild's own choices", () => {
  const policyFor: PolicyFor = (guildId, own) => ({
    ...policy({
      guildId,
      agents: { keeper: { mode: own === undefined ? "shadow" : "live", config: {}, hash: "test" } },
    }),
    ...(own === undefined ? {} : { version: own.version }),
  });
  const choice = (basedOn: number, id = `choice:${basedOn}`): GuildEvent => ({
    ...{ id, guildId: GUILD, at: 1_000, kind: "policy.chosen" as const },
    ...{ document: "mode: live", basedOn, by: "dashboard:owner" },
  });

  test("hold from the next event on, and in the next process", async () => {
    const store = createMemoryStore();
    await open({ store, policyFor });
    const before = message("bad");
    const after = message("bad");
    house.bring(before, choice(0), after);
    await house.commitOf(done("message.delete"));
    expect(house.world.performed).toMatchObject([{ eventId: after.id }]);
    await house.stop();

    await store.leases.giveBack((await store.leases.take("road", "test", Date.now(), 1))!);
    await open({ store, policyFor });
    const later = message("bad");
    house.bring(later);
    await house.commitOf(done("message.delete"));
    expect(house.world.performed).toMatchObject([{ eventId: later.id }]);
  });

  test("change nothing where they were based on a version that holds no more, and the record says so", async () => {
    await open({ policyFor });
    house.bring(choice(0), choice(0, "late"), choice(1));
    await house.commitOf(({ event }) => event.id === "choice:1");
    expect((await house.store.guild(GUILD).policies(9)).map(({ version }) => version)).toEqual([2, 1]);
    expect((await house.store.guild(GUILD).story("late"))?.decisions).toMatchObject([
      { agent: "house", reads: [{ method: "policyVersion", value: 1 }] },
    ]);
  });
});

test("what an agent kept in shadow is not there when it goes live", async () => {
  const strict = defineAgent({
    name: "strict",
    description: "Counts lines and notes the first",
    listens: ["message.created"],
    config: z.unknown(),
    decide(event, look) {
      const seen = [look.total("lines", "all"), look.record("note", "first")?.text ?? "none"];
      return [
        write({ write: "total.add", total: "lines", key: "all", by: 1 }),
        ...(seen[1] === "none"
          ? [write({ write: "record.put", record: "note", key: "first", value: { text: event.text, at: event.at } })]
          : []),
        propose(deletion(event), { rule: "seen", why: seen.join(" "), confidence: 1 }),
      ];
    },
  });
  const store = createMemoryStore();
  const policyFor: PolicyFor = (guildId, own) => ({
    ...policy({
      guildId,
      agents: { strict: { mode: own === undefined ? "shadow" : "live", config: {}, hash: "test" } },
    }),
    ...(own === undefined ? {} : { version: own.version }),
  });
  await open({ store, policyFor }, [strict]);
  const choice = { document: "", basedOn: 0, by: "dashboard:owner", kind: "policy.chosen" as const };
  const lines = ["a", "b", "c", "d"].map((text) => message(text));
  house.bring(lines[0]!, lines[1]!, { id: "live", guildId: GUILD, at: 9, ...choice }, lines[2]!, lines[3]!);
  await house.commitOf(({ event }) => event.id === lines[3]!.id);
  const why = async (id: string) =>
    (await store.guild(GUILD).story(id))?.decisions[0]?.verdicts.map(({ proposal }) => proposal.why);
  expect(await Promise.all(lines.map(({ id }) => why(id)))).toEqual([["0 none"], ["1 a"], ["0 none"], ["1 c"]]);
});

test("a member who is erased is forgotten by memory, too", async () => {
  const seen: string[] = [];
  const noter = defineAgent({
    name: "noter",
    description: "Remembers who said what",
    listens: ["message.created"],
    config: z.unknown(),
    decide(event, look) {
      seen.push(look.record("note", event.author.userId)?.text ?? "nothing");
      const value = { text: event.text, at: event.at };
      return [write({ write: "record.put", record: "note", key: event.author.userId, value })];
    },
  });
  await open({}, [noter]);
  const said = ["one", "two", "three"].map((text) => message(text));
  house.bring(said[0]!, said[1]!);
  await house.commitOf((entry) => entry.event.id === said[1]!.id);
  const { userId } = said[0]!.author;
  house.bring({ id: "erase", guildId: GUILD, at: 5, kind: "member.erased", userId, by: "terminal:mira" });
  await house.commitOf((entry) => entry.event.id === "erase");
  await house.store.guild(GUILD).erase(userId);
  house.bring(said[2]!);
  await house.commitOf((entry) => entry.event.id === said[2]!.id);
  expect([...new Set(seen)]).toEqual(["nothing", "one"]);
  expect(seen.at(-1)).toBe("nothing");
});

test("a total that was added to before it was ever read is read with what was added, in the same group and the next", async () => {
  const said: number[] = [];
  const teller = defineAgent({
    name: "teller",
    description: "Counts every line, and looks only when asked",
    listens: ["message.created"],
    config: z.unknown(),
    decide(event, look) {
      const add = write({ write: "total.add", total: "lines", key: event.author.userId, by: 1 });
      if (event.text === "how many?") said.push(look.total("lines", event.author.userId));
      return [add];
    },
  });
  await open({}, [teller]);
  house.bring(message("one"), message("two"), message("how many?"), message("three"));
  const last = message("how many?");
  house.bring(last);
  await house.commitOf((entry) => entry.event.id === last.id);
  expect([...new Set(said)]).toEqual([2, 4]);
});

test("a store that cannot be read for a while is waited for", async () => {
  const store = createMemoryStore();
  let failures = 3;
  const guild = (guildId: string): ReturnType<Store["guild"]> => ({
    ...store.guild(guildId),
    tallies: (from) => (failures-- > 0 ? Promise.reject(new Error("away")) : store.guild(guildId).tallies(from)),
  });
  await open({ store: { ...store, guild } });
  house.bring(message("bad"));
  await house.commitOf(done("message.delete"));
  expect(failures).toBeLessThan(0);
  expect(house.world.performed).toHaveLength(1);
});

describe("replay", () => {
  test("every decision gives the same bytes again, and a changed agent does not", async () => {
    await open({ record: "all" });
    house.bring(message("hm bad"), message("worse"), message("broken"), message("plain"));
    await house.commitOf(done("message.send"));
    const agents = new Map([keeper, bystander].map((agent) => [agent.name, agent]));
    const stricter: Agent = {
      ...keeper,
      decide: (event, look, config) => [...keeper.decide(event, look, config), tally("said", "more")],
    };
    const known = policy({ agents: { keeper: { mode: "live", config: {}, hash: "test" } } });
    let replayed = 0;
    for await (const decision of house.store.guild(GUILD).decisions({ from: 0, to: Number.MAX_SAFE_INTEGER })) {
      const event = (await house.store.guild(GUILD).event(decision.eventId))!;
      expect(await replay(decision, event, agents, known)).toEqual({ same: true });
      const changed = await replay(decision, event, new Map([...agents, ["keeper", stricter]]), known);
      expect(changed.same).toBe(
        decision.agent !== "keeper" || decision.phase === "slow" || decision.error !== undefined,
      );
      replayed++;
    }
    expect(replayed).toBeGreaterThanOrEqual(7);
  });
});

describe("rehearse", () => {
  const everything = { from: 0, to: Number.MAX_SAFE_INTEGER };

  test("says what the policy would have done, over the journal, and writes nothing", async () => {
    await open();
    house.bring(message("bad"), message("plain"), message("worse"), message("bad"));
    await house.commitOf(done("message.delete"));
    await house.road.stop();
    const before = await house.store.guild(GUILD).latest({ limit: 100 });
    const shadowed = policy({
      agents: { keeper: { mode: "shadow", config: {}, hash: "test" } },
      approval: { verbs: ["member.ban"], expireAfterSeconds: 60 },
    });
    const report = await rehearse(house.store.guild(GUILD), [keeper], shadowed, everything);
    expect(report.rulings).toEqual([
      { agent: "keeper", rule: "bad-word", ruling: "run", count: 2 },
      { agent: "keeper", rule: "bad-word", ruling: "ask", count: 1 },
    ]);
    expect(report.events).toBe(before.length);
    expect(report).toMatchObject({ messages: 4, hits: [{ agent: "keeper", rule: "bad-word", messages: 3 }] });
    expect(await house.store.guild(GUILD).latest({ limit: 100 })).toEqual(before);
  });

  test("a stricter quota shows in the rehearsal", async () => {
    await open();
    house.bring(message("warn"), message("warn", { author: member("51") }), message("warn", { author: member("52") }));
    await house.commitOf(done("dm.open"));
    await house.road.stop();
    const strict = policy({
      agents: { keeper: { mode: "live", config: {}, hash: "test" } },
      quota: { perRule: { measures: 1, perSeconds: 600 }, perModerator: { measures: 1, perSeconds: 600 } },
    });
    const { rulings } = await rehearse(house.store.guild(GUILD), [keeper], strict, everything);
    expect(rulings.map(({ ruling, count }) => [ruling, count])).toEqual([
      ["drop", 2],
      ["run", 1],
    ]);
  });
});

test("a process that has lost its shard stops, and changes nothing any more", async () => {
  let lost: (code: string) => void = () => undefined;
  const fatal = new Promise<string>((resolve) => (lost = resolve));
  await open({ onFatal: (error) => lost(error.code) });
  await house.commitOf(({ event }) => event.kind === "guild.available");
  const lease = await house.store.leases.take("road", "test", Date.now(), 1);
  await house.store.leases.giveBack(lease!);
  await house.store.leases.take("road", "somebody else", Date.now() + 10, 60_000);
  house.bring(message("bad"));
  expect(await fatal).toBe("lease-lost");
  expect(house.world.performed).toEqual([]);
});
