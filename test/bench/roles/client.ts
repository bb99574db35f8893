import { Client, Events, GatewayIntentBits as Bit } from "discord.js";
import { FORBIDDEN } from "../texts.ts";
import { answerQuestions, Finish, settledMemory } from "./answering.ts";

/**
 * What the house is held against: a discord.js Client as it comes, with the house's intents. Its handler is empty, or
 * deletes one hard-coded thing. With `BENCH_PRESENCES` it is also told who is online, and by that who the members are.
 */
const intents = [
  ...[Bit.Guilds, Bit.GuildMembers, Bit.GuildModeration],
  ...[Bit.GuildMessages, Bit.GuildMessageReactions, Bit.MessageContent],
  ...(process.env.BENCH_PRESENCES === "1" ? [Bit.GuildPresences] : []),
];
const client = new Client({ intents, rest: { api: process.env.DISCORD_API_URL! } });
const finish = new Finish();
const loggedIn = new Promise((resolve) => client.once(Events.ClientReady, resolve));
const deletes = process.env.BENCH_DELETES === "1";

client.on(Events.MessageCreate, (message) => {
  if (deletes && message.content.includes(FORBIDDEN)) void message.delete();
  finish.began();
  finish.passed(1);
});
await client.login(process.env.DISCORD_TOKEN!);

answerQuestions(
  {
    ready: () => loggedIn.then(() => undefined),
    watch: ({ count }: { count: number }) => finish.watch(count),
    reached: () => finish.reached(),
    memory: settledMemory,
  },
  () => client.destroy(),
);
