import {
  Client,
  Events,
  GatewayIntentBits as Bit,
  Options,
  Partials,
  type ClientOptions,
  type Message,
} from "discord.js";
import { afterEach, describe, expect, it } from "vitest";
import { openHouse, until, type House } from "./house.ts";

/**
 * A client that knows nothing of the simulator but the address of its API. If this stays green, the simulator is not merely
 * tuned to our own adapter.
 */
const intents = [
  Bit.Guilds,
  Bit.GuildMembers,
  Bit.GuildModeration,
  Bit.GuildMessages,
  Bit.GuildMessageReactions,
  Bit.DirectMessages,
  Bit.MessageContent,
];

const open: { close(): Promise<unknown> | unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function enter(house: House, options: Partial<ClientOptions> = {}): Promise<Client<true>> {
  open.push({ close: () => house.simulator.close() });
  const client = new Client({
    intents,
    partials: [Partials.Channel],
    rest: { api: house.simulator.apiUrl },
    makeCache: Options.cacheEverything(),
    ...options,
  });
  open.push({ close: () => client.destroy() });
  const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(house.simulator.token);
  await ready;
  return client as Client<true>;
}

describe("a plain client", () => {
  it("logs in and finds the guild with its channels, roles and members", async () => {
    const house = await openHouse();
    const client = await enter(house);
    const guild = client.guilds.cache.get(house.guildId);
    expect(guild?.name).toBe("Lantern Street");
    expect(guild?.memberCount).toBe(7);
    expect(guild?.channels.cache.map((channel) => channel.name)).toEqual(["porch", "kitchen", "attic"]);
    expect(guild?.members.me?.roles.highest.name).toBe("Guildhall");
    expect((await guild?.members.fetch())?.size).toBe(7);
  });

  it("hears a message, replies, reacts, and sees its own reply", async () => {
    const house = await openHouse();
    const client = await enter(house);
    const { control } = house;
    const heard: Message[] = [];
    client.on(Events.MessageCreate, (message) => heard.push(message));
    const id = control.say(house.guildId, house.channelId("porch"), house.userId("rufus"), "good evening, everybody");
    const message = await until("the message", () => heard[0]);
    expect(message).toMatchObject({ id, content: "good evening, everybody" });
    const reply = await message.reply("and to you");
    await message.react("🕯️");
    expect(control.messages(house.channelId("porch")).at(-1)).toMatchObject({
      id: reply.id,
      content: "and to you",
      message_reference: { message_id: id },
    });
    expect(control.reactions(house.channelId("porch"), id)).toEqual({ "🕯️": [control.botId] });
    await until("the echo", () => heard.find((one) => one.id === reply.id));
  });

  it("times out, bans with a reason, and writes a direct message before", async () => {
    const house = await openHouse();
    const client = await enter(house);
    const { control, guildId } = house;
    const nessa = house.userId("nessa");
    const guild = client.guilds.cache.get(guildId);
    const member = await guild?.members.fetch(nessa);
    await member?.send("this is why");
    await member?.timeout(60_000, "quiet for a minute");
    expect(Date.parse(control.member(guildId, nessa)?.communication_disabled_until ?? "")).toBeGreaterThan(
      control.now(),
    );
    await member?.ban({ reason: "case 7: läuft nicht", deleteMessageSeconds: 0 });
    expect(control.dms(nessa).map((one) => one.content)).toEqual(["this is why"]);
    expect(control.bans(guildId)).toEqual([{ userId: nessa, reason: "case 7: läuft nicht" }]);
    expect(control.auditLog(guildId).map((entry) => [entry.action_type, entry.reason])).toEqual([
      [24, "quiet for a minute"],
      [22, "case 7: läuft nicht"],
    ]);
  });

  it("registers a command, is asked, and answers", async () => {
    const house = await openHouse();
    const client = await enter(house);
    const { control, guildId } = house;
    await client.application.commands.set(
      [
        {
          name: "greet",
          description: "Says hello",
          options: [{ name: "whom", description: "A member", type: 6, required: true }],
        },
      ],
      guildId,
    );
    client.on(Events.InteractionCreate, (interaction) => {
      if (!interaction.isChatInputCommand()) return;
      void interaction.reply({ content: `hello ${interaction.options.getUser("whom", true).username}`, flags: 64 });
    });
    const id = control.useCommand(guildId, house.channelId("porch"), house.userId("rufus"), "greet", {
      whom: house.userId("nessa"),
    });
    const answer = await until("an answer", () =>
      control.interaction(id).callback === undefined ? undefined : control.interaction(id),
    );
    expect(answer).toMatchObject({ callback: 4, content: "hello nessa", ephemeral: true });
    expect(control.messages(house.channelId("porch"))).toEqual([]);
  });

  it("resumes after the wire was cut, and has lost nothing", async () => {
    const house = await openHouse();
    const client = await enter(house);
    const { control } = house;
    const heard: string[] = [];
    client.on(Events.MessageCreate, (message) => heard.push(message.content));
    const say = (text: string) => control.say(house.guildId, house.channelId("porch"), house.userId("rufus"), text);
    say("before");
    await until("the first message", () => heard.length === 1);
    control.cutSockets();
    say("while away");
    await until("a resume", () => control.counters().resumed === 1);
    say("after");
    await until("the last message", () => heard.includes("after"));
    expect(heard).toEqual(["before", "while away", "after"]);
    expect(control.counters()).toMatchObject({ identified: 1, resumed: 1 });
  });

  it("comes in two shards, each with its own guilds", async () => {
    const house = await openHouse({ shards: 2 });
    for (const name of ["Mill Lane", "Harbour Row", "Orchard End"]) house.control.createGuild({ name });
    const client = await enter(house, { shards: [0, 1], shardCount: 2 });
    const expected = house.control.guilds().map(({ id }) => [id, Number((BigInt(id) >> 22n) % 2n)]);
    await until("all guilds", () => client.guilds.cache.size === 4);
    expect(client.guilds.cache.map((guild) => [guild.id, guild.shardId]).sort()).toEqual(expected.sort());
    expect(
      house.control
        .sessions()
        .map((session) => session.shard)
        .sort(),
    ).toEqual([
      [0, 2],
      [1, 2],
    ]);
  });
});
