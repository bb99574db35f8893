import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createDemoGuild, startSimulator } from "../../../src/simulator/index.ts";
import { configWith, guildhall, openFolder, removeFolder, startHouse } from "./process.ts";

type Changes = readonly (readonly [from: string, to: string])[];

const TALKING = `agents:
  companion: { mode: live, config: { reply: { enabled: true, perMember: 60, perChannel: 300 } } }
`;

/** A house on a simulated Discord whose companion asks a model whenever it is spoken to. */
export async function modelsHouse(variables: Readonly<Record<string, string>>, changes: Changes = []) {
  const folder = await openFolder("models");
  const config = await configWith(folder, "agents:\n", TALKING);
  const file = join(config, "default.yaml");
  let text = await readFile(file, "utf8");
  for (const [from, to] of changes) {
    if (!text.includes(from)) throw new Error(`the shipped configuration does not hold ${from}`);
    text = text.replace(from, to);
  }
  await writeFile(file, text);
  const simulator = await startSimulator();
  const community = createDemoGuild(simulator.control);
  const channelId = community.channelIds["general"]!;
  const botId = Buffer.from(simulator.token.split(".")[0]!, "base64url").toString();
  const settings = {
    ...{ DISCORD_TOKEN: simulator.token, DISCORD_API_URL: simulator.apiUrl, GUILDHALL_CONFIG: config },
    ...variables,
  };
  const house = await startHouse(folder, settings);
  const get = (path: string) =>
    fetch(`${house.origin}${path}`, { headers: { authorization: `Bearer ${house.token}` } }).then((one) => one.text());
  /** Speaks to the bot, and waits for all that its answer shows. */
  const spokenTo = async (words: string): Promise<string> => {
    const asked = simulator.control.say(
      community.guildId,
      channelId,
      community.userIds["wren"]!,
      `<@${botId}> ${words}`,
    );
    for (;;) {
      const reply = simulator.control
        .messages(channelId)
        .find((message) => message.message_reference?.message_id === asked && message.author.id === botId);
      if (reply !== undefined) return JSON.stringify([reply.content, reply.embeds, reply.components]);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  };
  return {
    ...{ house, folder, guildId: community.guildId, get, spokenTo },
    guildhall: (...args: readonly string[]) => guildhall(folder, args, settings),
    async close() {
      const ended = await house.stop();
      await simulator.close();
      await removeFolder(folder);
      return ended;
    },
  };
}
