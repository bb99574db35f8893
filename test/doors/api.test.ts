import { request as httpRequest } from "node:http";
import { createServer } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { ConfigurationError, GuildhallError, snowflakeAt, type Mode, type Write } from "#core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { appealPath } from "../../src/doors/api/appeal-link.ts";
import { type Api, createApi } from "../../src/doors/api/index.ts";
import { createSigner } from "../../src/doors/api/signed.ts";
import { createTestHouse, type TestHouse, TOKEN } from "./kit/house.ts";
import { CHANNELS, GUILD } from "./kit/road.ts";

let house: TestHouse;
let api: Api;
let url: string;

async function open(changes: Parameters<typeof createTestHouse>[0] = {}): Promise<void> {
  house = await createTestHouse(changes);
  api = createApi(house);
  ({ url } = await api.listen("127.0.0.1", 0));
}

beforeEach(() => open());
afterEach(() => api.close());

const bearer = { authorization: `Bearer ${TOKEN}` };
const get = (path: string, headers: Record<string, string> = bearer) =>
  fetch(url + path, { headers, redirect: "manual" });
const json = async <T = Record<string, never>>(path: string): Promise<T> => (await (await get(path)).json()) as T;
const post = (path: string, body: unknown, headers: Record<string, string> = bearer) =>
  fetch(url + path, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });

/** fetch does not let one choose the Host. */
function rawStatus(path: string, headers: Record<string, string>, method = "GET"): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(url + path, { headers, method }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    request.on("error", reject).end();
  });
}

const BRAM = "900000000000000102";
const say = (text: string, memberId = BRAM) => house.demo!.say({ memberId, channelId: CHANNELS.lounge, text });
const eventOf = async (...words: Parameters<typeof say>) => `m:${(await say(...words)).messageId}`;

async function signedIn(): Promise<string> {
  const response = await get(`/?token=${TOKEN}`, {});
  return response.headers.get("set-cookie")!.split(";")[0]!;
}

describe("who gets in", () => {
  it.each([
    ["/healthz", 200],
    ["/readyz", 200],
    ["/metrics", 401],
    ["/api/house", 401],
    ["/api/openapi.json", 401],
    ["/api/feed", 401],
    ["/api/nowhere", 401],
    ["/%61pi/house", 401],
    ["/%6detrics", 401],
    ["/healthz/../api/house", 401],
  ])("answers %s without a token with %i", async (path, status) => {
    expect((await get(path, {})).status).toBe(status);
  });

  it("takes the bearer token, and no other", async () => {
    expect((await get("/api/house")).status).toBe(200);
    expect((await get("/metrics")).status).toBe(200);
    expect((await get("/api/house", { authorization: "Bearer wrong" })).status).toBe(401);
  });

  it("turns the link into a cookie that scripts cannot read and that is not the token", async () => {
    const response = await get(`/?token=${TOKEN}`, {});
    const cookie = response.headers.get("set-cookie")!;
    expect([response.status, response.headers.get("location")]).toEqual([303, "/"]);
    expect(cookie).toContain("; HttpOnly; SameSite=Strict; Path=/");
    expect(cookie).not.toContain(TOKEN);
    expect((await get("/api/house", { cookie: await signedIn() })).status).toBe(200);
  });

  it("sends a wrong link back without a cookie", async () => {
    const response = await get("/?token=guess", {});
    expect([response.headers.get("location"), response.headers.get("set-cookie")]).toEqual(["/?sign-in=refused", null]);
  });

  it("refuses names that were rebound to this address", async () => {
    const cookie = await signedIn();
    expect(await rawStatus("/api/house", { host: "lanterns.example", cookie })).toBe(421);
    expect(await rawStatus("/", { host: "lanterns.example" })).toBe(421);
    expect(await rawStatus("/api/house", { host: "localhost:3000", cookie })).toBe(200);
    expect(await rawStatus("/healthz", { host: "lanterns.example" })).toBe(200);
    expect(await rawStatus("/metrics", { host: "lanterns.example", ...bearer })).toBe(200);
  });

  it("knows the names it was told", async () => {
    await api.close();
    await open({ allowedHosts: ["court.example"] });
    expect(await rawStatus("/api/house", { host: "court.example", cookie: await signedIn() })).toBe(200);
  });

  it.each([
    ["our own page", { origin: "self" }, 201],
    ["a browser that says same-origin", { "sec-fetch-site": "same-origin" }, 201],
    ["another site", { origin: "https://moths.example" }, 403],
    ["another port of this machine", { origin: "http://127.0.0.1:1" }, 403],
    ["a sandboxed frame", { origin: "null" }, 403],
    ["nobody who says where from", {}, 403],
  ])("takes changes by cookie from %s: %#", async (_who, from, status) => {
    const origin = "origin" in from && from.origin === "self" ? { origin: url } : from;
    const response = await post("/api/demo/joins", {}, { cookie: await signedIn(), ...(origin as object) });
    expect(response.status).toBe(status);
  });

  it("sends headers that keep foreign scripts and frames out", async () => {
    const { headers } = await get("/api/house");
    expect(headers.get("content-security-policy")).toContain("default-src 'self'");
    expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
  });
});

