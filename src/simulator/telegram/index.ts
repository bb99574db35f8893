import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createControl, type TelegramControl } from "./control.ts";
import { createDeliveries } from "./deliveries.ts";
import { METHODS } from "./methods.ts";
import { TelegramRefusal, type TelegramState } from "./state.ts";
import { createUpdates } from "./updates.ts";

export type { TelegramControl } from "./control.ts";

export interface TelegramSimulator {
  /** Where a bot's library points to instead of api.telegram.org. */
  readonly apiRoot: string;
  readonly token: string;
  readonly control: TelegramControl;
  close(): Promise<void>;
}

/** A Bot API server on this machine that answers as Telegram documents it, for one bot. */
export async function startTelegram(
  options: { readonly token?: string; readonly port?: number } = {},
): Promise<TelegramSimulator> {
  const token = options.token ?? "700001:simulated-token";
  const state: TelegramState = {
    token,
    bot: { id: Number(token.split(":")[0]), username: "guildhall_bot" },
    chats: new Map(),
    updates: [],
    ...{ nextUpdateId: 9_000_001, nextCallbackId: 1, isDown: false },
    callbacks: new Map(),
    faults: [],
    requests: [],
  };
  const updates = createUpdates(state);
  const deliveries = createDeliveries(state);
  const wake = (): void => {
    updates.wake();
    deliveries.poke();
  };
  const server = createServer((request, response) => {
    void answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, "127.0.0.1", resolve));

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, given, method = ""] = /^\/bot([^/]+)\/(\w+)/.exec(request.url ?? "") ?? [];
    const payload = await payloadOf(request);
    if (state.isDown) return void response.destroy();
    state.requests.push({ method, payload });
    const gone = new AbortController();
    response.on("close", () => gone.abort());
    try {
      const result = await resultOf(given, method, payload, gone.signal);
      if (result === LOST) return void response.destroy();
      send(response, 200, { ok: true, result });
    } catch (error) {
      if (!(error instanceof TelegramRefusal)) throw error;
      const { status, message, parameters } = error;
      send(response, status, {
        ok: false,
        error_code: status,
        description: message,
        ...(parameters === undefined ? {} : { parameters }),
      });
    }
  }

  async function resultOf(
    given: string | undefined,
    method: string,
    payload: Payload,
    gone: AbortSignal,
  ): Promise<unknown> {
    if (given !== token) throw new TelegramRefusal(401, "Unauthorized");
    const index = state.faults.findIndex((fault) => fault.method === method);
    const [fault] = index === -1 ? [] : state.faults.splice(index, 1);
    if (fault !== undefined && fault.lost !== true) {
      const parameters = fault.retryAfter === undefined ? undefined : { retry_after: fault.retryAfter };
      throw new TelegramRefusal(fault.status, fault.description, parameters);
    }
    const result = method === "getUpdates" ? await updates.get(payload, gone) : perform(method, payload);
    if (method === "setWebhook") deliveries.poke();
    return fault === undefined ? result : LOST;
  }

  function perform(method: string, payload: Payload): unknown {
    const known = METHODS[method];
    if (known === undefined) throw new TelegramRefusal(404, "Not Found: method not found");
    return known(state, payload, Date.now());
  }

  return {
    apiRoot: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token,
    control: createControl(state, wake),
    async close() {
      await deliveries.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

type Payload = Readonly<Record<string, unknown>>;
const LOST = Symbol("the answer is lost");

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

async function payloadOf(request: IncomingMessage): Promise<Payload> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString("utf8");
  return text === "" ? {} : (JSON.parse(text) as Payload);
}
