import { broken, ConfigurationError, type Finding, fine, GuildhallError, type Store, weaker } from "#core";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { type HouseCommands, runCli, type Terminal } from "../../src/doors/cli/index.ts";
import { createTestHouse, type TestHouse } from "./kit/house.ts";
import { opened } from "./kit/tickets.ts";
import { CHANNELS, directory, GUILD } from "./kit/road.ts";

const BRAM = "900000000000000102";

let house: TestHouse;
let calls: unknown[];
let closed: number;

beforeEach(async () => {
  house = await createTestHouse();
  calls = [];
  closed = 0;
});

const FINDINGS: Finding[] = [fine("token", "accepted"), weaker("disk", "0.5 GB are free", "make room")];

function commands(changes: Partial<HouseCommands> = {}): HouseCommands {
  const note = (name: string, ...given: unknown[]): void => void calls.push([name, ...given]);
  return {
    version: "1.2.3",
    clock: { now: () => Date.parse("2026-03-08T12:00:00Z") },
    start: async (flags) => (note("start", flags), 0),
    migrate: async (flags) => (note("migrate", flags), 0),
    openStore: async (flags) => {
      note("openStore", flags);
      return { ...house.store, close: async () => void (closed += 1) };
    },
    appealLink: ({ guildId, number, userId }) => ({
      url: `https://hall/appeal/${guildId}.${number}.${userId}`,
      until: 5,
    }),
    checkPolicy: async (guildId, document) => {
      note("checkPolicy", guildId);
      house.policies.check(guildId, document);
    },
    presets: async () => house.policies.presets,
    amendPolicy: async (document, changes) => {
      note("amendPolicy", document, changes);
      return `preset: ${String(changes[0]!.value)}\n`;
    },
    weighPolicy: async (_store, guildId, document) => {
      note("weighPolicy", guildId);
      const rule = { agent: "porter", rule: "knock", messages: 4, share: 0.1 };
      return { messages: 40, heavy: document.includes("strict") ? [rule] : [] };
    },
    listModels: async () => ({
      small: ["anthropic:haiku", "openai:mini"],
      large: [],
      witnesses: ["openai:omni"],
      embeddings: [],
      missing: [{ provider: "google-genai", variable: "GEMINI_API_KEY" }],
    }),
    testModels: async (progress) => {
      progress("anthropic:haiku");
      const tokens = { tokensIn: 90, tokensOut: 8 };
      return [
        { ...tokens, model: "anthropic:haiku", verdict: "right", answered: true, milliseconds: 412, dollars: 0.00013 },
        {
          model: "openai:mini",
          verdict: "the key is refused",
          answered: false,
          milliseconds: 80,
          tokensIn: 0,
          tokensOut: 0,
        },
      ];
    },
    eraseFiles: async (guildId, userId) => (note("eraseFiles", guildId, userId), 2),
    examine: async (request, flags) => (note("examine", request, flags), FINDINGS),
    invite: async () => ({ url: "https://discord.example/link", permissions: ["BAN_MEMBERS"], agents: ["porter"] }),
    replay: async (_store, request, progress) => {
      note("replay", request);
      progress(2);
      return { decisions: 2, identical: 2, notReplayable: 0, different: [] };
    },
    rehearse: async (_store, request) => {
      note("rehearse", request);
      return {
        ...{ events: 9, messages: 8, hits: [{ agent: "porter", rule: "lure-link", messages: 4 }], textExpired: 0 },
        rulings: [{ agent: "porter", rule: "lure-link", ruling: "run", count: 4 }],
        examples: [],
      };
    },
    ...changes,
  };
}

interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function guildhall(
  line: string,
  given: HouseCommands = commands(),
  terminal: Partial<Terminal> = {},
): Promise<Said> {
  let out = "";
  let err = "";
  const code = await runCli(line.split(" ").filter(Boolean), given, {
    out: (text) => void (out += text),
    err: (text) => void (err += text),
    ...{ columns: Number.POSITIVE_INFINITY, colour: false, progress: false, user: "mira" },
    ...terminal,
  });
  return { code, out, err };
}