describe("what goes wrong is said in one line", () => {
  const problemAt = async (response: Response) => {
    expect(response.headers.get("content-type")).toMatch(/^application\/problem\+json/);
    const problem = (await response.json()) as { status: number; detail: string; code: string };
    expect(problem.status).toBe(response.status);
    expect(JSON.stringify(problem)).not.toMatch(/\n|\bat .*\.(ts|js):/);
    return problem;
  };

  it.each([
    ["/api/guilds/1/activity", 404, "this house has no guild 1"],
    [`/api/guilds/${GUILD}/events/42`, 404, "the journal holds no event 42"],
    [`/api/guilds/${GUILD}/approvals/42`, 404, "there is no approval 42"],
    [`/api/guilds/${GUILD}/activity?cursor=!`, 400, "cursor: give back the `next` of an earlier page"],
    ["/api/nowhere", 404, "there is nothing at GET /api/nowhere"],
  ])("GET %s", async (path, status, detail) => {
    expect(await problemAt(await get(path))).toMatchObject({ status, detail });
  });

  it("names the field of a bad request", async () => {
    const problem = await problemAt(await post("/api/demo/messages", { memberId: BRAM, channelId: "1", text: "" }));
    expect([problem.status, problem.detail]).toEqual([400, expect.stringMatching(/^body: text /)]);
    expect((await problemAt(await get(`/api/guilds/${GUILD}/activity?limit=0`))).detail).toMatch(
      /^querystring: limit /,
    );
  });

  it.each([
    ["{", "application/json", 400],
    ["text", "text/plain", 415],
    ["a=b", "application/x-www-form-urlencoded", 415],
  ])("refuses the body %s as %s", async (body, type, status) => {
    const headers = { ...bearer, "content-type": type };
    const response = await fetch(`${url}/api/demo/joins`, { method: "POST", headers, body });
    expect((await problemAt(response)).status).toBe(status);
  });

  it("keeps what broke in the log", async () => {
    await api.close();
    await open({ metricsText: () => Promise.reject(new Error("the abacus fell")) });
    const problem = await problemAt(await get("/metrics"));
    expect(problem).toMatchObject({ status: 500, detail: "something went wrong in the house; the log says what" });
    expect(house.logged.map(({ message }) => message)).toEqual(["a request failed"]);
  });

  it("says that it can be tried again where it can", async () => {
    await api.close();
    await open({
      submit: () => Promise.reject(new GuildhallError("inbox.full", "the inbox is full", { retry: "later" })),
    });
    await say("let us burn the court down");
    const [approval] = (await json<{ approvals: { id: string }[] }>(`/api/guilds/${GUILD}/approvals`)).approvals;
    const path = `/api/guilds/${GUILD}/approvals/${approval!.id}/answer`;
    expect(await problemAt(await post(path, { answer: "approve" }))).toMatchObject({
      status: 503,
      detail: "the inbox is full",
    });
  });

  it("names the port that is taken", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => other.once("listening", resolve));
    const { port } = other.address() as { port: number };
    const second = createApi(await createTestHouse());
    await expect(second.listen("127.0.0.1", port)).rejects.toSatisfy(
      (error) => error instanceof ConfigurationError && error.message.includes(`127.0.0.1:${port} is taken`),
    );
    await second.close();
    other.close();
  });
});

interface Item {
  eventId: string;
  headline: string;
  deeds: { sentence: string; standing: string; caseNumber?: number; rule: string }[];
}

