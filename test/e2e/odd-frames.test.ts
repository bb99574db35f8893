import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createDemoGuild, type DemoGuild, type Simulator, startSimulator } from "../../src/simulator/index.ts";
import { type HouseProcess, openFolder, removeFolder, startHouse } from "./kit/process.ts";

describe("a house on a Discord that says odd things", () => {
  let folder: string;
  let simulator: Simulator;
  let community: DemoGuild;
  let house: HouseProcess;

  beforeEach(async () => {
    folder = await openFolder("odd-frames");
    simulator = await startSimulator();
    community = createDemoGuild(simulator.control);
    house = await startHouse(folder, {
      ...{ DISCORD_TOKEN: simulator.token, DISCORD_API_URL: simulator.apiUrl, LOG_LEVEL: "debug" },
    });
    await expect.poll(async () => (await fetch(`${house.origin}/readyz`)).status).toBe(200);
  });

  afterEach(async () => {
    const { code, err } = await house.stop();
    await simulator.close();
    await removeFolder(folder);
    expect(code).toBe(0);
    expect(err).not.toContain(simulator.token);
  });

  const general = () => community.channelIds["general"]!;
  const says = (name: string, text: string) =>
    simulator.control.say(community.guildId, general(), community.userIds[name]!, text);
  const isGone = (messageId: string) => !simulator.control.messages(general()).some(({ id }) => id === messageId);

  /** What the house counted under a name, by the label's value. */
  async function counted(name: string): Promise<Record<string, number>> {
    const answer = await fetch(`${house.origin}/metrics`, { headers: { authorization: `Bearer ${house.token}` } });
    const lines = (await answer.text()).split("\n").filter((line) => line.startsWith(`guildhall_${name}_total{`));
    return Object.fromEntries(
      lines.map((line) => /="([^"]*)"\} (\d+)/.exec(line)!).map(([, label, value]) => [label!, Number(value)]),
    );
  }

  it("counts what it does not understand, and answers the next message as ever", async () => {
    const before = await counted("gateway_frames_ignored");
    const { control } = simulator;
    const [malformed, unknown] = [
      [
        "no JSON at all",
        '{"op":0,"t":"MESSAGE_CREATE","s":"seven","d":{}}',
        { op: 0, t: "MESSAGE_CREATE", d: { guild_id: community.guildId, id: 7, channel_id: null, content: ["?"] } },
        { op: 0, t: "GUILD_MEMBER_ADD", d: null },
      ],
      [
        { op: 77, d: {} },
        { op: 0, t: "LIGHTHOUSE_LIT", d: { guild_id: community.guildId } },
      ],
    ];
    for (const frame of [...malformed, ...unknown]) control.sendRaw(frame);
    await expect
      .poll(async () => {
        const { malformed: bad = 0, unknown: odd = 0 } = await counted("gateway_frames_ignored");
        return { malformed: bad - (before["malformed"] ?? 0), unknown: odd - (before["unknown"] ?? 0) };
      })
      .toEqual({ malformed: malformed.length, unknown: unknown.length });
    const messageId = says("wren", "see free-nitro.example");
    await expect.poll(() => isGone(messageId), { timeout: 5_000 }).toBe(true);
    expect(control.requests().filter(({ path }) => path === "/gateway/bot").length).toBeLessThanOrEqual(1);
  });

  it("goes on after the wire is cut, without missing what was said meanwhile", async () => {
    simulator.control.cutSockets();
    const messageId = says("wren", "see free-nitro.example");
    await expect.poll(() => isGone(messageId), { timeout: 15_000 }).toBe(true);
  });
});