const say = (text: string) => house.demo!.say({ memberId: BRAM, channelId: CHANNELS.lounge, text });
const eventOf = async (...words: Parameters<typeof say>) => `m:${(await say(...words)).messageId}`;

async function secondGuild(): Promise<void> {
  const other = { ...directory, guildId: "900000000000000002", name: "Mill Yard" };
  const event = {
    id: "kit:1",
    guildId: other.guildId,
    at: house.road.now(),
    kind: "guild.available",
    directory: other,
  } as const;
  await house.road.commit({ event, house: [{ write: "directory.put", directory: other }] });
}

describe("exit codes", () => {
  it.each([
    ["", 2, /Usage: guildhall/],
    ["--help", 0, /^$/],
    ["--version", 0, /^$/],
    ["activty", 2, /unknown command 'activty'\n\(Did you mean activity\?\)/],
    ["case lst", 2, /Did you mean list\?/],
    ["activity --limt 3", 2, /Did you mean --limit\?/],
    ["activity --limit 0", 2, /Give a number from 1 to 1000/],
    ["start --port 99999", 2, /A port is a number from 0 to 65535/],
    ["replay --from yesterday", 2, /Give a date/],
    ["replay --from 1h --to 2h", 2, /^guildhall: --from must lie before --to\n$/],
    ["rehearse", 2, /required option '--from <when>'/],
    ["why", 2, /missing required argument 'eventId'/],
    ["why 42", 1, /^guildhall: the journal holds no event 42\n$/],
    ["case view 7", 1, /^guildhall: there is no case #7\n$/],
    ["case note 7 hello", 1, /there is no case #7/],
    ["case undo 7", 2, /missing required argument/],
    ["case view seven", 2, /A case has a number/],
    ["approval approve 7", 1, /^guildhall: there is no approval 7\n$/],
    ["activity --guild Elsewhere", 1, /there is no guild "Elsewhere" here; there is Lantern Court/],
  ])("guildhall %s ends with %i", async (line, code, err) => {
    const said = await guildhall(line);
    expect(said.code).toBe(code);
    expect(said.err).toMatch(err);
  });

  it.each([
    [new ConfigurationError("guild.yaml:3:7: expected a number"), 3, "guildhall: guild.yaml:3:7: expected a number\n"],
    [new GuildhallError("locked", "the data folder is in use"), 1, "guildhall: the data folder is in use\n"],
    [new TypeError("x is undefined"), 1, "guildhall: x is undefined\nThis is a fault of Guildhall itself.\n"],
  ])("says %s in a line and never throws", async (error, code, err) => {
    expect(await guildhall("start", commands({ start: () => Promise.reject(error) }))).toEqual({ code, out: "", err });
  });

  it("passes on what start and migrate end with", async () => {
    expect((await guildhall("migrate", commands({ migrate: async () => 3 }))).code).toBe(3);
  });
});

describe("start and migrate", () => {
  it("hand their flags on, and nothing that was not given", async () => {
    await guildhall("start");
    await guildhall("start --host 0.0.0.0 --port 0 --data ./here");
    await guildhall("migrate --data ./here");
    expect(calls).toEqual([
      ["start", {}],
      ["start", { host: "0.0.0.0", port: 0, data: "./here" }],
      ["migrate", { data: "./here" }],
    ]);
  });
});

describe("doctor", () => {
  const sick = [...FINDINGS, { ...broken("Mill\u202eYard", "lacks a role\n", "give it"), guildId: GUILD }];

  it("says a line a finding with its fix, and ends well where nothing is broken", async () => {
    expect(await guildhall("doctor")).toEqual({
      ...{ code: 0, err: "" },
      out: "ok      token: accepted\nweaker  disk: 0.5 GB are free → make room\n",
    });
    expect(calls).toEqual([["examine", {}, {}]]);
  });

  it("ends with 1 where something is broken, and lets no name move the cursor", async () => {
    const said = await guildhall("doctor", commands({ examine: async () => sick }));
    expect([said.code, said.out.split("\n")[2]]).toEqual([1, "broken  MillYard: lacks a role  → give it"]);
  });

  it("hands on what is asked about, and prints JSON", async () => {
    const said = await guildhall("doctor --guild 7 --channel 8 --data ./here --json");
    expect(calls).toEqual([["examine", { guildId: "7", channelId: "8" }, { data: "./here" }]]);
    expect(JSON.parse(said.out)).toEqual({ ok: true, findings: FINDINGS });
  });

  it("is coloured on a terminal only", async () => {
    const coloured = await guildhall("doctor", commands(), { colour: true });
    expect(coloured.out).toContain("\u001b[32mok    \u001b[39m");
    expect((await guildhall("doctor")).out).not.toContain("\u001b");
  });
});

it("invite prints the link alone, so that it can be piped", async () => {
  expect(await guildhall("invite")).toEqual({
    code: 0,
    out: "https://discord.example/link\n",
    err: "With BAN_MEMBERS.\n",
  });
  expect(JSON.parse((await guildhall("invite --json")).out)).toMatchObject({ agents: ["porter"] });
});

describe("which guild", () => {
  it("need not be said where there is one", async () => {
    await say("see free-lamps.example");
    expect((await guildhall("activity")).out).toContain("porter deleted a message by Bram in #lounge");
  });

  it("must be said where there are two, by id or by name", async () => {
    await secondGuild();
    const unsaid = await guildhall("activity");
    expect([unsaid.code, unsaid.err]).toEqual([
      2,
      expect.stringContaining("say which guild with --guild: Lantern Court"),
    ]);
    expect((await guildhall(`activity --all --guild ${GUILD} --json`)).code).toBe(0);
    const named = await runCli(["activity", "--all", "--json", "--guild", "mill yard"], commands(), silent());
    expect(named).toBe(0);
  });

  it("is listed", async () => {
    expect((await guildhall("guild list")).out).toBe(`ID                  NAME\n${GUILD}  Lantern Court\n`);
  });
});

const silent = (): Terminal => ({
  out: () => {},
  err: () => {},
  columns: 80,
  colour: false,
  progress: false,
  user: "mira",
});

describe("reading", () => {
  it("keeps data on stdout and remarks on stderr, and closes the store", async () => {
    expect(await guildhall("activity")).toEqual({
      code: 0,
      out: "",
      err: "Nothing yet. With --all you see quiet events too.\n",
    });
    expect(await guildhall("case list --json")).toEqual({ code: 0, out: "[]\n", err: "" });
    expect([calls, closed]).toEqual([
      [
        ["openStore", {}],
        ["openStore", {}],
      ],
      2,
    ]);
  });

  it("closes the store also where something fails", async () => {
    await guildhall("why 42");
    expect(closed).toBe(1);
  });

  it("tells the whole why of an event", async () => {
    const eventId = await eventOf("see free-lamps.example");
    const { out } = await guildhall(`why ${eventId}`);
    expect(out.replace(/\d{4}-\d\d-\d\dT\S+/, "TIME")).toBe(
      [
        "Bram wrote in #lounge  TIME",
        "  “see free-lamps.example”",
        "",
        "porter · lure-link",
        "  noticed   links to free-lamps.example (100 % sure), proposed message.delete",
        "  judged    run: nothing spoke against it (clear)",
        "  outcome   deleted a message by Bram in #lounge",
        "  order     message.delete done, attempt 0",
        "",
      ].join("\n"),
    );
  });

  it("prints the same as JSON", async () => {
    const eventId = await eventOf("see free-lamps.example");
    const why = JSON.parse((await guildhall(`why ${eventId} --json`)).out) as { event: { id: string } };
    expect(why.event.id).toBe(eventId);
    const [item] = JSON.parse((await guildhall("activity --json")).out) as { eventId: string }[];
    expect(item?.eventId).toBe(eventId);
  });

  it("shows cases with what led to them", async () => {
    await say("let us burn the court down");
    const [approval] = await house.store.guild(GUILD).approvals("pending", 1);
    const answer = {
      id: "x",
      guildId: GUILD,
      at: house.road.now(),
      approvalId: approval!.id,
      by: "dashboard:owner",
    } as const;
    await house.submit({ ...answer, kind: "approval.answered", answer: "approve", note: "enough" });
    expect((await guildhall("case list")).out).toMatch(
      / *#1 .* ban +Bram +agent:porter +done +threatens the whole court\n$/,
    );
    expect((await guildhall("case appeal-link 1")).out).toBe(`https://hall/appeal/${GUILD}.1.${BRAM}\n`);
    const { out } = await guildhall("case view #1");
    expect(out).toContain("Case #1: ban Bram (done)\n");
    expect(out).toContain("  outcome   banned Bram, case #1\n");
    expect(out).toMatch(/question: Bram wrote in #lounge \(m:\d+\)\n/);
    expect(JSON.parse((await guildhall("case examples --json")).out)).toEqual([]);
    const at = house.road.now();
    await house.road.commit({
      event: { id: "noted", guildId: GUILD, at, kind: "clock.struck", owner: "porter", timer: "note", payload: null },
      writes: (["note", "overturned"] as const).map((kind) => ({
        owner: "porter",
        change: { write: "case.add", number: 1, entry: { kind, name: "Mo", at, text: "kind since" } },
      })),
    });
    expect((await guildhall("case view 1")).out).toMatch(/note by Mo: kind since\n.*overturned by Mo: kind since\n/);
    expect((await guildhall(`why ${approval!.eventId}`)).out).toMatch(
      /answered {2}approved by dashboard:owner, .*: enough\n/,
    );
  });

  it("fits tables to the terminal, and cuts nothing in a pipe", async () => {
    await say(`see free-lamps.example`);
    const narrow = await guildhall("activity", commands(), { columns: 80 });
    expect(Math.max(...narrow.out.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(narrow.out).toContain("…");
    expect((await guildhall("activity")).out).not.toContain("…");
  });

  it("lets no member's words steer the terminal", async () => {
    const eventId = await eventOf("\u001b[2Jgone \u202efree-lamps.example");
    expect((await guildhall(`why ${eventId}`)).out).toContain("“ [2Jgone free-lamps.example”");
  });

  it("uses colour only where the terminal shows it", async () => {
    expect((await guildhall("guild list", commands(), { colour: true })).out).toContain("\u001b[1m");
    expect((await guildhall("guild list")).out).not.toContain("\u001b");
  });

  it("sums up where the house stands", async () => {
    await say("let us burn the court down");
    const { out } = await guildhall("status");
    expect(out).toContain("inbox    0 waiting\n");
    expect(out).toContain("guild    Lantern Court: 1 to approve, 0 with unknown outcome\n");
  });
});

describe("approvals", () => {
  beforeEach(() => say("let us burn the court down"));

  /** A store whose inbox is read by a running house. */
  const attended = (): HouseCommands =>
    commands({
      openStore: async (): Promise<Store> => ({
        ...house.store,
        inbox: { ...house.store.inbox, put: (event) => house.submit(event) },
        close: async () => undefined,
      }),
    });
  const pendingId = async (): Promise<string> => (await house.store.guild(GUILD).approvals("any", 1))[0]!.id;

  it("lists them, answers through the inbox, and says what came of it", async () => {
    expect((await guildhall("approval list")).out).toContain("porter asks to ban Bram");
    const id = await pendingId();
    const said = await runWithNote(["approval", "reject", id, "--note", "a bad joke"]);
    expect(said).toEqual({ code: 0, out: "rejected by terminal:mira\n", err: "" });
    expect(await house.store.guild(GUILD).approval(id)).toMatchObject({
      note: "a bad joke",
      answeredBy: "terminal:mira",
    });
    expect((await guildhall("approval list --status any")).out).toMatch(/rejected by terminal:mira after \d+[smh]/);
    expect((await guildhall("approval stats")).out).toMatch(
      /^waiting 0; of the latest: answered 1 \(terminal 1\), expired 0; half within \d+[smh]\n$/,
    );
    expect(await guildhall(`approval approve ${id}`, attended())).toMatchObject({
      code: 1,
      err: "guildhall: this was rejected already by terminal:mira\n",
    });
  });

  async function runWithNote(argv: readonly string[]): Promise<Said> {
    let out = "";
    let err = "";
    const terminal = {
      ...silent(),
      out: (text: string) => void (out += text),
      err: (text: string) => void (err += text),
    };
    return { code: await runCli(argv, attended(), terminal), out, err };
  }

  it("says that the answer is stored where no house runs to take it", async () => {
    const said = await guildhall(`approval approve ${await pendingId()} --wait 0`);
    expect(said).toEqual({
      code: 4,
      out: "approve: stored, not yet taken\n",
      err: "The house has not taken it yet; it does as soon as it runs.\n",
    });
    expect(await house.store.inbox.waiting(9)).toMatchObject([{ kind: "approval.answered", by: "terminal:mira" }]);
  });
});

describe("a guild's own choices", () => {
  const folder = mkdtempSync(join(tmpdir(), "guildhall-choices-"));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = (text: string): string => {
    const path = join(folder, "choices.yaml");
    writeFileSync(path, text);
    return path;
  };
  /** A house that takes what is put into its inbox. */
  const attentive = (): HouseCommands =>
    commands({
      openStore: async () => ({
        ...house.store,
        inbox: { ...house.store.inbox, put: (event) => house.submit(event) },
        close: async () => undefined,
      }),
    });

  it("are chosen from a file, shown, listed and rolled back", async () => {
    expect(await guildhall("policy show")).toMatchObject({
      code: 0,
      out: "",
      err: expect.stringContaining("chose nothing of its own") as string,
    });
    expect(await guildhall(`policy set ${file("locale: de\n")}`, attentive())).toMatchObject({
      code: 0,
      out: "version 1 holds from now on\n",
    });
    await guildhall(`policy set ${file("locale: fr\n")}`, attentive());
    expect(await guildhall("policy show")).toMatchObject({ code: 0, out: "locale: fr\n" });
    await guildhall("policy rollback 1", attentive());
    expect(await guildhall("policy show --json")).toMatchObject({
      out: expect.stringContaining("locale: de") as string,
    });
    const { out } = await guildhall("policy history");
    expect(out.split("\n").map((line) => line.trim().split(/\s+/)[0])).toEqual(["VERSION", "3", "2", "1", ""]);
    expect(calls).toContainEqual(["checkPolicy", GUILD]);
  });

  it.each([
    [`policy set ${folder}/none.yaml`, 2, /none\.yaml cannot be read \(ENOENT\)/],
    ["policy rollback 7", 1, /there is no version 7/],
    ["policy rollback latest", 2, /A version is a number/],
  ])("%s is refused in one line", async (line, code, says) => {
    expect(await guildhall(line, attentive())).toMatchObject({ code, err: expect.stringMatching(says) as string });
  });

  it("and what it answers from comes from a file, whose bad rows are told by their lines", async () => {
    const path = join(folder, "faq.csv");
    writeFileSync(path, "question,answer\nHow long is the bridge?,Forty metres\nWho?,\n");
    expect(await guildhall("faq list")).toMatchObject({
      code: 0,
      err: expect.stringContaining("Nothing is known") as string,
    });
    expect(await guildhall(`faq import ${path} --wait 0`)).toMatchObject({
      code: 4,
      out: "1 answers handed in of faq.csv\n",
      err: expect.stringContaining("faq.csv:3 there is no answer") as string,
    });
    const [given] = await house.store.inbox.waiting(9);
    expect(given).toMatchObject({ kind: "knowledge.given", name: "faq.csv", passages: [{ text: "Forty metres" }] });
    expect(await guildhall(`faq import ${join(folder, "none.csv")}`)).toMatchObject({ code: 2 });
    expect(await guildhall("faq import picture.png")).toMatchObject({
      code: 2,
      err: expect.stringMatching(/neither/) as string,
    });
  });

  it("and what it answers from is written, changed and taken back by hand", async () => {
    const written = await guildhall("faq add --question Roof? --answer Ladder --also Top? --wait 0");
    expect(written).toMatchObject({ code: 4, out: expect.stringMatching(/^entry:cli:/) as string });
    const [given] = (await house.store.inbox.waiting(9)).slice(-1);
    expect(given).toMatchObject({
      ...{ kind: "knowledge.given", entryId: written.out.trim(), by: expect.stringMatching(/^terminal:/) as string },
      passages: [{ asks: ["Roof?", "Top?"], text: "Ladder" }],
    });
    expect(await guildhall("faq gaps")).toMatchObject({
      code: 0,
      err: expect.stringMatching(/Nothing waits/) as string,
    });
  });

  it.each([
    ["faq add --question Roof?", /--answer: there is none/],
    ["faq add --gap question:7 --answer Up", /nothing waits under question:7/],
    ["faq edit file:x.md --answer Up", /file:x\.md is no entry/],
    ["faq edit entry:7 --answer Up", /nothing known here is called entry:7/],
    ["faq remove entry:7", /nothing known here is called entry:7/],
    ["faq show entry:7", /nothing known here is called entry:7/],
  ])("%s is refused in one line", async (line, says) => {
    expect(await guildhall(line)).toMatchObject({ code: 2, err: expect.stringMatching(says) as string });
  });

  it("are tickets counted, for people and for programs", async () => {
    expect(await guildhall("tickets stats --days 7")).toMatchObject({
      code: 0,
      out: "No ticket was opened in the last 7 days.\n",
    });
    await opened(house, Date.parse("2026-03-08T11:00:00Z"));
    const { code, out } = await guildhall("tickets stats");
    expect(code).toBe(0);
    expect(out).toMatch(/all +1 +1 +5 min \/ 5 min +30 min \/ 30 min +100 % +- +4\.0/);
    expect(out).toMatch(/type help +1/);
    expect(out).toMatch(/by 900000000000000102 +1/);
    const { all } = JSON.parse((await guildhall("tickets stats --json")).out) as { all: object };
    expect(all).toMatchObject({ opened: 1, firstAnswer: { count: 1, median: 300_000 } });
    expect(await guildhall("tickets stats --days 0")).toMatchObject({
      code: 2,
      err: expect.stringMatching(/1 to 365/) as string,
    });
  });

  it("are refused where they are wrong, and nothing is handed in", async () => {
    const said = await guildhall(`policy set ${file("wrong: 1\n")}`, attentive());
    expect(said).toMatchObject({ code: 3, err: expect.stringContaining("policy:1:1") as string });
    expect(await house.store.guild(GUILD).policies(9)).toEqual([]);
  });

  it("ask first where a rule would have hit many of the last day's messages", async () => {
    const said = await guildhall(`policy set ${file("strict: true\n")}`, attentive());
    expect(said).toMatchObject({ code: 1, out: "" });
    expect(said.err).toContain("porter/knock would have hit 4 of 40 messages of the last day (10.0 %)");
    expect(said.err).toContain("--yes");
    expect(await house.store.guild(GUILD).policies(9)).toEqual([]);
    const meant = await guildhall(`policy set ${file("strict: true\n")} --yes`, attentive());
    expect(meant).toMatchObject({ code: 0, out: "version 1 holds from now on\n" });
  });

  it("can start from a preset, over what was chosen before", async () => {
    const { out } = await guildhall("policy presets");
    expect(out).toContain("quiet   Quiet  For those who whisper.");
    expect(JSON.parse((await guildhall("policy presets --json")).out)).toMatchObject([{ name: "quiet" }]);
    await guildhall(`policy set ${file("locale: de\n")}`, attentive());
    expect(await guildhall("policy use quiet", attentive())).toMatchObject({ code: 0 });
    expect(calls).toContainEqual(["amendPolicy", "locale: de\n", [{ path: ["preset"], value: "quiet" }]]);
    expect(await guildhall("policy show")).toMatchObject({ out: "preset: quiet\n" });
    await guildhall("policy use default", attentive());
    expect(calls).toContainEqual(["amendPolicy", "preset: quiet\n", [{ path: ["preset"] }]]);
  });

  it("wait for the house where none runs", async () => {
    const said = await guildhall(`policy set ${file("locale: de\n")} --wait 0`);
    expect(said).toMatchObject({ code: 4, out: "stored, not yet taken\n" });
    expect(await house.store.inbox.waiting(9)).toMatchObject([
      { kind: "policy.chosen", basedOn: 0, by: "terminal:mira" },
    ]);
  });
});

describe("erasing a member", () => {
  /** A house that takes what is put into its inbox. */
  const attentive = (): HouseCommands =>
    commands({
      openStore: async () => ({
        ...house.store,
        inbox: { ...house.store.inbox, put: (event) => house.submit(event) },
        close: async () => undefined,
      }),
    });

  it("lets the house forget first, takes them out of what is kept, and prints a receipt", async () => {
    const eventId = await eventOf("see free-lamps.example");
    const said = await guildhall(`member erase ${BRAM} --yes`, attentive());
    expect(said).toMatchObject({ code: 0, err: "" });
    expect(said.out).toMatch(/^Erased or changed:\n/);
    expect(said.out).toMatch(/^events +\d+$/m);
    expect(said.out).toMatch(/^files +2$/m);
    expect(calls).toContainEqual(["eraseFiles", GUILD, BRAM]);
    const story = JSON.stringify(await house.store.guild(GUILD).story(eventId));
    expect(story).toContain("erased");
    expect(story).not.toContain(BRAM);
    expect(story).not.toContain("free-lamps");
  });

  it.each([
    [`member erase ${BRAM}`, 2, /cannot be taken back; add --yes/],
    ["member erase bram --yes", 2, /17 to 20 digits/],
  ])("%s is refused in one line", async (line, code, says) => {
    expect(await guildhall(line, attentive())).toMatchObject({ code, err: expect.stringMatching(says) as string });
  });

  it("says what is left where no house has heard of it", async () => {
    const said = await guildhall(`member erase ${BRAM} --yes --wait 0`);
    expect(said).toMatchObject({ code: 4, err: expect.stringContaining("run this again") as string });
  });
});

describe("replay and rehearse", () => {
  it("understand dates and how long ago", async () => {
    await guildhall("replay --from 2h");
    await guildhall("rehearse --from 2026-03-01T00:00Z --to 2026-03-02T00:00Z --policy ./guild.yaml");
    const ran = calls.filter((call) => (call as string[])[0] !== "openStore");
    expect(ran).toEqual([
      ["replay", { guildId: GUILD, from: Date.parse("2026-03-08T10:00:00Z") }],
      [
        "rehearse",
        {
          guildId: GUILD,
          from: Date.parse("2026-03-01T00:00:00Z"),
          to: Date.parse("2026-03-02T00:00:00Z"),
          policyFile: "./guild.yaml",
        },
      ],
    ]);
  });

  it.each([
    [{ different: [], notReplayable: 0 }, 0],
    [{ different: [], notReplayable: 1 }, 4],
    [{ different: [{ eventId: "7", agent: "porter", phase: "fast" }], notReplayable: 1 }, 1],
  ])("replay of %j ends with %i", async (found, code) => {
    const replay = async () => ({ decisions: 3, identical: 2, ...found });
    expect((await guildhall("replay", commands({ replay }))).code).toBe(code);
  });

  it("shows what would have been proposed, and progress on a screen only", async () => {
    const { out } = await guildhall("rehearse --from 2d --to 1d");
    expect(out).toContain("9 events\n");
    expect(out).toMatch(/porter +lure-link +run +4\n/);
    expect((await guildhall("replay", commands(), { progress: true })).err).toBe("\r2 decisions…\r\u001b[K");
    expect((await guildhall("replay")).err).toBe("");
  });
});

describe("models", () => {
  it("lists which are asked and what is missing", async () => {
    const { code, out } = await guildhall("models list");
    expect(code).toBe(0);
    expect(out).toContain("small    anthropic:haiku, openai:mini");
    expect(out).toContain("large    none: by rules alone");
    expect(out).toContain("witness  openai:omni");
    expect(out).toContain("vectors  none: search by words");
    expect(out).toContain("without  google-genai: GEMINI_API_KEY is not set");
  });

  it("asks each one, and says by the exit code whether all answered", async () => {
    const { code, out, err } = await guildhall("models test");
    expect(code).toBe(4);
    expect(err).toContain("asking anthropic:haiku");
    expect(out).toMatch(/anthropic:haiku +412 +90\+8 +\$0\.000130 +right/);
    expect(out).toMatch(/openai:mini +80 +0\+0 +no price +the key is refused/);
    const asJson = await guildhall("models test --json");
    expect(JSON.parse(asJson.out)).toHaveLength(2);
    expect(asJson.err).toBe("");
  });
});
