import { Api } from "grammy";
import type { ActionExecutor, Clock, CommitEntry, GuildEvent, Log, Store } from "#core";
import { createChats } from "./chats.ts";
import { BOT, createFindings } from "./findings.ts";
import { createHands } from "./hands.ts";
import { pause, poll } from "./polling.ts";
import { createPresses } from "./press.ts";
import { createStrangers } from "./strangers.ts";
import { createTaps } from "./updates.ts";
import { listen, setWebhook, type WebhookSettings } from "./webhook.ts";

export { CODE_LIVES_MS, hashOfCode, makeCode } from "./code.ts";
export { examineTelegram } from "./examine.ts";
export type { WebhookSettings } from "./webhook.ts";

export interface TelegramOptions {
  readonly token: string;
  /** Absent: Telegram's own. */
  readonly apiRoot?: string;
  /** The chat of every guild that is linked to none. */
  readonly chatId?: string;
  /** Absent: updates are polled for. */
  readonly webhook?: WebhookSettings;
  readonly pollSeconds?: number;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly submit: (event: GuildEvent) => Promise<void>;
}

export interface Telegram {
  readonly executor: ActionExecutor;
  /** Starts to listen; hands work before. */
  listen(): Promise<void>;
  committed(entries: readonly CommitEntry[]): void;
  /** One line each, with the remedy; empty where all is well. */
  findings(): readonly string[];
  close(): Promise<void>;
}

/** The bot on Telegram: hands for cards, and what people press and write as events on the road. */
export function createTelegram(options: TelegramOptions): Telegram {
  const { store, clock, log, submit } = options;
  const root = options.apiRoot === undefined ? {} : { apiRoot: options.apiRoot };
  const api = new Api(options.token, { ...root, timeoutSeconds: 60 });
  const chats = createChats(store, options.chatId);
  const presses = createPresses(options.token);
  const findings = createFindings(log);
  const taps = createTaps(api, log);
  const strangers = createStrangers(api, log, clock);
  const closing = new AbortController();
  let listening: Promise<void> = Promise.resolve();
  const moved = async (from: string, to: string): Promise<void> => {
    for (const guildId of chats.guildsOf(from)) {
      const id = `tg-moved:${guildId}:${from}:${to}`;
      await submit({ id, guildId, at: clock.now(), kind: "chat.moved", from, to });
    }
  };
  const executor = createHands({ api, chats, presses, findings, moved, answered: taps.answered });

  /** Everything else works while the bot cannot say who it is; it is asked again. */
  async function whoAmI(): Promise<{ id: number; username: string } | undefined> {
    for (let failures = 1; !closing.signal.aborted; failures += 1) {
      try {
        const { id, username } = await api.getMe(closing.signal as never);
        findings.reached(BOT);
        return { id, username };
      } catch (error) {
        if (closing.signal.aborted) return undefined;
        findings.failed(BOT, error);
        await pause(Math.min(1_000 * 2 ** failures, 60_000), closing.signal);
      }
    }
    return undefined;
  }

  async function run(): Promise<void> {
    const bot = await whoAmI();
    if (bot === undefined) return;
    const tools = {
      api,
      store,
      chats,
      presses,
      clock,
      log,
      bot,
      taps,
      strangers,
      submit,
      findings,
      signal: closing.signal,
    };
    if (options.webhook === undefined) {
      await api.deleteWebhook().catch((error: unknown) => findings.failed(BOT, error));
      return poll({ ...tools, ...(options.pollSeconds === undefined ? {} : { pollSeconds: options.pollSeconds }) });
    }
    const server = await listen(options.webhook, tools);
    closing.signal.addEventListener("abort", () => server.close());
    await setWebhook(options.webhook, tools).catch((error: unknown) => findings.failed(BOT, error));
  }

  return {
    executor,
    async listen() {
      await chats.load();
      listening = run().catch((error: unknown) => {
        findings.failed(BOT, error);
        log.error({ error }, "Telegram is not listened to any more");
      });
    },
    committed: (entries) => chats.committed(entries),
    findings: () => findings.list(),
    async close() {
      closing.abort();
      taps.close();
      await listening;
    },
  };
}
