import { describe, expect, it } from "vitest";
import { createDemoGuild, startSimulator } from "../../simulator/index.ts";
import { demoChoices } from "./choices.ts";
import { demoKnowledge } from "./knowledge.ts";
import { createPlayground } from "./playground.ts";
import { readable } from "./reading.ts";

async function inDemo(use: (world: Awaited<ReturnType<typeof open>>) => void): Promise<void> {
  const world = await open();
  try {
    use(world);
  } finally {
    world.stop();
    await world.simulator.close();
  }
}

async function open() {
  const simulator = await startSimulator();
  const guild = createDemoGuild(simulator.control);
  return { simulator, control: simulator.control, guild, ...createPlayground(simulator.control, guild.guildId) };
}

describe("what is written in the demo", () => {
  it("reads as a client shows it: names, channels, roles, and moments", () =>
    inDemo(({ control, guild: { guildId, userIds, channelIds, roleIds } }) => {
      const read = (text: string): string => readable(control, guildId, text);
      expect(read(`<@${userIds["fenwick"]}> and <@!${userIds["wren"]}>`)).toBe("@Fenwick and @Wren");
      expect(read(`<#${channelIds["help"]}> <@&${roleIds["moderator"]}>`)).toBe("#help @moderator");
      expect(read("<@1> <#2> <@&3>")).toBe("<@1> <#2> <@&3>");
      expect(read("<t:1790000000:D>")).toMatch(/^September 2\d, 2026$/);
      expect(read(`<t:${Math.round(Date.now() / 1_000) + 7_230}:R>`)).toBe("in 2 hours");
    }));

  it("by the bot is the house's, and stands there once", () =>
    inDemo(({ control, demo, guild: { guildId, channelIds } }) => {
      control.say(guildId, channelIds["general"]!, control.botId, "Good morning");
      const said = demo.messages(channelIds["general"]!).filter(({ text }) => text === "Good morning");
      expect(said).toMatchObject([{ authorName: "Guildhall", bot: true }]);
    }));
});

it("what the demo's owner did beforehand has the same ids at every start, and rests on nothing chosen before", () =>
  inDemo(({ guild }) => {
    const [one, later] = [1, 2].map((at) => [demoChoices(guild, at), demoKnowledge(guild.guildId, at)] as const);
    expect(one!.map(({ id }) => id)).toEqual(later!.map(({ id }) => id));
    expect(one![0].basedOn).toBe(0);
    expect(one![0].document).not.toContain("undefined");
  }));
