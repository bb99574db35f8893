import type { TelegramState } from "./state.ts";

/** Brings updates to the webhook, one after the other and each again until it is taken, as Telegram does. */
export interface Deliveries {
  /** Something came, or there is a webhook now. */
  poke(): void;
  close(): Promise<void>;
}

const AGAIN_AFTER_MS = 20;

export function createDeliveries(state: TelegramState): Deliveries {
  const closing = new AbortController();
  let running: Promise<void> | undefined;
  return {
    poke() {
      running ??= deliver(state, closing.signal).finally(() => (running = undefined));
    },
    async close() {
      closing.abort();
      await running;
    },
  };
}

async function deliver(state: TelegramState, signal: AbortSignal): Promise<void> {
  for (;;) {
    const [update] = state.updates;
    const { webhook } = state;
    if (update === undefined || webhook === undefined || signal.aborted) return;
    if (await isTaken(webhook, update, signal)) state.updates = state.updates.filter((one) => one !== update);
    else await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER_MS));
  }
}

async function isTaken(webhook: NonNullable<TelegramState["webhook"]>, update: object, signal: AbortSignal) {
  const headers = { "content-type": "application/json", "x-telegram-bot-api-secret-token": webhook.secret };
  const request = fetch(webhook.url, { method: "POST", headers, body: JSON.stringify(update), signal });
  const response = await request.catch(() => undefined);
  return response?.ok === true;
}
