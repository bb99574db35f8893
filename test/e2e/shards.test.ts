import { randomBytes } from "node:crypto";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { shardOf } from "#core";
import { createDemoGuild, type DemoGuild, type Simulator, startSimulator } from "../../src/simulator/index.ts";
import { configWith, guildhall, type HouseProcess, openFolder, removeFolder, startHouse } from "./kit/process.ts";

const server = process.env.TEST_DATABASE_URL;
const named = server === undefined ? " (set TEST_DATABASE_URL to a Postgres 15 or newer to run it)" : "";

describe.skipIf(server === undefined)(`one house in two processes${named}`, () => {
  const database = `guildhall_shards_${randomBytes(6).toString("hex")}`;
  const databaseUrl = Object.assign(new URL(server ?? "postgresql://127.0.0.1"), { pathname: `/${database}` }).href;
  let folders: string[];
  let houses: HouseProcess[];
  let simulator: Simulator;
  let guilds: readonly DemoGuild[];
  let variables: Record<string, string>;

  beforeEach(async () => {
    await administer(`create database ${database}`);
    folders = [await openFolder("shards"), await openFolder("shards")];
    houses = [];
    simulator = await startSimulator({ shards: 2 });
    guilds = [0, 1].map((shard) => guildOf(shard));
    variables = {
      ...{ DISCORD_TOKEN: simulator.token, DISCORD_API_URL: simulator.apiUrl, DATABASE_URL: databaseUrl, SHARDS: "2" },
      GUILDHALL_CONFIG: await configWith(folders[0]!, "shardLease: 10s", "shardLease: 1s"),
      GUILDHALL_SEAL_KEY: randomBytes(32).toString("base64"),
    };
  });

  afterEach(async () => {
    for (const house of houses) expect(await house.stop()).toMatchObject({ code: 0 });
    await simulator.close();
    await administer(`drop database ${database} with (force)`);
    for (const folder of folders) await removeFolder(folder);
  });

  async function administer(sql: string): Promise<void> {
    const client = new pg.Client({ connectionString: server });
    await client.connect();
    await client.query(sql);
    await client.end();
  }

  /** Ids grow with time, so a guild of the wished shard is a matter of tries. */
  function guildOf(shard: number): DemoGuild {
    for (;;) {
      const made = createDemoGuild(simulator.control);
      if (shardOf(made.guildId, 2) === shard) return made;
    }
  }

  async function open(shardIds: string): Promise<HouseProcess> {
    const house = await startHouse(folders[Number(shardIds)]!, { ...variables, SHARD_IDS: shardIds });
    houses.push(house);
    await expect.poll(async () => (await fetch(`${house.origin}/readyz`)).status, { timeout: 15_000 }).toBe(200);
    return house;
  }

  it("keeps each guild with one of them, whichever door is used", async () => {
    const [first] = [await open("0"), await open("1")];
    const bad = guilds.map((guild) =>
      simulator.control.say(
        guild.guildId,
        guild.channelIds["general"]!,
        guild.userIds["wren"]!,
        "see free-nitro.example",
      ),
    );
    for (const [index, guild] of guilds.entries()) {
      const channelId = guild.channelIds["general"]!;
      const isGone = () => !simulator.control.messages(channelId).some(({ id }) => id === bad[index]);
      await expect.poll(isGone, { timeout: 10_000 }).toBe(true);
    }
    const deletes = simulator.control
      .requests()
      .filter(({ method, path }) => method === "DELETE" && bad.some((id) => path.endsWith(id)));
    expect(deletes).toHaveLength(2);

    // Chosen at the door of the first process, taken by the second, which owns that guild.
    const path = `${first.origin}/api/guilds/${guilds[1]!.guildId}/policy`;
    const headers = { authorization: `Bearer ${first.token}`, "content-type": "application/json" };
    const body = JSON.stringify({ document: "locale: de\n", basedOn: 0 });
    expect((await fetch(path, { method: "PUT", headers, body })).status).toBe(202);
    const version = async () => ((await (await fetch(path, { headers })).json()) as { version: number }).version;
    await expect.poll(version, { timeout: 10_000 }).toBe(1);
  });

  it("hears an appeal from a direct message where the guild is another process's", { timeout: 60_000 }, async () => {
    await open("0");
    await open("1");
    const { control } = simulator;
    const guild = guilds[1]!;
    const member = guild.userIds["wren"]!;
    control.say(guild.guildId, guild.channelIds["general"]!, member, "see free-nitro.example");
    const button = () =>
      control
        .dms(member)
        .map((message) => [message.id, /v1:casework:appeal:[^"]+/.exec(JSON.stringify(message))?.[0]] as const)
        .find(([, id]) => id !== undefined);
    await expect.poll(button, { timeout: 10_000 }).toBeDefined();
    const [messageId, customId] = button()!;
    const pressed = control.pressInDirectMessage(member, messageId, customId!);
    await expect.poll(() => control.interaction(pressed)?.modal, { timeout: 5_000 }).toBeDefined();
    const sent = control.submitModal(pressed, { text: "I meant it kindly, truly" });
    const said = () =>
      JSON.stringify(control.interaction(sent)?.embeds ?? "") + (control.interaction(sent)?.content ?? "");
    await expect.poll(said, { timeout: 10_000 }).toContain("Nobody has set up where this would be read");
  });

  it("refuses a second owner of a shard, and another number of shards", async () => {
    await open("0");
    const again = await guildhall(folders[1]!, ["start", "--port", "0", "--shard-ids", "0"], variables);
    expect(again).toMatchObject({
      code: 3,
      err: expect.stringContaining("another process owns shard 0 of 2") as string,
    });
    const other = await guildhall(
      folders[1]!,
      ["start", "--port", "0", "--shards", "4", "--shard-ids", "1"],
      variables,
    );
    expect(other).toMatchObject({
      code: 3,
      err: expect.stringContaining("with 2 shards and this one with 4") as string,
    });
  });
});