describe("what the house did", () => {
  it("lists events that led to something, newest first, a page at a time", async () => {
    for (const number of [1, 2, 3]) {
      await say(`quiet ${number}`);
      await say(`see free-lamps.example/${number}`);
    }
    const seen: Item[] = [];
    let cursor = "";
    for (let page = 0; page < 4; page += 1) {
      const path = `/api/guilds/${GUILD}/activity?limit=2${cursor}`;
      const { items, next } = await json<{ items: Item[]; next?: string }>(path);
      seen.push(...items);
      if (next === undefined) break;
      cursor = `&cursor=${next}`;
    }
    expect(seen.map(({ headline }) => headline)).toEqual(Array(3).fill("Bram wrote in #lounge"));
    expect(new Set(seen.map(({ eventId }) => eventId)).size).toBe(3);
    expect(seen[0]!.deeds[0]).toMatchObject({ sentence: "deleted a message by Bram in #lounge", standing: "done" });
  });

  it("loses and repeats nothing between pages where many things happen in one millisecond", async () => {
    const at = house.road.now();
    const member = { userId: BRAM, name: "Bram", roleIds: [] };
    const ids = ["j1", "j2", "j3", "j4", "j5"];
    for (const id of ids) await house.road.commit({ event: { id, guildId: GUILD, at, kind: "member.joined", member } });
    const seen: string[] = [];
    let cursor = "";
    while (seen.length < ids.length) {
      const path = `/api/guilds/${GUILD}/activity?only=all&limit=2${cursor}`;
      const { items, next } = await json<{ items: Item[]; next?: string }>(path);
      seen.push(...items.map(({ eventId }) => eventId));
      cursor = `&cursor=${next}`;
    }
    expect(seen.slice(0, 5).sort()).toEqual(ids);
  });

  it("lists everything when asked", async () => {
    await say("quiet");
    const { items } = await json<{ items: Item[] }>(`/api/guilds/${GUILD}/activity?only=all`);
    expect(items.map(({ headline }) => headline)).toEqual([
      "Bram wrote in #lounge",
      'The guild "Lantern Court" became available',
    ]);
  });

  it.each([
    ["see free-lamps.example", BRAM, "done", "deleted a message by Bram in #lounge"],
    ["see free-lamps.example", "900000000000000103", "held", "did not delete a message by Yusra in #lounge"],
    ["WHO TOOK MY LANTERN", BRAM, "shadow", "would have warned Bram"],
    ["let us burn the court down", BRAM, "asked", "asks to ban Bram"],
  ])("says of %j what became of it", async (text, member, standing, sentence) => {
    const eventId = await eventOf(text, member);
    const why = await json<{ activity: Item; decisions: unknown[] }>(`/api/guilds/${GUILD}/events/${eventId}`);
    expect(why.activity.deeds).toMatchObject([{ standing, sentence }]);
    expect(why.decisions).toHaveLength(1);
  });

  it("shows nothing of an interaction's token", async () => {
    const id = snowflakeAt(house.road.now());
    const by = { userId: BRAM, name: "Bram", roleIds: [] };
    const interaction = { id, sealedToken: "c2VjcmV0" };
    const used = { command: "warn", options: {}, by, byPermissions: "0", channelId: CHANNELS.lounge, interaction };
    await house.submit({ kind: "command.used", id, guildId: GUILD, at: house.road.now(), ...used });
    expect(await (await get(`/api/guilds/${GUILD}/events/${id}`)).text()).not.toContain("c2VjcmV0");
  });

  it("shows how the providers do and what they cost", async () => {
    const models = await json<object>(`/api/guilds/${GUILD}/models`);
    expect(models).toMatchObject({
      providers: [{ provider: "openai", breaker: "closed", answered: 3, lastFailure: { status: 503 } }],
      budget: { dollarsPerMonth: -1 },
      today: { calls: 0, dollars: 0 },
      month: { calls: 0, dollars: 0 },
      byPrompt: [],
    });
  });

  it("lists orders, cases and agents", async () => {
    await say("let us burn the court down");
    const { eventId } = (await (await answer("approve")).json()) as { eventId: string };
    const { orders } = await json<{ orders: object[] }>(`/api/guilds/${GUILD}/orders?status=done`);
    expect(orders).toMatchObject([{ eventId, verb: "member.ban", request: "ban Bram", caseNumber: 1 }]);
    const { cases } = await json<{ cases: object[] }>(`/api/guilds/${GUILD}/cases?userId=${BRAM}`);
    expect(cases).toMatchObject([{ number: 1, userName: "Bram", rule: "open-threat", outcome: "done" }]);
    expect(await json(`/api/guilds/${GUILD}/cases/1`)).toMatchObject({ number: 1, userName: "Bram", entries: [] });
    const path = `/api/guilds/${GUILD}/cases/1/entries`;
    const statusOf = async (body: object) => (await post(path, body)).status;
    // Nobody keeps cases in this house.
    expect(await statusOf({ change: "note", text: "x" })).toBe(409);
    expect(await statusOf({ change: "forget", text: "x" })).toBe(400);
    expect(await statusOf({ change: "note", text: " " })).toBe(400);
    expect(await json(`/api/guilds/${GUILD}/cases/9`)).toMatchObject({
      status: 404,
      detail: expect.stringContaining("#9"),
    });
    expect(await json(`/api/guilds/${GUILD}/agents`)).toEqual({
      agents: [{ name: "porter", description: "Keeps the door.", mode: "live", policyHash: "porter-kit" }],
    });
  });
});

