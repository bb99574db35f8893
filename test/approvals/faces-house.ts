import type { APIMessage } from "discord-api-types/v10";
import { createApi } from "../../src/doors/api/index.ts";
import { createMemoryStore } from "../../src/adapters/memory/store/index.ts";
import { connectDiscord } from "../../src/adapters/discord/index.ts";
import { createTelegram } from "../../src/adapters/telegram/index.ts";
import { CARD_FORMS } from "../../src/flow/index.ts";
import { executorOver } from "../../src/main/faces.ts";
import { startSimulator } from "../../src/simulator/index.ts";
import { startTelegram } from "../../src/simulator/telegram/index.ts";
import { type Action, type ActionExecutor, defineAgent, type GuildPolicy, propose } from "#core";
import { z } from "zod";
import { createTestHouse } from "../doors/kit/house.ts";
import { plainSeal } from "../discord/context.ts";
import { noMetrics, silentLog, startRoad, type TestRoad, type World } from "../kit/road.ts";
import { telling, untilAsync } from "./house.ts";

export const CHAT = -500;
export const MIA = 71;
const TOKEN = "a-token-for-tests";

/** Bans whom its message names: one member, or several at once. */
const keeper = defineAgent({
  name: "keeper",
  description: "asks",
  listens: ["message.created"],
  config: z.unknown(),
  decide: (event) => {
    const [word, ...ids] = event.text.split(" ");
    if (word !== "ban") return [];
    const members = ids.map((userId) => ({ userId, name: `*${userId.slice(-4)}*`, roleIds: [] }));
    const action: Action =
      members.length === 1
        ? { verb: "member.ban", member: members[0]!, deleteSeconds: 0 }
        : { verb: "members.bulk-ban", members, deleteSeconds: 0 };
    return [propose(action, { rule: "named", why: "was named", confidence: 1 })];
  },
});

/** What the page has of a question. */
interface Shown {
  readonly id: string;
  readonly seen: string;
  readonly decision?: string;
  readonly tookMs?: number;
  readonly targets: readonly { readonly userId: string; readonly result?: string }[];
}

export type FacesHouse = Awaited<ReturnType<typeof openFaces>>;

