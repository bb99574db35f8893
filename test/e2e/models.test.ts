import { type Browser, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fails, fakeProvider, says } from "../llm/kit.ts";
import { accessibilityFaults, hasChromium, launchChromium, visit } from "./kit/chromium.ts";
import { modelsHouse } from "./kit/models-house.ts";

describe.skipIf(!hasChromium)("models on the page in Chromium (skipped without /usr/bin/chromium)", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launchChromium();
  });
  afterAll(() => browser.close());

  async function models(
    link: string,
  ): Promise<{ page: Page; shows: (words: string) => Promise<void>; leave: () => Promise<void> }> {
    const { page, complaints, leave } = await visit(browser, link);
    await page.getByRole("tab", { name: "Models" }).click();
    // Coming back to the tab asks anew; staying on it would take the page's own time.
    const shows = async (words: string) => {
      await page.getByRole("tab", { name: "Cases" }).click();
      await page.getByRole("tab", { name: "Models" }).click();
      await page.getByRole("tabpanel", { name: "Models" }).getByText(words).waitFor();
    };
    return { page, shows, leave: () => (expect(complaints).toEqual([]), leave()) };
  }

  it("none is configured", async () => {
    const opened = await modelsHouse({});
    const { shows, leave } = await models(opened.house.link);
    await shows("No model is configured");
    await leave();
    expect((await opened.close()).code).toBe(0);
  }, 60_000);

  it("one does well, is left alone while it is away, comes back, and is too dear in the end", async () => {
    let isAway = false;
    const fake = await fakeProvider((request) => (isAway ? fails(503) : says(request, { reply: "Well met." })));
    const variables = { OPENAI_API_KEY: "sk-page", OPENAI_BASE_URL: `${fake.url}/v1` };
    const opened = await modelsHouse(variables, [
      ["callsPerMonth: -1\n  dollarsPerDay", "callsPerMonth: 2\n  dollarsPerDay"],
      ["breakAfter: 5", "breakAfter: 3"],
      ["breakFor: 15s", "breakFor: 1s"],
    ]);
    const { page, shows, leave } = await models(opened.house.link);
    await shows("0 answered, 0 failed");
    expect(await opened.spokenTo("good morning")).toContain("Well met.");
    await shows("1 answered, 0 failed, usually within");
    await shows("1 of 2 requests");
    expect(await accessibilityFaults(page)).toEqual([]);

    isAway = true;
    expect(await opened.spokenTo("still there?")).not.toContain("Well met.");
    await shows("left alone");
    await shows("last failure: overloaded (503)");

    isAway = false;
    await expect.poll(() => opened.spokenTo("and now?"), { timeout: 20_000, interval: 500 }).toContain("Well met.");
    await shows("well");
    await shows("This month\u2019s requests are used up: rules decide alone for now.");
    expect(await opened.spokenTo("once more?")).not.toContain("Well met.");
    expect(await accessibilityFaults(page)).toEqual([]);
    await leave();
    expect((await opened.close()).code).toBe(0);
    fake.close();
  }, 90_000);
});