describe("an appeal by a link", () => {
  const staff = { staffChannelId: "900000000000000999" };
  const live = { casework: { mode: "live" as Mode, config: staff, hash: "casework-kit" } };

  /** A banned member's link, in a house where casework is live. */
  async function linked(): Promise<string> {
    await say("let us burn the court down");
    await answer("approve");
    const { policies } = house;
    Object.assign(house, {
      policies: { ...policies, policyFor: () => ({ ...policies.policyFor(GUILD), agents: live, locale: "de" }) },
    });
    const made = await post(`/api/guilds/${GUILD}/cases/1/appeal-link`, {});
    return ((await made.json()) as { url: string }).url;
  }
  const form = (text: string) => ({
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ text }),
  });

  it("is a page in the guild's language that needs no sign-in, and its form is one event", async () => {
    const link = await linked();
    const page = await fetch(`${url}${link}`);
    expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
    expect(await page.text()).toMatch(/<html lang="de">.*Was geschah: ein Bann.*<textarea/s);
    const short = await fetch(`${url}${link}`, form("nein <b>"));
    expect([short.status, await short.text()]).toEqual([400, expect.stringMatching(/mindestens 10.*nein &lt;b&gt;/s)]);
    for (let times = 0; times < 2; times += 1)
      expect((await fetch(`${url}${link}`, form("Das war ein Missverständnis"))).status).toBe(202);
    const filed = (await house.store.guild(GUILD).latest({ limit: 9 })).map(({ event }) => event);
    expect(filed.filter(({ kind }) => kind === "appeal.filed")).toMatchObject([
      { number: 1, userId: BRAM, text: "Das war ein Missverständnis" },
    ]);
  });

  const now = () => house.road.now();
  const happened = () => ({ ...{ id: `kit:${now()}`, guildId: GUILD, at: now() }, kind: "guild.unavailable" as const });
  const committed = (change: Write) =>
    house.road.commit({ event: happened(), writes: [{ owner: "casework", change }] });
  const filed = async () => {
    const rows = await house.store.guild(GUILD).latest({ limit: 9 });
    return rows.filter(({ event }) => event.kind === "appeal.filed");
  };

  it.each([
    ["open", "sind angekommen"],
    ["upheld", "bleibt bestehen"],
    ["overturned", "ein Fehler"],
  ] as const)("tells how an appeal stands that is %s, and takes no other", async (status, told) => {
    const link = await linked();
    const value = { userId: BRAM, text: "It was a joke", at: now(), status };
    await committed({ write: "record.put", record: "appeal", key: "1", value });
    expect(await (await fetch(`${url}${link}`)).text()).toContain(told);
    const answered = await fetch(`${url}${link}`, form("And another thing, listen"));
    expect([answered.status, await answered.text()]).toEqual([200, expect.stringContaining(told)]);
    expect(await filed()).toEqual([]);
  });

  it("tells that the case was taken back, or that nobody hears appeals here", async () => {
    const link = await linked();
    const page = async () => (await fetch(`${url}${link}`)).text();
    live.casework.mode = "shadow";
    expect(await page()).toContain("liest zurzeit niemand");
    live.casework.mode = "live";
    const entry = { kind: "undone", name: "root", at: now(), text: "wrong" } as const;
    await committed({ write: "case.add", number: 1, entry });
    expect(await page()).toContain("Das wurde zurückgenommen.");
    expect(await filed()).toEqual([]);
  });

  it("is made for one member: nobody else's opens the case, and a crowd's case has none", async () => {
    await linked();
    const others = appealPath(house.token, { guildId: GUILD, number: 1, userId: "900000000000000103" }, now());
    expect((await fetch(`${url}${others.path}`)).status).toBe(404);
    const elsewhere = createSigner(house.token, "transcripts").sign([GUILD, 1, BRAM], now() + 60_000);
    expect((await fetch(`${url}/appeal/${elsewhere}`)).status).toBe(404);
    const draft = {
      ...{ proposalId: "raid/raids/0", eventId: "raid", verb: "members.bulk-ban", decidedBy: "agent:raids" },
      ...{ rule: "raid", reason: "came as one", openedAt: now(), userId: "", userName: "3 members" },
    } as const;
    await house.road.commit({ event: happened(), house: [{ write: "case.open", draft }] });
    expect((await post(`/api/guilds/${GUILD}/cases/2/appeal-link`, {})).status).toBe(409);
  });

  it("is nothing without the house's signature, and opens nothing else", async () => {
    const link = await linked();
    const forged = `${link.slice(0, -1)}${link.endsWith("A") ? "B" : "A"}`;
    expect((await fetch(`${url}${forged}`)).status).toBe(404);
    expect((await fetch(`${url}${forged}`, form("let me in, please"))).status).toBe(404);
    expect((await fetch(`${url}/appeal/x/../../api/house`)).status).toBe(401);
    expect((await post(`/api/guilds/${GUILD}/cases/9/appeal-link`, {})).status).toBe(404);
  });
});