/** The whole road between a simulated Discord, a Bot API server and the page's own door: nothing between them is made up. */
export async function openFaces(approval: Partial<GuildPolicy["approval"]> = {}) {
  const simulator = await startSimulator({ rateLimits: "off" });
  const telegram = await startTelegram();
  telegram.control.createChat(CHAT);
  const { control } = simulator;
  const guild = control.createGuild({
    name: "Owlery",
    roles: [{ name: "moderator", permissions: (1n << 2n) | (1n << 40n) }],
    channels: [{ name: "general" }, { name: "moderators" }],
    members: [
      { name: "olga" },
      { name: "mo", roles: ["moderator"] },
      ...["bo", "cy", "di", "ed", "fi", "gus", "hal", "ida"].map((name) => ({ name })),
    ],
  });
  const [general, moderators] = control.channels(guild.id).map(({ id }) => id) as [string, string];
  const idOf = (name: string) => control.members(guild.id).find(({ user }) => user.username === name)!.user.id;

  const store = createMemoryStore();
  const clock = { now: () => Date.now() };
  let road: TestRoad | undefined;
  const submit: TestRoad["road"]["submit"] = (event) => road!.road.submit(event);
  const bot = createTelegram({
    ...{ store, clock, submit, log: silentLog, token: telegram.token, apiRoot: telegram.apiRoot, pollSeconds: 5 },
    chatId: String(CHAT),
  });
  let discord: Awaited<ReturnType<typeof connectDiscord>> | undefined;
  const inDiscord: ActionExecutor = {
    perform: (order, signal) => discord!.executor.perform(order, signal),
    reconcile: (order, signal) => discord!.executor.reconcile(order, signal),
  };
  const hands = executorOver({
    discord: inDiscord,
    telegram: bot.executor,
    house: inDiscord,
    signed: (order) => order,
  });
  road = await startRoad({
    ...{ agents: [keeper], clock, world: hands as World },
    store: telling(store, bot.committed),
    policy: {
      // Just enough for what these tests ask: what was asked must not be counted again when it is allowed.
      quota: { perRule: { measures: 6, perSeconds: 600 }, perModerator: { measures: 3, perSeconds: 600 } },
      locale: "en",
      approval: {
        ...{ verbs: ["member.ban", "members.bulk-ban"], expireAfterSeconds: 3_600, channelId: moderators },
        telegram: { chatId: String(CHAT), userIds: [String(MIA)] },
        ...approval,
      },
    },
  });
  discord = await connectDiscord({
    ...{ token: simulator.token, apiUrl: simulator.apiUrl, road: road.road, seal: plainSeal, clock },
    ...{ log: silentLog, metrics: noMetrics, agents: [CARD_FORMS], killSwitch: { pass: () => undefined } },
    checkpoint: () => Promise.resolve(undefined),
    fatal: (error) => {
      throw error;
    },
  });
  await bot.listen();
  const api = createApi({ ...(await createTestHouse()), store, clock, submit, token: TOKEN });
  const { url } = await api.listen("127.0.0.1", 0);
  await untilAsync(() => Promise.resolve(discord.status().ready));

  const ask = (path: string, init: RequestInit = {}) =>
    fetch(`${url}/api/guilds/${guild.id}/approvals${path}`, {
      ...init,
      headers: { authorization: `Bearer ${TOKEN}`, "content-type": "application/json" },
    });
  const cards = (): readonly APIMessage[] => control.messages(moderators);
  return {
    ...{ control, telegram, store, guildId: guild.id, general, moderators, idOf, until: untilAsync },
    /** Somebody is named; resolves with the card, once it is on both faces. */
    async asks(...names: readonly string[]) {
      const before = [cards().length, telegram.control.cards(CHAT).length];
      control.say(guild.id, general, idOf("olga"), `ban ${names.map(idOf).join(" ")}`);
      await untilAsync(() =>
        Promise.resolve(cards().length > before[0]! && telegram.control.cards(CHAT).length > before[1]!),
      );
      const [pending] = await store.guild(guild.id).approvals("pending", 1);
      // Telegram's message is kept for replies once its outcome is committed.
      await untilAsync(async () =>
        (await store.guild(guild.id).approval(pending!.id))?.progress?.shown.every(
          ({ standing }) => standing === "shown",
        ),
      );
      return {
        approvalId: pending!.id,
        messageId: cards().at(-1)!.id,
        chatMessageId: telegram.control.cards(CHAT).at(-1)!.id,
      };
    },
    text: (messageId: string) =>
      JSON.stringify(control.messages(moderators).find(({ id }) => id === messageId)?.components),
    chatText: (messageId: number) => telegram.control.cards(CHAT).find(({ id }) => id === messageId)!.text,
    press: (messageId: string, label: string, by: string) =>
      control.pressButton(guild.id, moderators, idOf(by), messageId, buttonOf(cards(), messageId, label)),
    page: async () => (await (await ask("?status=any")).json()) as { approvals: Shown[]; medianMs?: number },
    answer: (approvalId: string, body: object) =>
      ask(`/${approvalId}/answer`, { method: "POST", body: JSON.stringify(body) }),
    async close() {
      await bot.close();
      await discord.close();
      await road.stop();
      await api.close();
      await simulator.close();
      await telegram.close();
    },
  };
}

function buttonOf(messages: readonly APIMessage[], messageId: string, label: string): string {
  const components = JSON.stringify(messages.find(({ id }) => id === messageId)?.components);
  const found = new RegExp(
    `"label":"${label}"[^}]*"custom_id":"([^"]+)"|"custom_id":"([^"]+)"[^}]*"label":"${label}"`,
  ).exec(components);
  const id = found?.[1] ?? found?.[2];
  if (id === undefined) throw new Error(`there is no ${label} on ${components}`);
  return id;
}
