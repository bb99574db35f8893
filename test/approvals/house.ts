import { defineAgent, type Action, type EventOf, propose, type Store } from "#core";
import { z } from "zod";
import { createMemoryStore } from "../../src/adapters/memory/store/index.ts";
import { createTelegram, type WebhookSettings } from "../../src/adapters/telegram/index.ts";
import { executorOver } from "../../src/main/faces.ts";
import { startTelegram, type TelegramSimulator } from "../../src/simulator/telegram/index.ts";
import type { policy } from "../kit/guild.ts";
import { message } from "../kit/guild.ts";
import { createWorld, silentLog, startRoad, type TestRoad, type World } from "../kit/road.ts";

/** Proposes whatever the message asks for: enough to have something to ask about. */
export const asker = defineAgent({
  name: "keeper",
  description: "asks",
  listens: ["message.created"],
  config: z.unknown(),
  decide: (event) => {
    if (!event.text.startsWith("bad")) return [];
    const action: Action = { verb: "member.ban", member: event.author, deleteSeconds: 0 };
    return [propose(action, { rule: "bad-words", why: "said something bad", confidence: 1 })];
  },
});

export const CHAT = -500;
export const MIA = 71;
export const NOOR = 72;

export interface ApprovalHouse extends TestRoad {
  readonly telegram: TelegramSimulator;
  readonly findings: () => readonly string[];
  /** Asks about a message, and resolves with the card once it is in the chat. */
  ask(event?: EventOf<"message.created">): Promise<{ messageId: number; approvalId: string }>;
  until<T>(what: () => T | undefined | false): Promise<T>;
  close(): Promise<void>;
}

export interface HouseOptions {
  readonly approval?: Partial<ReturnType<typeof policy>["approval"]>;
  readonly chatId?: string | null;
  readonly store?: Store;
  readonly simulator?: TelegramSimulator;
  readonly clock?: { now(): number };
  readonly token?: string;
  readonly webhook?: WebhookSettings;
}

/** The whole road with a real bot library against a Bot API server on this machine; Discord is a list. */
export async function openHouse(options: HouseOptions = {}): Promise<ApprovalHouse> {
  const telegram = options.simulator ?? (await startTelegram());
  if (options.simulator === undefined) telegram.control.createChat(CHAT);
  const discord = createWorld();
  const store = options.store ?? createMemoryStore();
  const clock = options.clock ?? { now: () => Date.now() };
  const chatId = options.chatId === null ? undefined : (options.chatId ?? String(CHAT));
  let road: TestRoad | undefined;
  const bot = createTelegram({
    ...{
      store,
      clock,
      log: silentLog,
      token: options.token ?? telegram.token,
      apiRoot: telegram.apiRoot,
      pollSeconds: 5,
    },
    ...(chatId === undefined ? {} : { chatId }),
    ...(options.webhook === undefined ? {} : { webhook: options.webhook }),
    submit: (event) => road!.road.submit(event),
  });
  const hands = executorOver({ discord, telegram: bot.executor, house: discord, signed: (order) => order });
  const world: World = Object.assign(discord, {});
  const face = { userIds: [String(MIA), String(NOOR)], ...(chatId === undefined ? {} : { chatId }) };
  road = await startRoad({
    agents: [asker],
    clock,
    store: telling(store, bot.committed),
    world: { ...world, performed: discord.performed, perform: hands.perform, reconcile: hands.reconcile } as World,
    policy: { approval: { verbs: ["member.ban"], expireAfterSeconds: 86_400, telegram: face, ...options.approval } },
  });
  await bot.listen();
  const guild = () => road.store.guild("100");
  return {
    ...road,
    world: discord,
    telegram,
    findings: bot.findings,
    until,
    async ask(event = message("bad", { at: clock.now() })) {
      road.bring(event);
      await road.commitOf((entry) => entry.event.id === event.id);
      const approval = (await guild().approvals("any", 600)).find((one) => one.eventId === event.id)!;
      const shown = await untilAsync(async () => {
        const found = (await guild().approval(approval.id))?.progress?.shown.find(
          ({ standing }) => standing === "shown",
        );
        return found?.messageId;
      });
      return { approvalId: approval.id, messageId: Number(shown) };
    },
    async close() {
      await bot.close();
      await road.stop();
      if (options.simulator === undefined) await telegram.close();
    },
  };
}

export function telling(store: Store, committed: (entries: never) => void): Store {
  return {
    ...store,
    async commit(group) {
      const result = await store.commit(group);
      if (result.refusal === undefined) committed(group.entries as never);
      return result;
    },
  };
}

const PATIENCE_MS = 8_000;

export async function until<T>(what: () => T | undefined | false): Promise<T> {
  return untilAsync(() => Promise.resolve(what()));
}

export async function untilAsync<T>(what: () => Promise<T | undefined | false>, patience = PATIENCE_MS): Promise<T> {
  for (const end = Date.now() + patience; Date.now() < end;) {
    const found = await what();
    if (found !== undefined && found !== false) return found;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`waited for ${what.toString()}`);
}