interface Asked {
  id: string;
  status: string;
  request: string;
  answeredBy?: string;
}

const approvals = async (status: string): Promise<Asked[]> =>
  (await json<{ approvals: Asked[] }>(`/api/guilds/${GUILD}/approvals?status=${status}`)).approvals;

async function answer(choice: string, headers: Record<string, string> = {}): Promise<Response> {
  const [first] = await approvals("any");
  const path = `/api/guilds/${GUILD}/approvals/${first!.id}/answer`;
  return post(path, { answer: choice, note: "as agreed" }, { ...bearer, ...headers });
}

interface Told {
  activity: Item;
  related: { eventId: string; relation: string; headline: string }[];
}

const why = (eventId: string) => json<Told>(`/api/guilds/${GUILD}/events/${encodeURIComponent(eventId)}`);

describe("a story over several events", () => {
  it("leads from what was asked to the answer, from there to the outcome, and back", async () => {
    const asked = await eventOf("let us burn the court down");
    const { eventId } = (await (await answer("approve")).json()) as { eventId: string };
    const question = await why(asked);
    expect(question.activity.deeds).toMatchObject([{ standing: "approved", sentence: "was allowed to ban Bram" }]);
    expect(question.related).toEqual([{ eventId, relation: "answer", headline: "the owner approved a step" }]);
    const answered = await why(eventId);
    expect(answered.activity.deeds).toMatchObject([{ standing: "done", sentence: "banned Bram", caseNumber: 1 }]);
    expect(answered.related).toMatchObject([{ eventId: asked, relation: "question" }]);
    const outcome = await why(`${eventId}/house/0#0:1`);
    expect(outcome.related).toMatchObject([{ eventId, relation: "cause" }]);
  });

  it("says what was rejected", async () => {
    const eventId = await eventOf("let us burn the court down");
    await answer("reject");
    expect((await why(eventId)).activity.deeds).toMatchObject([{ sentence: "was told not to ban Bram" }]);
  });
});

describe("approvals", () => {
  it("hands the answer to the road and shows what came of it", async () => {
    await say("let us burn the court down");
    expect(await approvals("pending")).toMatchObject([{ request: "ban Bram", status: "pending" }]);
    const response = await answer("reject");
    const { eventId } = (await response.json()) as { eventId: string };
    expect([response.status, eventId]).toEqual([202, expect.stringMatching(/^api:[0-9a-f-]{36}$/)]);
    const [settled] = await approvals("any");
    expect(settled).toMatchObject({ status: "rejected", answeredBy: "dashboard:owner", note: "as agreed" });
    const event = await house.store.guild(GUILD).event(eventId);
    expect(event).toMatchObject({ kind: "approval.answered", answer: "reject" });
  });

  it("takes a repeated answer once, and a second one not at all", async () => {
    await say("let us burn the court down");
    const key = { "idempotency-key": "tap-1" };
    expect((await answer("approve", key)).status).toBe(202);
    expect((await answer("approve", key)).status).toBe(202);
    expect((await answer("reject", key)).status).toBe(409);
    expect((await answer("reject")).status).toBe(409);
    const rows = await house.store.guild(GUILD).latest({ limit: 50 });
    expect(rows.filter(({ event }) => event.kind === "approval.answered").map(({ event }) => event.id)).toEqual([
      "api:tap-1",
    ]);
  });

  it("refuses a key that could be mistaken for something else", async () => {
    await say("let us burn the court down");
    expect((await answer("approve", { "idempotency-key": "a b" })).status).toBe(400);
  });
});

