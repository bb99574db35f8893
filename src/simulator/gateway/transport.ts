import { constants, createDeflate, type Deflate } from "node:zlib";
import type { WebSocket } from "ws";

/** How frames travel on one socket: as text, or as one long zlib stream with a flush behind every frame. */
export interface Transport {
  send(frame: string): void;
  /** Closes behind everything already sent. */
  close(code: number, reason: string): void;
  /** Whether so much waits that a sender who can wait should. */
  isCongested(): boolean;
}

const CONGESTED_BYTES = 4 * 1024 * 1024;

export function plainTransport(socket: WebSocket): Transport {
  return {
    send: (frame) => socket.send(frame),
    close: (code, reason) => socket.close(code, reason),
    isCongested: () => socket.bufferedAmount > CONGESTED_BYTES,
  };
}

export function zlibTransport(socket: WebSocket): Transport {
  const deflate: Deflate = createDeflate({ chunkSize: 64 * 1024 });
  let pending = 0;
  deflate.on("data", (chunk: Buffer) => {
    if (socket.readyState === socket.OPEN) socket.send(chunk);
  });
  socket.on("close", () => deflate.close());
  return {
    send(frame) {
      pending += frame.length;
      deflate.write(frame);
      deflate.flush(constants.Z_SYNC_FLUSH, () => {
        pending -= frame.length;
      });
    },
    close(code, reason) {
      deflate.flush(constants.Z_SYNC_FLUSH, () => socket.close(code, reason));
    },
    isCongested: () => pending + socket.bufferedAmount > CONGESTED_BYTES,
  };
}
