import { GatewayOpcodes } from "discord-api-types/v10";
import { constants, createInflate } from "node:zlib";
import { WebSocket } from "ws";
import type { Simulator } from "../../src/simulator/index.ts";
import { until } from "./house.ts";

export interface Frame {
  readonly op: number;
  readonly t: string | null;
  readonly s: number | null;
  readonly d: unknown;
}

/** A gateway client that does nothing by itself, so that a test can say every word. */
export interface RawClient {
  readonly frames: Frame[];
  readonly closed: { code: number | undefined };
  send(op: number, d: unknown): void;
  sendText(text: string): void;
  close(code?: number): Promise<void>;
  terminate(): Promise<void>;
  /** The next frame that fits and has not been waited for. */
  next(what: string, fits: (frame: Frame) => boolean): Promise<Frame>;
  dispatches(): readonly Frame[];
}

export const INTENTS = {
  all: 53_608_447,
  withoutContent: 53_608_447 & ~(1 << 15),
  guildsOnly: 1,
};

export async function rawClient(simulator: Simulator, query = ""): Promise<RawClient> {
  const socket = new WebSocket(`${simulator.gatewayUrl}/?v=10&encoding=json${query}`);
  const frames: Frame[] = [];
  const closed: { code: number | undefined } = { code: undefined };
  const read = (text: string): void => void frames.push(JSON.parse(text) as Frame);
  if (query.includes("zlib-stream")) readStream(socket, read);
  else socket.on("message", (data) => read((data as Buffer).toString()));
  socket.on("close", (code) => {
    closed.code = code;
  });
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  const gone = (): Promise<unknown> => until("the socket to close", () => closed.code !== undefined);
  let seen = 0;
  return {
    frames,
    closed,
    send: (op, d) => socket.send(JSON.stringify({ op, d })),
    sendText: (text) => socket.send(text),
    async close(code = 4_200) {
      socket.close(code);
      await gone();
    },
    async terminate() {
      socket.terminate();
      await gone();
    },
    async next(what, fits) {
      const index = await until(what, () => {
        const found = frames.findIndex((frame, position) => position >= seen && fits(frame));
        return found === -1 ? undefined : found + 1;
      });
      seen = index;
      return frames[index - 1] as Frame;
    },
    dispatches: () => frames.filter((frame) => frame.op === GatewayOpcodes.Dispatch),
  };
}

/** Every frame of a zlib stream ends in an empty stored block. */
function readStream(socket: WebSocket, read: (text: string) => void): void {
  const inflate = createInflate({ flush: constants.Z_SYNC_FLUSH });
  let text = "";
  inflate.on("data", (chunk: Buffer) => {
    text += chunk.toString();
    for (let end = frameEnd(text); end > 0; end = frameEnd(text)) {
      read(text.slice(0, end));
      text = text.slice(end);
    }
  });
  socket.on("message", (data) => inflate.write(data as Buffer));
}

function frameEnd(text: string): number {
  for (let end = text.indexOf("}"); end !== -1; end = text.indexOf("}", end + 1)) {
    try {
      JSON.parse(text.slice(0, end + 1));
      return end + 1;
    } catch {
      // Not whole yet: the next brace may close it.
    }
  }
  return 0;
}

export function identify(client: RawClient, simulator: Simulator, changes: object = {}): void {
  const properties = { os: "linux", browser: "test", device: "test" };
  client.send(GatewayOpcodes.Identify, { token: simulator.token, intents: INTENTS.all, properties, ...changes });
}

export async function ready(
  client: RawClient,
): Promise<{ session_id: string; guilds: { id: string }[]; resume_gateway_url: string }> {
  return (await client.next("READY", (frame) => frame.t === "READY")).d as never;
}

export function resume(client: RawClient, simulator: Simulator, sessionId: string, seq: number): void {
  client.send(GatewayOpcodes.Resume, { token: simulator.token, session_id: sessionId, seq });
}
