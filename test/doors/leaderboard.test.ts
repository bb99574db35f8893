import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BOARD_OWNER, boardLinkUntil, boardOf, type CommitEntry, type GuildPolicy } from "#core";
import { configSchema } from "../../agents/levels/config.ts";
import { type Api, createApi } from "../../src/doors/api/index.ts";
import { createPasses } from "../../src/doors/api/passes.ts";
import { createTestHouse } from "./kit/house.ts";
import { TOKEN } from "./kit/house.ts";
import { GUILD } from "./kit/road.ts";

type OwnedWrite = CommitEntry["writes"][number];
const NOW = Date.UTC(2026, 10, 18, 12);
const idOf = (index: number) => `90000000000001${1_000 + index}`;
const passes = createPasses(TOKEN);
const path = (edition = "1", until = boardLinkUntil(NOW)) => passes.boardPath(GUILD, { edition, until });
let now = NOW;
let chosen: object = { web: { enabled: true }, season: "autumn" };
let mode: "live" | "shadow" = "live";
let api: Api;
let url: string;
let asked = 0;

/** So many members, the first with the most; the second hides, the third has left, the fourth has an unkind name. */
const MEMBERS = 120;
function standings(): OwnedWrite[] {
  const habit = (index: number) => {
    if (index === 1) return { hidden: true, name: "Hidden one" };
    if (index === 2) return {};
    return { name: index === 3 ? '<b onclick="x">&' : `Member ${index}` };
  };
  return Array.from({ length: MEMBERS }, (_, index): OwnedWrite[] => {
    const points = {
      write: "total.add" as const,
      key: idOf(index),
      by: 2_000_000 - index * 100,
      ranked: true as const,
    };
    const value = habit(index) as never;
    return [
      { owner: BOARD_OWNER, change: { ...points, total: "board" } },
      { owner: BOARD_OWNER, change: { write: "record.put", record: "levelling", key: idOf(index), value } },
      ...(index < 3
        ? [{ owner: BOARD_OWNER, change: { ...points, by: 7, total: boardOf("week", NOW, undefined)! } }]
        : []),
    ];
  }).flat();
}

beforeAll(async () => {
  const house = await createTestHouse({
    clock: { now: () => now },
    policies: {
      policyFor: () => {
        asked += 1;
        return { agents: { levels: { mode, config: configSchema.parse(chosen), hash: "" } } } as unknown as GuildPolicy;
      },
    } as never,
  });
  const event = { id: "t", guildId: GUILD, at: NOW, kind: "clock.struck", timer: "", owner: "", payload: 0 } as const;
  const nothing = { silent: [], decisions: [], tallies: [], house: [], rollups: [] };
  const entry = { event, receivedAt: NOW, writes: standings(), ...nothing };
  await house.store.commit({ leases: [], checkpoints: [], entries: [entry] });
  api = createApi(house);
  ({ url } = await api.listen("127.0.0.1", 0));
});
afterAll(() => api.close());

const get = (from: string, locale = "en") => fetch(url + from, { headers: { "accept-language": locale } });
/** What was read before is forgotten. */
const later = () => (now += 31_000);

describe("the leaderboard for whoever has the link", () => {
  it("shows names, places and points, and nothing that leads to an account", async () => {
    const answer = await get(path());
    const page = await answer.text();
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toMatch(/^text\/html/);
    expect(answer.headers.get("content-security-policy")).toMatch(/^default-src 'none'.*frame-ancestors 'none'/);
    expect(answer.headers.get("cache-control")).toBe("private, max-age=30");
    expect(page).toContain("<h1><bdi>Lantern Court</bdi></h1>");
    expect(page).toContain('<bdi>Member 0</bdi></b><span class="more">Level 20001 · 2,000,000 points</span>');
    expect(page).toContain("&lt;b onclick=&quot;x&quot;&gt;&amp;");
    expect(page).not.toContain("Hidden one");
    expect(page).not.toMatch(/\d{15}|<script|<img|https?:/);
    expect(page.match(/<li/g)).toHaveLength(49);
    expect(page.match(/<i>A member<\/i>/g)).toHaveLength(1);
    expect(page).toContain('href="?window=all&amp;page=2"');
  });

  it("has a tab for each window, pages, and the reader's language", async () => {
    const week = await (await get(`${path()}?window=week`)).text();
    expect([week.match(/<li/g)!.length, week.includes('?window=week" aria-current')]).toEqual([2, true]);
    expect(week).not.toContain("Level");
    const third = await (await get(`${path()}?window=all&page=3`, "de-DE,de;q=0.8")).text();
    expect(third).toContain("Seite 3 von 3");
    expect(third).toContain("1.988.100 Punkte");
    expect(third).not.toContain("page=4");
    for (const odd of ["?window=nonsense&page=0", "?page=1e9", "?page=-1&window=", "?window=all&window=day"])
      expect(await (await get(path() + odd)).text(), odd).toContain("<bdi>Member 0</bdi>");
    expect(await (await get(`${path()}?window=season`)).text()).toContain("Nobody has points here yet.");
  });

  it.each<readonly [string, () => string, number, RegExp]>([
    ["ended", () => path("1", now - 1), 410, /gives you a new one/],
    ["made elsewhere", () => createPasses("another").boardPath(GUILD, { edition: "1", until: now + 1e6 }), 403, /ours/],
    [
      "for a transcript",
      () =>
        passes
          .pathFor(GUILD, { number: 1, userId: "1", as: "opener", until: now + 1e6 })
          .replace("transcripts", "leaderboard"),
      403,
      /ours/,
    ],
    ["of an edition before", () => path("0"), 404, /not shown/],
    ["of a guild that is not here", () => passes.boardPath("1", { edition: "1", until: now + 1e6 }), 404, /not shown/],
  ])("a link %s shows nothing", async (_what, link, status, text) => {
    const answer = await get(link());
    const page = await answer.text();
    expect([answer.status, text.test(page), page.includes("Member")]).toEqual([status, true, false]);
  });

  it("is closed where the guild shows none, or levels are not live", async () => {
    const status = async () => (later(), (await get(path())).status);
    chosen = {};
    expect(await status()).toBe(404);
    chosen = { web: { enabled: true } };
    expect(await status()).toBe(200);
    mode = "shadow";
    expect(await status()).toBe(404);
    mode = "live";
    chosen = { web: { enabled: true, edition: "2" } };
    expect(await status()).toBe(404);
    later();
    expect((await get(path("2"))).status).toBe(200);
    chosen = { web: { enabled: true }, season: "autumn" };
  });

  it("asks the store once in half a minute, and says so where somebody asks for everything at once", async () => {
    later();
    const before = asked;
    const wishes = ["all", "day", "week", "month"].flatMap((window) =>
      Array.from({ length: 20 }, (_, page) => `${path()}?window=${window}&page=${page + 1}`),
    );
    const statuses = (await Promise.all(wishes.map((wish) => get(wish)))).map(({ status }) => status);
    expect(asked - before).toBe(1);
    expect([statuses.filter((one) => one === 200).length, statuses.filter((one) => one === 429).length]).toEqual([
      60, 20,
    ]);
    expect((await get(wishes[0]!)).status).toBe(200);
    later();
    expect((await get(wishes.at(-1)!)).status).toBe(200);
  });
});
