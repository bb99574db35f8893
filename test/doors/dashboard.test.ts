import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { KnowledgeSource, PassageDraft } from "#core";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { build } from "vite";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { type Api, createApi } from "../../src/doors/api/index.ts";
import { createTestHouse, type TestHouse, TOKEN } from "./kit/house.ts";
import { CHANNELS, GUILD } from "./kit/road.ts";
import { planned } from "./kit/gatherings.ts";
import { opened } from "./kit/tickets.ts";

const CHROMIUM = "/usr/bin/chromium";
const FLAGS = [
  ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
  ...["--disable-background-networking", "--disable-component-update", "--disable-sync"],
];
const BRAM = "900000000000000102";

describe.skipIf(!existsSync(CHROMIUM))("the dashboard in Chromium (skipped without /usr/bin/chromium)", () => {
  let dashboardDir: string;
  let browser: Browser;
  let axe: string;
  let house: TestHouse;
  let api: Api;
  let url: string;
  let context: BrowserContext;
  let page: Page;
  let complaints: string[];

  beforeAll(async () => {
    dashboardDir = await mkdtemp(join(tmpdir(), "guildhall-page-"));
    const configFile = fileURLToPath(new URL("../../src/doors/dashboard/vite.config.ts", import.meta.url));
    await build({ configFile, logLevel: "error", build: { outDir: dashboardDir } });
    axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
    browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  });

  afterAll(async () => {
    await browser.close();
    await rm(dashboardDir, { recursive: true });
  });

  beforeEach(async () => {
    house = await createTestHouse({ dashboardDir });
    await serve();
  });

  async function serve(): Promise<void> {
    api = createApi(house);
    ({ url } = await api.listen("127.0.0.1", 0));
  }

  afterEach(async () => {
    await context.close();
    await api.close();
    expect(complaints).toEqual([]);
  });

  async function visit(options: Parameters<Browser["newContext"]>[0] = {}): Promise<void> {
    context = await browser.newContext({ viewport: { width: 1280, height: 800 }, reducedMotion: "reduce", ...options });
    page = await context.newPage();
    page.setDefaultTimeout(10_000);
    complaints = [];
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    await page.goto(`${url}/?token=${TOKEN}`);
    await page.getByText("Live", { exact: true }).waitFor();
  }

  const say = (text: string, memberId = BRAM) => house.demo!.say({ memberId, channelId: CHANNELS.lounge, text });
  const dialog = () => page.getByRole("dialog", { name: "Why?" });

  async function write(text: string): Promise<void> {
    await page.getByRole("textbox", { name: /^Message in/ }).fill(text);
    await page.keyboard.press("Enter");
  }

  /** What axe has against the page as it is now. */
  async function faults(): Promise<string[]> {
    await page.evaluate(axe);
    return page.evaluate(async () => {
      interface Axe {
        run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
      }
      const { violations } = await (globalThis as unknown as { axe: Axe }).axe.run();
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" | ")}`);
    });
  }

  it("lets one speak as a member, shows what the house did, and says why", async () => {
    await visit();
    expect(page.url()).toBe(`${url}/`);
    await page.getByRole("complementary").getByText("Teodor").click();
    await write("Win a lamp at free-lamps.example");
    const line = page.getByRole("button", { name: /porter deleted a message by Teodor in #lounge/ });
    await line.waitFor();
    await page.getByText("Porter deleted a message by Teodor in #lounge.").waitFor({ state: "attached" });
    await line.click();
    await dialog().getByText("porter on Teodor: links to free-lamps.example.").waitFor();
    const story = await dialog().innerText();
    for (const words of ["Teodor wrote in #lounge", "lure-link", "100 % sure", "Allowed. Nothing spoke against it."]) {
      expect(story).toContain(words);
    }
    await dialog().getByText("As it is stored (JSON)").click();
    expect(await dialog().locator("pre").innerText()).toContain('"proposalId"');
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "deleted by moderation · why?" }).click();
    await dialog().getByText("Teodor wrote in #lounge").waitFor();
  });

  it("approves with the keyboard alone, and only the card that has the focus", async () => {
    await visit();
    await say("let us burn the court down");
    await page.getByText("asks to ban Bram").first().waitFor();
    await page.getByRole("heading", { name: "Guildhall" }).click();
    await page.keyboard.press("a");
    expect(await house.store.guild(GUILD).approvals("pending", 10)).toHaveLength(1);
    await page.keyboard.press("j");
    await page.keyboard.press("a");
    await page.getByRole("button", { name: /The house banned Bram/ }).waitFor();
    await page.getByText("Nothing. Harsh steps").waitFor();
    const [approval] = await house.store.guild(GUILD).approvals("any", 10);
    expect(approval).toMatchObject({ status: "approved", answeredBy: "dashboard:owner" });
    await page.getByRole("tab", { name: "Cases" }).click();
    await page.getByRole("button", { name: /#1 ban · Bram/ }).click();
    await dialog().getByText("case #1").waitFor();
    await dialog()
      .getByRole("button", { name: /^What was asked/ })
      .click();
    await dialog().getByText("Approved by dashboard:owner").waitFor();
  });

  it("shows what it answers from and what it could not answer, and takes what staff write", async () => {
    const by = { by: "discord:1", at: 5 };
    const put = (source: KnowledgeSource, passage: PassageDraft) =>
      ({ owner: "faq", change: { write: "knowledge.put", source, passages: [passage] } }) as const;
    const roof = put({ id: "entry:1", kind: "entry", ...by }, { asks: ["Where is the roof?"], text: "Above you." });
    const asked = put({ id: "question:2", kind: "question", ...by }, { asks: ["Who has the key?"], text: "" });
    const event = { id: "t:1", guildId: GUILD, at: 5, kind: "member.erased", userId: "9", by: "x" } as const;
    await house.road.commit({ event, writes: [roof, asked] });
    await visit();
    await page.getByRole("tab", { name: "Answers" }).click();
    await page.getByText("Above you.").waitFor();
    await page.getByRole("button", { name: "Answer it" }).click();
    expect(await page.getByRole("textbox", { name: "Question" }).inputValue()).toBe("Who has the key?");
    await page.getByRole("textbox", { name: "Answer" }).fill("Mira has.");
    await page.getByRole("button", { name: "Save" }).click();
    const given = async () => (await house.store.guild(GUILD).latest({ limit: 1 }))[0]?.event;
    await vi.waitFor(async () => expect((await given())?.kind).toBe("knowledge.given"));
    expect(await given()).toMatchObject({ answered: ["question:2"], passages: [{ text: "Mira has." }] });
  });

  it("rejects with a click", async () => {
    await visit();
    await say("let us burn the court down");
    await page.getByRole("button", { name: "Reject" }).click();
    await page.getByRole("button", { name: /porter was told not to ban Bram/ }).waitFor();
  });

  it("does not take letters of a message for answers", async () => {
    await visit();
    await say("let us burn the court down");
    await page.getByRole("button", { name: "Reject" }).waitFor();
    await page.getByRole("textbox", { name: /^Message in/ }).pressSequentially("a jar");
    expect(await page.getByRole("textbox", { name: /^Message in/ }).inputValue()).toBe("a jar");
    expect(await house.store.guild(GUILD).approvals("pending", 10)).toHaveLength(1);
  });

  it("uses a slash command, joins, reacts, and sends a spam wave", async () => {
    await visit();
    await page.getByRole("textbox", { name: /^Message in/ }).fill("/w");
    await page.getByRole("button", { name: /^\/warn/ }).click();
    await page.getByRole("combobox", { name: "member" }).selectOption({ label: "Teodor" });
    await page.getByRole("button", { name: "Run /warn" }).click();
    await page.getByText("/warn: warned Teodor.").waitFor();
    await page.getByText("Only Bram sees this").waitFor();
    await page.getByRole("button", { name: "Join", exact: true }).click();
    await page.getByText("Guest 4").first().waitFor();
    await write("Good evening");
    await page.getByText("Good evening").hover();
    await page.getByRole("button", { name: "React as Bram" }).click();
    await page.getByRole("menuitem").first().click();
    await page.getByText("👍").waitFor();
    await page.getByRole("button", { name: "Spam wave" }).click();
    await page.getByRole("button", { name: "deleted by moderation · why?" }).nth(1).waitFor();
    await page.getByRole("button", { name: "Raid" }).click();
    await page.getByRole("complementary").getByText("Moth 25").waitFor();
  });

  it("presses what stands under an answer, fills in the form that follows, and shows pictures", async () => {
    await visit();
    // Enter takes the command at the top of the list.
    await page.getByRole("textbox", { name: /^Message in/ }).fill("/wa");
    await page.keyboard.press("Enter");
    await page.getByRole("combobox", { name: "member" }).selectOption({ label: "Teodor" });
    await page.getByRole("button", { name: "Run /warn" }).click();
    await page.getByRole("button", { name: "Object" }).click();
    const form = page.getByRole("dialog", { name: "What is wrong?" });
    await form.getByLabel("In your words").fill("It was **not** me");
    expect(await faults()).toEqual([]);
    await form.getByRole("button", { name: "Send" }).click();
    await form.waitFor({ state: "hidden" });
    await page.getByRole("strong").filter({ hasText: "not" }).waitFor();
    const picture = page.getByRole("img", { name: "A dot" });
    await vi.waitFor(async () =>
      expect(await picture.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth)).toBe(1),
    );
  });

  it("lists only what was done, or only what was watched, when asked", async () => {
    await visit();
    await say("see free-lamps.example");
    const deed = page.getByRole("button", { name: /porter deleted a message by Bram/ });
    await deed.waitFor();
    await page.getByRole("button", { name: "Only watched" }).click();
    await page.getByText("No agent in shadow would have done anything so far.").waitFor();
    expect(await deed.count()).toBe(0);
    await page.getByRole("button", { name: "Done or asked" }).click();
    await deed.waitFor();
  });

  it("says what the simulator refuses", async () => {
    await visit();
    await say("let us burn the court down");
    await page.getByRole("button", { name: "Approve" }).click();
    await page.getByText("Bram is banned: Discord will refuse what they write.").waitFor();
    await write("I am still here");
    await page.getByRole("alert").getByText("This member is not here.").waitFor();
    complaints = complaints.filter((text) => !text.includes("409"));
  });

  it("shows a house on the real Discord without the playground", async () => {
    await api.close();
    await say("see free-lamps.example");
    const { demo: _demo, ...real } = house;
    house = real as TestHouse;
    await serve();
    await visit();
    await page.getByRole("button", { name: /porter deleted a message by Bram/ }).waitFor();
    expect(await page.getByRole("button", { name: "Spam wave" }).count()).toBe(0);
    expect(await page.getByText("Speak as").count()).toBe(0);
  });

  it("asks whoever comes without the link for the token", async () => {
    await visit();
    await context.clearCookies();
    await page.goto(`${url}/?token=guess`);
    await page.getByText("That token opens nothing here").waitFor();
    expect(await faults()).toEqual([]);
    await page.getByLabel("Token").fill(TOKEN);
    await page.keyboard.press("Enter");
    await page.getByText("Live", { exact: true }).waitFor();
    complaints = complaints.filter((text) => !text.includes("401"));
  });

  it.each([
    ["light", 1280],
    ["dark", 1280],
    ["light", 390],
    ["dark", 390],
  ] as const)("has nothing axe would complain of: %s, %i px", async (colorScheme, width) => {
    await visit({ colorScheme, viewport: { width, height: 844 } });
    expect(await faults()).toEqual([]);
    await say("Good evening");
    await say("see free-lamps.example", "900000000000000104");
    await say("see free-lamps.example", "900000000000000103");
    await say("WHO TOOK MY LANTERN");
    await say("let us burn the court down");
    if (width < 768) await page.getByRole("button", { name: /^The house/ }).click();
    await page.getByRole("button", { name: "Approve" }).waitFor();
    expect(await faults()).toEqual([]);
    const overflow = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");
    expect(overflow).toBe(0);
    await page
      .getByRole("button", { name: /porter deleted a message/ })
      .first()
      .click();
    await dialog().getByText("Outcome").waitFor();
    await dialog().getByText("As it is stored (JSON)").click();
    expect(await faults()).toEqual([]);
  });

  it("shows how it stands with tickets, in figures and bars", async () => {
    await opened(house, house.clock.now() - 3_600_000);
    await visit();
    await page.getByRole("tab", { name: "Tickets" }).click();
    await page.getByText("nearly always 5 min").waitFor();
    const types = page.getByRole("region", { name: "By type" });
    expect(await types.innerText()).toMatch(/help\s+1 opened · answered within 5 min · 4\.0 stars/);
    expect(await page.getByRole("img", { name: /^Opened day by day; most on .*: 1$/ }).count()).toBe(1);
    expect(await faults()).toEqual([]);
    await page.getByLabel("The last").selectOption("7");
    await page.getByText("1 of 1 promised").waitFor();
  });

  it("shows what is planned, and who comes", async () => {
    await planned(house, house.clock.now() + 3_600_000);
    await visit();
    await page.getByRole("tab", { name: "Events" }).click();
    const item = page.getByRole("listitem").filter({ hasText: "Owl night" });
    expect(await item.innerText()).toMatch(/#1\s+Owl night\s.*\s+planned\s+#lounge · by Mia\s+1 of 2 going · 1 maybe/s);
    await item.getByText("Who comes to #1").click();
    await page.getByRole("cell", { name: "maybe" }).waitFor();
    expect(await page.getByRole("table").innerText()).toMatch(/900000000000000102\s+going\s+12/);
    expect(await faults()).toEqual([]);
  });

  describe("the guild's own choices", () => {
    const field = () => page.getByLabel("The guild’s own choices");
    const press = (name: string | RegExp) => page.getByRole("button", { name }).click();

    it("start from a preset, are tried, and chosen knowingly", async () => {
      await visit();
      await page.getByRole("tab", { name: "Choices" }).click();
      await page.getByText("Nothing was chosen yet").waitFor();
      await press(/^Quiet/);
      expect(await field().inputValue()).toBe("preset: quiet\n");
      await field().fill("preset: quiet\nstrict: true\n");
      await press("Try on the last 24 hours");
      const row = page.getByRole("row", { name: /porter\/knock/ });
      await row.waitFor();
      expect(await row.innerText()).toMatch(/many\s+4\s+10\.0 %/);
      expect(await faults()).toEqual([]);
      await press("Choose all the same");
      await page.getByText("Version 1, chosen by dashboard:owner").waitFor();
      expect(await house.store.guild(GUILD).policies(9)).toMatchObject([{ document: "preset: quiet\nstrict: true\n" }]);
      await press(/^As it comes/);
      expect(await field().inputValue()).toBe("strict: true\n");
    });

    it("are refused by line and column, and for a figure nobody has seen", async () => {
      await visit();
      await page.getByRole("tab", { name: "Choices" }).click();
      await field().fill("wrong: 1");
      await press("Try on the last 24 hours");
      await page.getByText("Policy:1:1 expected anything else.").waitFor();
      await field().fill("strict: true");
      await press("Choose");
      await page.getByRole("row", { name: /porter\/knock/ }).waitFor();
      await page.getByRole("alert").filter({ hasText: "4 of 40 messages of the last day" }).waitFor();
      expect(await house.store.guild(GUILD).policies(9)).toEqual([]);
      await page.getByRole("button", { name: "Choose all the same" }).waitFor();
      // The browser notes both refusals by itself.
      expect(complaints.splice(0)).toHaveLength(2);
    });
  });
});
