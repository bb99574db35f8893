import { type Browser, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { accessibilityFaults, hasChromium, launchChromium, visit, type Visit } from "./kit/chromium.ts";
import { guildhall, type HouseProcess, openFolder, processesOf, removeFolder, startHouse } from "./kit/process.ts";

let folder: string;
let house: HouseProcess;

beforeEach(async () => {
  folder = await openFolder("first-run");
  house = await startHouse(folder);
});

afterEach(async () => {
  const { code } = await house.stop();
  await removeFolder(folder);
  expect(code).toBe(0);
});

describe.skipIf(!hasChromium)("the first run in Chromium (skipped without /usr/bin/chromium)", () => {
  let browser: Browser;
  let visited: Visit;
  let page: Page;

  beforeAll(async () => {
    browser = await launchChromium();
  });

  afterAll(() => browser.close());

  async function open(colorScheme: "light" | "dark" = "light"): Promise<void> {
    visited = await visit(browser, house.link, colorScheme);
    ({ page } = visited);
  }

  afterEach(async () => {
    await visited.leave();
    expect(visited.complaints).toEqual([]);
  });

  const sidebar = () => page.getByRole("complementary");
  const speakAs = (name: string) => sidebar().getByText(name, { exact: true }).click();
  const dialog = () => page.getByRole("dialog", { name: "Why?" });
  const field = () => page.getByRole("textbox", { name: /^Message in/ });

  async function write(text: string): Promise<void> {
    await field().fill(text);
    await page.keyboard.press("Enter");
  }

  async function command(name: string, member: string, reason: string): Promise<void> {
    await field().fill(`/${name}`);
    await page.getByRole("button", { name: new RegExp(`^/${name}`) }).click();
    await page.getByRole("combobox", { name: "member" }).selectOption({ label: member });
    await page.getByRole("textbox", { name: "reason" }).fill(reason);
    await page.getByRole("button", { name: `Run /${name}` }).click();
  }

  it("deletes a blocked link within a second, leaves the rest alone, and says why", async () => {
    await open();
    await speakAs("Fenwick");
    await write("The keel is drier than I feared");
    await page.getByText("The keel is drier").waitFor();
    const sentAt = Date.now();
    await write("New oars for nothing: hxxps://shop.free-nitro[.]example/oars");
    const line = page.getByRole("button", { name: /moderation deleted a message by Fenwick in #general/ });
    await Promise.all([page.getByRole("button", { name: "deleted by moderation · why?" }).waitFor(), line.waitFor()]);
    expect(Date.now() - sentAt).toBeLessThan(1_000);
    await line.click();
    await dialog().getByText("moderation deleted a message by Fenwick in #general.").waitFor();
    const story = await dialog().innerText();
    for (const words of [
      ...["Fenwick wrote in #general", "New oars for nothing", "links to", "free-nitro.example"],
      ...["blocked-link", "100 % sure", "Allowed", "message.delete", "done", "moderation warned Fenwick", "case #1"],
    ]) {
      expect(story).toContain(words);
    }
    expect(await page.getByText("The keel is drier").locator("xpath=ancestor-or-self::del").count()).toBe(0);
    expect(await page.getByRole("button", { name: "deleted by moderation · why?" }).count()).toBe(1);
  });

  it("answers a moderator's /warn to them alone, with the case's number", async () => {
    await open();
    await speakAs("Benedek");
    await command("warn", "Cosmo", "Bread crumbs in the resin");
    await page.getByText("Warned Cosmo. Case #1.").waitFor();
    await page.getByText("Only Benedek sees this").waitFor();
    await page.getByRole("button", { name: /casework warned Cosmo/ }).waitFor();
    await page.getByRole("tab", { name: "Cases" }).click();
    await page.getByRole("button", { name: /#1 warn · Cosmo.*done.*Bread crumbs in the resin/ }).waitFor();
    await speakAs("Tamsin");
    expect(await page.getByText("Warned Cosmo. Case #1.").count()).toBe(0);
  });

  it("bans only once somebody has allowed it", async () => {
    await open();
    await speakAs("Ottilie");
    await command("ban", "Ludo", "Sold the club's varnish");
    await page.getByText("Asked for approval to ban Ludo. Nothing happens until somebody allows it.").waitFor();
    await sidebar().getByText("Ludo", { exact: true }).waitFor();
    await page.getByRole("listitem", { name: /asks to ban Ludo/ }).waitFor();
    await page.getByRole("button", { name: "Approve" }).click();
    await page.getByRole("button", { name: /The house banned Ludo/ }).waitFor();
    await sidebar().getByText("Ludo", { exact: true }).waitFor({ state: "detached" });
    await page.getByText("Nothing. Harsh steps").waitFor();
  });

  it("takes a join, a spam wave and a raid, and has nothing axe would complain of", async () => {
    await open();
    expect(await accessibilityFaults(page)).toEqual([]);
    const before = await sidebar().getByRole("radio").count();
    await page.getByRole("button", { name: "Join", exact: true }).click();
    await expect.poll(() => sidebar().getByRole("radio").count()).toBe(before + 1);
    await page.getByRole("button", { name: "Spam wave" }).click();
    await page
      .getByRole("button", { name: /says “free nitro”/ })
      .nth(2)
      .waitFor();
    await page.getByRole("button", { name: /sends 8 messages within 10 seconds/ }).waitFor();
    await page.getByRole("button", { name: /names \d+ members and roles in one message/ }).waitFor();
    await page.getByRole("button", { name: "Raid" }).click();
    await expect.poll(() => sidebar().getByRole("radio").count()).toBe(before + 26);
    await page
      .getByRole("button", { name: /moderation timed out .* is one of \d+ members who say the same/ })
      .first()
      .waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  it("has nothing axe would complain of in the dark either", async () => {
    await open("dark");
    await write("see free-nitro.example");
    await page.getByRole("button", { name: /moderation deleted a message/ }).click();
    await dialog().getByText("As it is stored (JSON)").click();
    expect(await accessibilityFaults(page)).toEqual([]);
  });
});

/** The page's own way in, for what needs no page. */
async function post<T>(path: string, body: object): Promise<T> {
  const answer = await fetch(`${house.origin}${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${house.token}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  expect(answer.ok).toBe(true);
  return (await answer.json()) as T;
}

interface Playground {
  readonly members: readonly { readonly id: string; readonly name: string }[];
  readonly channels: readonly { readonly id: string; readonly name: string }[];
}

async function sayAs(name: string, text: string): Promise<void> {
  const answer = await fetch(`${house.origin}/api/demo`, { headers: { authorization: `Bearer ${house.token}` } });
  const { members, channels } = (await answer.json()) as Playground;
  const memberId = members.find((member) => member.name === name)!.id;
  const channelId = channels.find((channel) => channel.name === "general")!.id;
  await post("/api/demo/messages", { memberId, channelId, text });
}

interface Line {
  readonly eventId: string;
  readonly deeds: readonly { readonly standing: string; readonly sentence: string }[];
}

/** What the terminal tells of a deletion, once it is done. */
async function deletion(): Promise<Line> {
  let found: Line | undefined;
  const look = async () => (found = (await activity()).find(isDone));
  await expect.poll(look, { timeout: 15_000 }).toBeDefined();
  return found!;
}

/** Agents that only watch say beside it what they would have done. */
const isDone = ({ deeds }: Line): boolean => deeds.some(({ standing }) => standing === "done");

async function activity(): Promise<Line[]> {
  return JSON.parse((await guildhall(folder, ["activity", "--json"])).out) as Line[];
}

describe("a house that is watched, asked and restarted", { timeout: 60_000 }, () => {
  it("says that it is alive and ready, and lets nobody in without the token", async () => {
    for (const path of ["/healthz", "/readyz"]) expect((await fetch(`${house.origin}${path}`)).status).toBe(200);
    expect((await fetch(`${house.origin}/api/demo`)).status).toBe(401);
  });

  it("answers on a terminal beside the running house", async () => {
    await sayAs("Fenwick", "see free-nitro.example");
    const { eventId } = await deletion();
    const { out, err, code } = await guildhall(folder, ["why", eventId]);
    expect({ err, code }).toEqual({ err: "", code: 0 });
    expect(out).toMatch(/Fenwick.*blocked-link.*done/s);
    const told = await Promise.all([
      guildhall(folder, ["status"]),
      guildhall(folder, ["case", "list"]),
      guildhall(folder, ["approval", "list"]),
      guildhall(folder, ["replay", "--json"]),
    ]);
    expect(told.map(({ code }) => code)).toEqual([0, 0, 0, 0]);
    const [status, cases, approvals, replay] = told;
    expect(status.out).toContain("Low Tide Workshop");
    expect(cases.out).toMatch(/#1.*warn.*Fenwick/);
    expect(approvals.err).toBe("Nothing waits for an answer.\n");
    expect(JSON.parse(replay.out)).toMatchObject({ notReplayable: 0, different: [] });
  });

  it("ends at once when told to, and remembers when it comes back", async () => {
    await sayAs("Fenwick", "see free-nitro.example");
    const { eventId } = await deletion();
    const toldAt = Date.now();
    // npm passes on an interrupt that the terminal has told to the whole group already: every house hears it twice.
    void house.stop("SIGINT");
    expect((await house.stop("SIGINT")).code).toBe(0);
    expect(processesOf(folder)).toEqual([]);
    expect(Date.now() - toldAt).toBeLessThan(5_000);
    await expect(fetch(`${house.origin}/healthz`)).rejects.toThrow();
    expect((await guildhall(folder, ["why", eventId])).out).toContain("free-nitro.example");
    const { token } = house;
    house = await startHouse(folder);
    expect(house.token).toBe(token);
    expect((await guildhall(folder, ["why", eventId])).out).toContain("free-nitro.example");
    await sayAs("Wren", "see free-nitro.example");
    await expect.poll(async () => (await activity()).filter(isDone).length, { timeout: 15_000 }).toBe(2);
  });
});