describe("the live feed", () => {
  async function listenIn(): Promise<{ until(wanted: string): Promise<string>; leave(): void }> {
    const abort = new AbortController();
    const response = await fetch(`${url}/api/feed`, { headers: bearer, signal: abort.signal });
    expect(response.headers.get("content-type")).toBe("text/event-stream");
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let heard = "";
    return {
      async until(wanted) {
        while (!heard.includes(wanted)) {
          const { value, done } = await reader.read();
          if (done) throw new Error(`the feed ended after: ${heard}`);
          heard += value;
        }
        return heard;
      },
      leave: () => abort.abort(),
    };
  }

  it("tells of each commit what is new, and of the simulated world", async () => {
    const feed = await listenIn();
    await feed.until("event: hello");
    const eventId = await eventOf("let us burn the court down");
    const heard = await feed.until("event: world");
    const commits = [...heard.matchAll(/event: commit\ndata: (.*)/g)].map(([, data]) => JSON.parse(data!) as object);
    const approvalId = (await approvals("any"))[0]!.id;
    expect(commits).toEqual([{ guildId: GUILD, events: 1, spoke: [eventId], approvals: [approvalId], settled: [] }]);
    expect(heard).toContain(`event: world\ndata: {"channels":["${CHANNELS.lounge}"]}`);
    feed.leave();
  });

  it("ends when the house closes", async () => {
    const feed = await listenIn();
    await feed.until("event: hello");
    const ended = feed.until("never").catch((error: Error) => error.message);
    await Promise.race([api.close(), delay(5000, undefined, { ref: false })]);
    expect(await ended).toMatch(/the feed ended|terminated/);
  });
});

describe("a raid", () => {
  const path = `/api/guilds/${GUILD}/raid`;
  const counts = {
    joins: 9,
    members: 7,
    quarantined: 2,
    moments: [{ at: 5, what: "pause" as const, why: "9 joined" }],
  };
  const channels = [{ channelId: CHANNELS.lounge, locked: true }, { channelId: CHANNELS.kitchen }];

  it("is shown with how far the house has gone, and whether it was only watched", async () => {
    expect(await json(path)).toEqual({});
    const raid = { number: 3, startedAt: 1, lastAt: 5, step: "lock" as const, channels, ...counts };
    const keep = async (id: string, key: string, value: typeof raid) => {
      const event = { id, guildId: GUILD, at: 5, kind: "member.left", userId: "1", name: "x" } as const;
      const change = { write: "record.put", record: "raid", key, value } as const;
      await house.road.commit({ event, writes: [{ owner: "raids", change }] });
    };
    await keep("r1", "now", raid);
    expect(await json(path)).toEqual({
      raid: { ...{ number: 3, mode: "live", step: "lock", startedAt: 1, lastAt: 5, lockedChannels: 1 }, ...counts },
    });
    await keep("r2", "shadow/now", { ...raid, number: 4, lastAt: 6 });
    expect(await json(path)).toMatchObject({ raid: { number: 4, mode: "shadow" } });
  });
});

describe("the demo", () => {
  it("lets one write as a member and shows what became of the message", async () => {
    const body = { memberId: BRAM, channelId: CHANNELS.lounge, text: "see free-lamps.example" };
    expect((await post("/api/demo/messages", body)).status).toBe(201);
    const { messages } = await json<{ messages: object[] }>(`/api/demo/channels/${CHANNELS.lounge}/messages`);
    expect(messages).toMatchObject([
      { authorName: "Bram", deleted: { byHouse: true, eventId: expect.stringMatching(/^m:/) } },
    ]);
  });

  it("passes on what the simulator refuses", async () => {
    const response = await post("/api/demo/messages", { memberId: "1", channelId: CHANNELS.lounge, text: "hello" });
    expect([response.status, await response.json()]).toMatchObject([409, { detail: "this member is not here" }]);
  });

  it("is not there in a house on the real Discord", async () => {
    await api.close();
    const { demo: _demo, ...real } = await createTestHouse();
    house = real as TestHouse;
    api = createApi(house);
    ({ url } = await api.listen("127.0.0.1", 0));
    expect((await get("/api/demo")).status).toBe(404);
    expect(await json("/api/house")).not.toHaveProperty("demoGuildId");
  });
});
