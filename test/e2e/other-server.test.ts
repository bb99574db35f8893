import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type Asked, type BareDiscord, CHANNEL, GUILD, startBareDiscord, WREN } from "./kit/bare-discord.ts";
import { guildhall, type HouseProcess, openFolder, removeFolder, startHouse } from "./kit/process.ts";

/** Nothing the house does may rest on how the simulator happens to do it. */
describe("on a server that is not the simulator, and says no more than it must", () => {
  let folder: string;
  let discord: BareDiscord;
  let house: HouseProcess;

  beforeAll(async () => {
    folder = await openFolder("other-server");
    discord = await startBareDiscord();
    house = await startHouse(folder, { DISCORD_TOKEN: "any.old.token", DISCORD_API_URL: discord.apiUrl });
    await readiness(true);
  });
  afterAll(async () => {
    const { code } = await house.stop();
    await discord.close();
    await removeFolder(folder);
    expect(code).toBe(0);
  });

  const readiness = (wanted: boolean) =>
    vi.waitUntil(async () => (await fetch(`${house.origin}/readyz`)).ok === wanted, { timeout: 10_000 });
  const isDeleted = (messageId: string) =>
    discord.asked.some(
      ({ method, path }) => method === "DELETE" && path === `/channels/${CHANNEL}/messages/${messageId}`,
    );
  const deleted = async (messageId: string) => expect.poll(() => isDeleted(messageId), { timeout: 10_000 }).toBe(true);

  it("writes its commands", async () => {
    await expect.poll(() => discord.asked.some(({ method }) => method === "PUT")).toBe(true);
    const written = discord.asked.find(({ method }) => method === "PUT")?.body as { name: string }[];
    expect(written.map(({ name }) => name)).toContain("mute");
  });

  it("takes a message away that breaks a rule", async () => {
    await deleted(discord.say(WREN, "see free-nitro.example"));
  });

  it("carries a command out and answers it", async () => {
    const options = [
      { name: "member", type: 6, value: WREN },
      { name: "minutes", type: 4, value: 5 },
      { name: "reason", type: 3, value: "enough" },
    ];
    const id = discord.use({ id: "1", name: "mute", type: 1, options });
    const callback = () => discord.asked.find(({ path }) => path === `/interactions/${id}/once/callback`);
    await expect.poll(callback, { timeout: 10_000 }).toMatchObject({ body: { type: 4 } });
    const isChange = ({ method, path }: Asked) => method === "PATCH" && path === `/guilds/${GUILD}/members/${WREN}`;
    const body = { communication_disabled_until: expect.any(String) as unknown };
    await expect.poll(() => discord.asked.find(isChange), { timeout: 10_000 }).toMatchObject({ body });
  });

  it("resumes after the line was cut, though nobody said where, and hears the next message", async () => {
    discord.cut();
    await readiness(false);
    await readiness(true);
    await deleted(discord.say(WREN, "again: free-nitro.example"));
  });

  it("is asked for nothing outside of the address it was given", () => {
    expect(discord.asked.filter(({ path }) => path.startsWith("outside"))).toEqual([]);
  });

  it("is examined without a stack trace", async () => {
    const variables = { DISCORD_TOKEN: "any.old.token", DISCORD_API_URL: discord.apiUrl };
    const { code, out, err } = await guildhall(folder, ["doctor", "--guild", GUILD], variables);
    expect({ code, err }).toEqual({ code: 1, err: "" });
    expect(out).toContain("Server Members is switched off");
    expect(out).not.toMatch(/\bat .*:\d+:\d+/);
  });
});
